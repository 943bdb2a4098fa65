"""A clerk corrects typed data against a paper: old, new, paper and who are kept (R10).

While officials decide, persetujuan lets the paraf start again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.draf import gabung
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.pengisian import Konteks, terisi
from pengajuan.domain.permohonan import Koreksi, Pelaku, Permohonan, salah_status
from pengajuan.domain.status import Status


def koreksi(
    kasus: Permohonan,
    konteks: Konteks,
    *,
    pelaku: Pelaku,
    data: Mapping[str, object],
    berkas: str,
    waktu: datetime,
) -> events.Langkah:
    """The case with corrected answers, judged like a filed form. Raises TransisiSalah, FormulirSalah."""
    if kasus.status not in {Status.DIPERIKSA, Status.DIPROSES}:
        raise salah_status(kasus, "dikoreksi")
    if berkas not in {b.id for b in kasus.berkas}:
        raise TransisiSalah(
            "koreksi-tanpa-berkas",
            "Pilih berkas yang menjadi dasar koreksi. Berkas itu harus milik permohonan ini.",
        )
    filled = terisi(replace(kasus, data=gabung(kasus.data, data)), konteks, kasus.jalan)
    changed = sorted(k for k in {*kasus.data, *filled.data} if kasus.data.get(k) != filled.data.get(k))
    if not changed:
        raise TransisiSalah(
            "koreksi-kosong", "Tidak ada isian yang berubah. Periksa lagi isian yang dikoreksi."
        )
    lines = tuple(
        Koreksi(
            medan=name,
            lama=kasus.data.get(name),
            baru=filled.data.get(name),
            berkas=berkas,
            oleh=pelaku.id,
            pada=waktu,
        )
        for name in changed
    )
    corrected = replace(filled, koreksi=(*kasus.koreksi, *lines)).dicatat(
        "dikoreksi", waktu, pelaku.peran, {"medan": " ".join(changed), "berkas": berkas}
    )
    return corrected, (
        events.dikoreksi(corrected, changed, berkas, waktu),
        events.pemohon_dibagikan(corrected),
    )
