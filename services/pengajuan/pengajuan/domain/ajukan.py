"""Filing: a draft becomes an application that the office has received."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.kelengkapan import syarat_berlaku
from pengajuan.domain.pengisian import Jalan, Konteks, lanjut, terisi
from pengajuan.domain.permohonan import Pelaku, Permohonan, salah_status
from pengajuan.domain.status import Status


def ajukan(
    kasus: Permohonan, konteks: Konteks, *, pelaku: Pelaku, jalan: Jalan, waktu: datetime
) -> events.Langkah:
    """Status draf → menunggu_berkas | diperiksa; `jalan` adds to the draft's. Raises TransisiSalah, FormulirSalah."""
    if kasus.status is not Status.DRAF:
        raise salah_status(kasus, "diajukan")
    filled = terisi(kasus, konteks, {**kasus.jalan, **jalan})
    filed = replace(filled, diajukan_pada=waktu).dicatat("diajukan", waktu, pelaku.peran)
    moved, facts = lanjut(filed, konteks, waktu)
    wanted = syarat_berlaku(filed, konteks.layanan, konteks.batas)
    return moved, (events.diajukan(filed, wanted, waktu), events.pemohon_dibagikan(filed), *facts)
