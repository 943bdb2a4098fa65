"""The digest of one official (R12): how many cases wait for him, and the first of them with their way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Final

from notifikasi.domain.kabar import TERTUNDA, Kabar
from notifikasi.domain.kirim import Data, Kirim
from notifikasi.domain.penerima import AKUN

ANGKA: Final = ("menunggu", "terlambat", "ditunggu")
PALING = 10
"""So many cases a digest lists; the rest is a number."""
_SELA, _BARIS = "|", " "  # neither is part of an id, a code or a time


@dataclass(frozen=True, slots=True)
class Baris:
    """One case; `tanda` is ditunggu, terlambat or empty."""

    tugas: str
    permohonan: str
    kelurahan: str
    layanan: str
    jatuh_tempo: str
    tanda: str


def ringkas(data: Data, sekarang: datetime) -> tuple[Kirim, ...]:
    """One message to the official's own contact; a digest of another day is no news, nor is one of nothing."""
    told = datetime.fromisoformat(data["waktu"]).astimezone(sekarang.tzinfo)
    if told.date() != sekarang.date() or not data["menunggu"]:
        return ()
    rows = [_baris(task, data["waktu"]) for task in data["tugas"][:PALING]]
    numbers = {name: str(data[name]) for name in ANGKA}
    rest = str(data["menunggu"] - len(rows))
    said = {**numbers, "daftar": tulis(rows), "lebih": rest}
    key = f"ringkasan.{data['waktu'].replace(':', '')}"
    return (Kirim(langkah="ringkasan", kunci=key, kepada=f"{AKUN}{data['akun']}", isi=said),)


def tanpa_lama(kabar: Kabar) -> Kabar:
    """Without digests that are over: the newest replaces them, only what is still being sent stays."""
    kept = {key: each for key, each in kabar.janji.items() if TERTUNDA in each.saluran.values()}
    return replace(kabar, janji=kept)


def tulis(semua: Iterable[Baris]) -> str:
    """Rows as one text of a promise."""
    return _BARIS.join(_SELA.join(astuple(each)) for each in semua)


def baca(teks: str) -> tuple[Baris, ...]:
    return tuple(Baris(*row.split(_SELA)) for row in teks.split(_BARIS) if row)


def _baris(task: Data, waktu: str) -> Baris:
    late = "terlambat" if task["jatuh_tempo"] < waktu else ""
    return Baris(
        tugas=task["tugas"],
        permohonan=task["permohonan"],
        kelurahan=task["kelurahan"],
        layanan=task["layanan"],
        jatuh_tempo=task["jatuh_tempo"],
        tanda="ditunggu" if task.get("ditunggu") else late,
    )
