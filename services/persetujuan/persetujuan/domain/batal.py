"""Cancellation: granted while persetujuan owns the case, otherwise remembered for whoever owns it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.kasus import Hasil, Kasus, Tahap


def diminta(kasus: Kasus, putaran: int, waktu: datetime) -> Hasil:
    """`pembatalan.diminta`: after the last approval the answer is dokumen's, after a return pengajuan's."""
    asked = replace(kasus, pembatalan=putaran)
    owned = kasus.tahap is Tahap.BERJALAN or (kasus.tahap is Tahap.MENUNGGU and kasus.lengkap is not None)
    return kabulkan(asked, putaran, waktu) if owned else (asked, ())


def kabulkan(kasus: Kasus, putaran: int, waktu: datetime) -> Hasil:
    """The case ends here; pengajuan closes it with `permohonan.dibatalkan`."""
    data = {"putaran": putaran, "waktu": teks(waktu)}
    return kasus.berakhir(Tahap.DIBATALKAN), (Fakta(nama="pembatalan.dikabulkan", data=data),)
