"""The facts a step makes true; the application layer turns them into envelopes.

Facts of family `peristiwa` are kept for ever and so hold codes, ids, times and numbers only. Names, NIK,
answers and free text travel in family `pribadi`, as full snapshots of which the newest wins; `acuan` is
reference data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pengajuan.domain.layanan import Syarat
from pengajuan.domain.permohonan import Berkas, Lengkap, Permohonan, Pindahan

Data = Mapping[str, Any]


class Keluarga(StrEnum):
    PERISTIWA = "peristiwa"
    PRIBADI = "pribadi"
    ACUAN = "acuan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fakta:
    """Name as in the contract (`permohonan.diajukan`), its data (None removes a snapshot), its family."""

    nama: str
    data: Data | None
    keluarga: Keluarga = Keluarga.PERISTIWA


Langkah = tuple[Permohonan, tuple[Fakta, ...]]
"""What every step returns: the new case and its facts in order."""


def diajukan(kasus: Permohonan, syarat: tuple[Syarat, ...], waktu: datetime) -> Fakta:
    ways = [{"kode": s.kode, "cara": kasus.jalan[s.kode].cara.value} for s in syarat if s.kode in kasus.jalan]
    return Fakta(
        nama="permohonan.diajukan",
        data={
            **_pinned(kasus),
            "kanal": kasus.kanal.value,
            "putaran": kasus.putaran,
            "syarat": ways,
            **({"pindah_dari": _pindahan(kasus.pindah_dari)} if kasus.pindah_dari else {}),
            "waktu": _utc(waktu),
        },
    )


def siap_diperiksa(kasus: Permohonan, waktu: datetime) -> Fakta:
    return _round("permohonan.siap_diperiksa", kasus, waktu, layanan=kasus.layanan)


def dinyatakan_lengkap(kasus: Permohonan, lengkap: Lengkap, papers: tuple[Berkas, ...]) -> Fakta:
    return Fakta(
        nama="permohonan.dinyatakan_lengkap",
        data={
            **_pinned(kasus),
            "putaran": lengkap.putaran,
            "hash": lengkap.hash,
            "konseptor": lengkap.konseptor,
            "berkas": [{"id": b.id, "syarat": b.syarat, "sha256": b.sha256} for b in papers],
            "waktu": _utc(lengkap.pada),
        },
    )


def dikembalikan(kasus: Permohonan, waktu: datetime) -> Fakta:
    points = [{"jenis": k.jenis, "kode": k.kode, "alasan": k.alasan} for k in kasus.kekurangan]
    return _round("permohonan.dikembalikan", kasus, waktu, target="warga", kekurangan=points)


def diperbaiki(kasus: Permohonan, waktu: datetime) -> Fakta:
    return _round("permohonan.diperbaiki", kasus, waktu)


def dibatalkan(kasus: Permohonan, sebab: str, waktu: datetime) -> Fakta:
    return _round("permohonan.dibatalkan", kasus, waktu, sebab=sebab)


def pembatalan_diminta(kasus: Permohonan, waktu: datetime) -> Fakta:
    return _round("pembatalan.diminta", kasus, waktu)


def ditutup(kasus: Permohonan, sebab: str, waktu: datetime) -> Fakta:
    more = {"pindah_ke": _pindahan(kasus.pindah_ke)} if kasus.pindah_ke else {}
    return _round("permohonan.ditutup", kasus, waktu, sebab=sebab, **more)


def diteruskan(kasus: Permohonan, waktu: datetime) -> Fakta:
    return _round("permohonan.diteruskan", kasus, waktu, layanan=kasus.layanan)


def diingatkan(kasus: Permohonan, sampai: datetime, waktu: datetime) -> Fakta:
    return _round("permohonan.diingatkan", kasus, waktu, sampai=_utc(sampai))


def dikoreksi(kasus: Permohonan, medan: Sequence[str], berkas: str, waktu: datetime) -> Fakta:
    return _round("permohonan.dikoreksi", kasus, waktu, medan=list(medan), berkas=berkas)


def hasil_diterima(kasus: Permohonan, hasil: str, waktu: datetime) -> Fakta:
    return _round("hasil.diterima", kasus, waktu, hasil=hasil)


def pengantar_diminta(kasus: Permohonan, pihak: str, urut: int, sampai: datetime, waktu: datetime) -> Fakta:
    return _round("pengantar.diminta", kasus, waktu, pihak=pihak, urut=urut, sampai=_utc(sampai))


def pengantar_diterbitkan(kasus: Permohonan, waktu: datetime) -> Fakta:
    return _round("pengantar.diterbitkan", kasus, waktu)


def pengantar_ditutup(kasus: Permohonan, sebab: str, waktu: datetime) -> Fakta:
    return _round("pengantar.ditutup", kasus, waktu, sebab=sebab)


def pengantar_dibagikan(pihak: str, urut: int, sampai: datetime, telepon: str) -> Fakta:
    """Where the link of RT or RW goes; never the link itself, which notifikasi derives as we do."""
    kontak = {"jenis": "telepon", "nilai": telepon}
    data = {"pihak": pihak, "urut": urut, "sampai": _utc(sampai), "kontak": kontak}
    return Fakta(nama="pengantar.dibagikan", keluarga=Keluarga.PRIBADI, data=data)


def pengantar_dilupakan() -> Fakta:
    """Nobody is asked any more."""
    return Fakta(nama="pengantar.dibagikan", keluarga=Keluarga.PRIBADI, data=None)


def pemohon_dibagikan(kasus: Permohonan) -> Fakta:
    """The personal half of the case for dokumen, persetujuan and notifikasi."""
    who = kasus.pemohon
    return Fakta(
        nama="pemohon.dibagikan",
        keluarga=Keluarga.PRIBADI,
        data={
            **_pinned(kasus),
            "putaran": kasus.putaran,
            "nomor_resi": kasus.resi,
            "bahasa": "id",
            "kontak": {"jenis": who.kontak.jenis, "nilai": who.kontak.nilai},
            "akun": who.akun,
            "pemohon": {"nama": who.nama, "nik": who.nik},
            "hubungan": kasus.hubungan.value,
            "subjek": [{"nama": s.nama, "nik": s.nik, "kk": s.kk} for s in kasus.subjek],
            "kk": kasus.subjek[0].kk if kasus.subjek else None,
            "jawaban": dict(kasus.data),
            "pembebasan": [
                {"syarat": p.syarat, "kode": p.kode, "catatan": p.catatan} for p in kasus.pembebasan
            ],
        },
    )


def catatan_dibagikan(kasus: Permohonan, oleh_peran: str) -> Fakta:
    """The clerk's words for the resident beside the codes of `permohonan.dikembalikan`."""
    notes = [{"kode": k.kode, "teks": k.catatan} for k in kasus.kekurangan if k.catatan]
    return Fakta(
        nama="catatan.dibagikan",
        keluarga=Keluarga.PRIBADI,
        data={"putaran": kasus.putaran, "oleh_peran": oleh_peran, "catatan": notes},
    )


def catatan_terusan(kasus: Permohonan, oleh_peran: str) -> Fakta:
    """Where a forwarded case went and what became of it, in words for the resident alone."""
    notes = [{"kode": c.kode, "teks": c.teks} for c in kasus.catatan]
    return Fakta(
        nama="catatan.dibagikan",
        keluarga=Keluarga.PRIBADI,
        data={"putaran": kasus.putaran, "oleh_peran": oleh_peran, "catatan": notes},
    )


def _pindahan(other: Pindahan) -> dict[str, str]:
    return {"kantor": other.kantor, "permohonan": other.permohonan}


def _pinned(kasus: Permohonan) -> dict[str, str]:
    return {"layanan": kasus.layanan, "versi_layanan": str(kasus.versi_layanan)}


def _round(nama: str, kasus: Permohonan, waktu: datetime, **more: object) -> Fakta:
    return Fakta(nama=nama, data={"putaran": kasus.putaran, **more, "waktu": _utc(waktu)})


def _utc(waktu: datetime) -> str:
    return waktu.astimezone(UTC).isoformat().replace("+00:00", "Z")
