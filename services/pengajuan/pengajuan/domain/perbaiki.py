"""The resident answers a list: a new round begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.draf import gabung
from pengajuan.domain.pengisian import Jalan, Konteks, lanjut, terisi
from pengajuan.domain.permohonan import Pelaku, Permohonan, salah_status
from pengajuan.domain.status import Status


def perbaiki(
    kasus: Permohonan,
    konteks: Konteks,
    *,
    pelaku: Pelaku,
    data: Mapping[str, object],
    jalan: Jalan,
    waktu: datetime,
) -> events.Langkah:
    """Status diperbaiki → menunggu_berkas | diperiksa with the next round. Raises TransisiSalah, FormulirSalah."""
    if kasus.status is not Status.DIPERBAIKI:
        raise salah_status(kasus, "diperbaiki")
    returned = {k.kode for k in kasus.kekurangan if k.jenis == "syarat"}
    kept = {kode: way for kode, way in kasus.jalan.items() if kode not in returned}
    filled = terisi(replace(kasus, data=gabung(kasus.data, data)), konteks, {**kept, **jalan})
    renewed = replace(filled, putaran=kasus.putaran + 1, lengkap=None).dicatat(
        "diperbaiki", waktu, pelaku.peran
    )
    moved, facts = lanjut(renewed, konteks, waktu)
    return moved, (events.diperbaiki(renewed, waktu), events.pemohon_dibagikan(renewed), *facts)
