"""A draft holds raw answers: nothing is judged before it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pengajuan.domain.layanan import Layanan
from pengajuan.domain.permohonan import (
    Hubungan,
    JalanSyarat,
    Kanal,
    Pelaku,
    Pemohon,
    Permohonan,
    salah_status,
)
from pengajuan.domain.status import Status


def buat(
    layanan: Layanan,
    *,
    id: str,
    kantor: str,
    resi: str,
    rahasia_hash: str,
    kanal: Kanal,
    pelaku: Pelaku,
    pemohon: Pemohon,
    hubungan: Hubungan,
    data: Mapping[str, object],
    waktu: datetime,
    asal: str | None = None,
) -> Permohonan:
    """A new draft, pinned to the version of the service."""
    kasus = Permohonan(
        id=id,
        kantor=kantor,
        layanan=layanan.kode,
        versi_layanan=layanan.versi,
        resi=resi,
        rahasia_hash=rahasia_hash,
        kanal=kanal,
        dibuat_oleh=pelaku.id,
        dibuat_pada=waktu,
        pemohon=pemohon,
        hubungan=hubungan,
        data=dict(data),
        asal=asal,
    )
    return kasus.dicatat("dibuat", waktu, pelaku.peran)


def ubah(
    kasus: Permohonan,
    *,
    data: Mapping[str, object] | None = None,
    pemohon: Pemohon | None = None,
    hubungan: Hubungan | None = None,
    jalan: Mapping[str, JalanSyarat] | None = None,
) -> Permohonan:
    """Merge changes into a draft; an answer of None removes the field. Raises TransisiSalah."""
    if kasus.status is not Status.DRAF:
        raise salah_status(kasus, "diubah sebagai draf")
    return replace(
        kasus,
        data=gabung(kasus.data, data or {}),
        pemohon=pemohon or kasus.pemohon,
        hubungan=hubungan or kasus.hubungan,
        jalan={**kasus.jalan, **(jalan or {})},
    )


def gabung(lama: Mapping[str, object], baru: Mapping[str, object]) -> dict[str, object]:
    """Answers with changes merged in; None removes."""
    return {key: value for key, value in {**lama, **baru}.items() if value is not None}
