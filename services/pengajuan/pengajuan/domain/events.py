"""The facts a step makes true; the application layer turns them into envelopes.

Facts of family `peristiwa` are kept for ever and so hold codes, ids, times and numbers only. Names, NIK,
answers and free text travel in family `pribadi`, as full snapshots of which the newest wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pengajuan.domain.layanan import Syarat
from pengajuan.domain.permohonan import Berkas, Kekurangan, Lengkap, Permohonan

Data = Mapping[str, Any]


class Keluarga(StrEnum):
    PERISTIWA = "peristiwa"
    PRIBADI = "pribadi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fakta:
    """Name as in the contract (`permohonan.diajukan`), its data, its family."""

    nama: str
    data: Data
    keluarga: Keluarga = Keluarga.PERISTIWA


Langkah = tuple[Permohonan, tuple[Fakta, ...]]
"""What every step returns: the new case and its facts in order."""


def diajukan(kasus: Permohonan, syarat: tuple[Syarat, ...], waktu: datetime) -> Fakta:
    ways = [{"kode": s.kode, "cara": kasus.jalan[s.kode].cara.value} for s in syarat if s.kode in kasus.jalan]
    return Fakta(
        nama="permohonan.diajukan",
        data={
            "layanan": kasus.layanan,
            "versi_layanan": kasus.versi_layanan,
            "kanal": kasus.kanal.value,
            "putaran": kasus.putaran,
            "syarat": ways,
            "waktu": waktu.isoformat(),
        },
    )


def siap_diperiksa(kasus: Permohonan) -> Fakta:
    return Fakta(nama="permohonan.siap_diperiksa", data={"putaran": kasus.putaran, "layanan": kasus.layanan})


def dinyatakan_lengkap(kasus: Permohonan, lengkap: Lengkap, papers: tuple[Berkas, ...]) -> Fakta:
    return Fakta(
        nama="permohonan.dinyatakan_lengkap",
        data={
            "putaran": lengkap.putaran,
            "layanan": kasus.layanan,
            "versi_layanan": kasus.versi_layanan,
            "hash": lengkap.hash,
            "konseptor": lengkap.konseptor,
            "berkas": [{"id": b.id, "syarat": b.syarat, "sha256": b.sha256} for b in papers],
            "waktu": lengkap.pada.isoformat(),
        },
    )


def dikembalikan(kasus: Permohonan) -> Fakta:
    return Fakta(
        nama="permohonan.dikembalikan",
        data={"putaran": kasus.putaran, "kekurangan": [_point(k) for k in kasus.kekurangan]},
    )


def diperbaiki(kasus: Permohonan) -> Fakta:
    return Fakta(nama="permohonan.diperbaiki", data={"putaran": kasus.putaran})


def dibatalkan(kasus: Permohonan, sebab: str) -> Fakta:
    return Fakta(nama="permohonan.dibatalkan", data={"putaran": kasus.putaran, "sebab": sebab})


def pembatalan_diminta(kasus: Permohonan) -> Fakta:
    return Fakta(nama="pembatalan.diminta", data={"putaran": kasus.putaran})


def ditutup(sebab: str) -> Fakta:
    return Fakta(nama="permohonan.ditutup", data={"sebab": sebab})


def pemohon_dibagikan(kasus: Permohonan) -> Fakta:
    """The personal half of the case for dokumen, persetujuan and notifikasi."""
    who = kasus.pemohon
    return Fakta(
        nama="pemohon.dibagikan",
        keluarga=Keluarga.PRIBADI,
        data={
            "putaran": kasus.putaran,
            "resi": kasus.resi,
            "layanan": kasus.layanan,
            "versi_layanan": kasus.versi_layanan,
            "pemohon": {"nama": who.nama, "nik": who.nik, "akun": who.akun},
            "hubungan": kasus.hubungan.value,
            "subjek": [{"nama": s.nama, "nik": s.nik, "kk": s.kk} for s in kasus.subjek],
            "data": dict(kasus.data),
            "pembebasan": [
                {"syarat": p.syarat, "kode": p.kode, "catatan": p.catatan} for p in kasus.pembebasan
            ],
        },
    )


def catatan_dibagikan(kasus: Permohonan) -> Fakta:
    """The clerk's words for the resident beside the codes of `permohonan.dikembalikan`."""
    notes = [{**_point(k), "catatan": k.catatan or ""} for k in kasus.kekurangan]
    return Fakta(
        nama="catatan.dibagikan",
        keluarga=Keluarga.PRIBADI,
        data={"putaran": kasus.putaran, "kekurangan": notes},
    )


def _point(kurang: Kekurangan) -> dict[str, str]:
    where = {"syarat": kurang.syarat} if kurang.syarat else {"medan": kurang.medan or ""}
    return {**where, "kode": kurang.kode}
