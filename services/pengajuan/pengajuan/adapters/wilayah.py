"""The list of a city's kecamatan and kelurahan, as a file or as the body of a request: one form, judged once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chassis.contracts import read_yaml
from pengajuan.adapters.katalog import KATALOG
from pengajuan.domain.errors import FormulirSalah, KatalogSalah, KesalahanMedan
from pengajuan.domain.kantor import DaftarKantor, Kantor, StatusKantor, Wilayah

DEPOK = KATALOG / "wilayah_depok.yaml"
Nama = Annotated[str, Field(min_length=2, max_length=80)]
Alias = Annotated[list[Nama], Field(max_length=10, description="Spellings in use.")]


class _Isi(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class KotaBaru(_Isi):
    kode: str = Field(pattern="^[0-9]{4}$", description="Kemendagri's code without dots.")
    nama: Nama = Field(description="With its kind, as letterheads have it: Kota Depok.")
    provinsi: str = Field("", max_length=80)


class KelurahanBaru(_Isi):
    kode: str = Field(pattern="^[0-9]{10}$")
    nama: Nama
    kode_unit: str = Field(pattern=r"^[0-9]{2}\.[0-9]{4}$", description="As in letter numbers: 01.1006.")
    kode_pos: str | None = Field(None, pattern="^[0-9]{5}$")
    aktif: bool = Field(False, description="Switch the office on as soon as its topics are there.")
    alias: Alias = Field(default_factory=list)


class KecamatanBaru(_Isi):
    kode: str = Field(pattern="^[0-9]{6}$")
    nama: Nama
    alias: Alias = Field(default_factory=list)
    kelurahan: list[KelurahanBaru] = Field(min_length=1, max_length=100)


class WilayahBaru(_Isi):
    """The form of `katalog/wilayah_depok.yaml`."""

    kota: KotaBaru
    kecamatan: list[KecamatanBaru] = Field(min_length=1, max_length=60)

    def daftar(self) -> DaftarKantor:
        """As the rules see it. Raises FormulirSalah with every wrong code."""
        kota, wrong = self.kota, tuple(self._salah())
        if wrong:
            raise FormulirSalah(wrong)
        areas = [
            Wilayah(kode=k.kode, kode_titik=titik(k.kode), nama=k.nama, alias=tuple(k.alias))
            for k in self.kecamatan
        ]
        offices = [
            _kantor(d, area, kota.nama)
            for k, area in zip(self.kecamatan, areas, strict=True)
            for d in k.kelurahan
        ]
        return DaftarKantor(
            kota=kota.nama, kode_kota=kota.kode, kecamatan=tuple(areas), kelurahan=tuple(offices)
        )

    def _salah(self) -> Iterator[KesalahanMedan]:
        """A code is used once, and begins with the code of what it lies in."""
        codes = [(f"/kecamatan/{i}/kode", k.kode, self.kota.kode) for i, k in enumerate(self.kecamatan)]
        codes += [
            (f"/kecamatan/{i}/kelurahan/{j}/kode", d.kode, k.kode)
            for i, k in enumerate(self.kecamatan)
            for j, d in enumerate(k.kelurahan)
        ]
        times = Counter(kode for _, kode, _ in codes)
        for pointer, kode, above in codes:
            if not kode.startswith(above):
                yield KesalahanMedan(
                    pointer=pointer, slug="kode-salah", pesan=f"Kode {kode} harus diawali {above}."
                )
            if times[kode] > 1:
                yield KesalahanMedan(
                    pointer=pointer, slug="kode-dobel", pesan=f"Kode {kode} dipakai lebih dari sekali."
                )


def baca_wilayah(path: Path = DEPOK) -> DaftarKantor:
    """Every office of the file. Raises KatalogSalah with all mistakes, OSError."""
    try:
        data: Mapping[str, Any] = read_yaml(path)
        return WilayahBaru.model_validate(data).daftar()
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False)
        lines = (f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in told)
        raise KatalogSalah(tuple(lines)) from error
    except FormulirSalah as error:
        raise KatalogSalah(tuple(f"{path.name}: {e.pointer}: {e.pesan}" for e in error.errors)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KatalogSalah((f"{path.name}: not YAML: {error}",)) from error


def titik(kode: str) -> str:
    """`3276011006` → `32.76.01.1006`."""
    parts = (kode[0:2], kode[2:4], kode[4:6], kode[6:10])
    return ".".join(p for p in parts if p)


def _kantor(data: KelurahanBaru, kecamatan: Wilayah, kota: str) -> Kantor:
    return Kantor(
        kode=data.kode,
        kode_titik=titik(data.kode),
        kode_unit=data.kode_unit,
        nama=data.nama,
        kecamatan=kecamatan,
        kota=kota,
        kode_pos=data.kode_pos,
        alias=tuple(data.alias),
        status=StatusKantor.AKTIF if data.aktif else StatusKantor.DISIAPKAN,
    )
