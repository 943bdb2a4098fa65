"""Somebody signs for an absent lurah or camat, from one day to another: Plh., Plt. or a.n. (R12).

The power to sign never moves by itself: the absent official gives it, or, when he cannot be reached, the kecamatan's
administrator enters a Plh. with the number of the order, and never himself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from persetujuan.domain.fakta import teks
from persetujuan.domain.galat import BukanWewenang, DelegasiSalah

PENANDA_TANGAN = {"lurah": 10, "camat": 6}
"""Who can be stood in for, and how many digits the code of his office has."""
CARA = ("plh", "plt", "an")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegasi:
    """`akun` signs as `peran` of `kantor` from `mulai` to `sampai`, both included; `untuk` is that post's title."""

    id: str
    akun: str
    peran: str
    kantor: str
    untuk: str
    cara: str
    mulai: date
    sampai: date
    dasar: str
    oleh: str
    dicabut: bool = False

    def berlaku(self, hari: date) -> bool:
        return not self.dicabut and self.mulai <= hari <= self.sampai

    def bertemu(self, other: Delegasi) -> bool:
        """Whether both hold the same post on some day."""
        same = (self.peran, self.kantor) == (other.peran, other.kantor)
        days = self.mulai <= other.sampai and other.mulai <= self.sampai
        return same and days and not self.dicabut and not other.dicabut


@dataclass(frozen=True, slots=True, kw_only=True)
class Pemberi:
    """Who enters it."""

    akun: str
    peran: str
    wilayah: tuple[str, ...]


def boleh(pemberi: Pemberi, delegasi: Delegasi) -> None:
    """Raises BukanWewenang."""
    covered = any(delegasi.kantor.startswith(prefix) for prefix in pemberi.wilayah)
    own = pemberi.peran == delegasi.peran and covered
    above = {"lurah": "admin_kecamatan", "camat": "operator"}[delegasi.peran]
    entered = pemberi.peran == above and covered and delegasi.cara == "plh"
    if not own and not entered:
        raise BukanWewenang("Pejabat itu sendiri yang menunjuk; admin kecamatan hanya mencatat Plh. lurah.")
    if pemberi.akun == delegasi.akun:
        raise BukanWewenang("Tidak boleh menunjuk diri sendiri. Pilih pejabat lain.")


def wajar(delegasi: Delegasi, pejabat: dict[str, Any], lain: Iterable[Delegasi], hari: date) -> None:
    """Raises DelegasiSalah: dates, another office's official, or a post that somebody else holds then."""
    if len(delegasi.kantor) != PENANDA_TANGAN[delegasi.peran]:
        raise DelegasiSalah("Kode kantor tidak sesuai dengan peran yang diwakili.")
    if not hari <= delegasi.sampai or delegasi.sampai < delegasi.mulai:
        raise DelegasiSalah("Tanggal sampai harus hari ini atau sesudahnya, dan tidak sebelum tanggal mulai.")
    if not pejabat["aktif"] or not pejabat["kantor"].startswith(delegasi.kantor[:6]):
        raise DelegasiSalah("Wakil harus pejabat aktif di kecamatan yang sama.")
    if pejabat["peran"] == delegasi.peran and pejabat["kantor"] == delegasi.kantor:
        raise DelegasiSalah("Pejabat ini memegang jabatan itu sendiri. Pilih pejabat lain.")
    if any(delegasi.bertemu(other) for other in lain):
        raise DelegasiSalah("Pada tanggal itu sudah ada wakil. Cabut dulu yang lama.")


def dari(rows: Iterable[dict[str, Any]]) -> tuple[Delegasi, ...]:
    """As they are stored with the official."""
    return tuple(
        Delegasi(
            **{**row, "mulai": date.fromisoformat(row["mulai"]), "sampai": date.fromisoformat(row["sampai"])}
        )
        for row in rows
    )


def simpan(semua: Iterable[Delegasi]) -> list[dict[str, Any]]:
    return [{**asdict(d), "mulai": d.mulai.isoformat(), "sampai": d.sampai.isoformat()} for d in semua]


def cabut(semua: Iterable[Delegasi], id: str) -> tuple[Delegasi, ...]:
    return tuple(replace(d, dicabut=True) if d.id == id else d for d in semua)


def wewenang(semua: Iterable[Delegasi], hari: date) -> dict[str, str] | None:
    """What letters print above the name today, and whose tasks he sees; None in his own right."""
    held = next((d for d in semua if d.berlaku(hari)), None)
    return (
        None if held is None else {name: getattr(held, name) for name in ("cara", "untuk", "peran", "kantor")}
    )


def kabar(delegasi: Delegasi, oleh: Pemberi, waktu: datetime) -> dict[str, Any]:
    """`delegasi.diubah`: entered, or ended early, by `oleh`."""
    return {
        **{name: getattr(delegasi, name) for name in ("akun", "peran", "kantor", "untuk", "cara", "dasar")},
        "delegasi": delegasi.id,
        "mulai": delegasi.mulai.isoformat(),
        "sampai": delegasi.sampai.isoformat(),
        "oleh": oleh.akun,
        "oleh_peran": oleh.peran,
        "dicabut": delegasi.dicabut,
        "waktu": teks(waktu),
    }
