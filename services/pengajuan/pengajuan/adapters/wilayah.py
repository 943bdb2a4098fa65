"""Reads the list of kecamatan and kelurahan of a city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pengajuan.adapters.katalog import KATALOG
from pengajuan.domain.errors import KatalogSalah
from pengajuan.domain.kantor import DaftarKantor, Kantor, StatusKantor, Wilayah

DEPOK = KATALOG / "wilayah_depok.yaml"
Isi = Mapping[str, Any]


def baca_wilayah(path: Path = DEPOK) -> DaftarKantor:
    """Every office of the file. Raises KatalogSalah with all mistakes."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    kota = data["kota"]
    kecamatan = tuple(_kecamatan(k) for k in data["kecamatan"])
    offices = tuple(
        _kantor(d, area, kota["nama"])
        for k, area in zip(data["kecamatan"], kecamatan, strict=True)
        for d in k["kelurahan"]
    )
    wrong = tuple(_mistakes(offices, path.name))
    if wrong:
        raise KatalogSalah(wrong)
    return DaftarKantor(kota=kota["nama"], kode_kota=kota["kode"], kecamatan=kecamatan, kelurahan=offices)


def titik(kode: str) -> str:
    """`3276011006` → `32.76.01.1006`."""
    parts = (kode[0:2], kode[2:4], kode[4:6], kode[6:10])
    return ".".join(p for p in parts if p)


def _kecamatan(data: Isi) -> Wilayah:
    return Wilayah(
        kode=data["kode"],
        kode_titik=titik(data["kode"]),
        nama=data["nama"],
        alias=tuple(data.get("alias", ())),
    )


def _kantor(data: Isi, kecamatan: Wilayah, kota: str) -> Kantor:
    return Kantor(
        kode=data["kode"],
        kode_titik=titik(data["kode"]),
        kode_unit=data["kode_unit"],
        nama=data["nama"],
        kecamatan=kecamatan,
        kota=kota,
        kode_pos=data["kode_pos"],
        alias=tuple(data.get("alias", ())),
        status=StatusKantor.AKTIF if data["aktif"] else StatusKantor.DISIAPKAN,
    )


def _mistakes(offices: tuple[Kantor, ...], name: str) -> list[str]:
    codes = [k.kode for k in offices]
    twice = [
        f"{name}: code {kode} is used twice" for kode in sorted({c for c in codes if codes.count(c) > 1})
    ]
    shape = [
        f"{name}: {k.nama}: code {k.kode} must be ten digits of kecamatan {k.kecamatan.kode}"
        for k in offices
        if len(k.kode) != 10 or not k.kode.isdigit() or not k.kode.startswith(k.kecamatan.kode)
    ]
    return twice + shape
