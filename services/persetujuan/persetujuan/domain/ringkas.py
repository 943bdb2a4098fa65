"""Officials are told at set hours of working days what waits for them (R12): when, and what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from persetujuan.domain.fakta import teks
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.kasus import Kasus

JAM = (time(8), time(13))
DISEBUT = 10
"""So many cases are named; the rest is a number."""
PALING = 500
_SETAHUN = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringkasan:
    """What is told to the official `akun` of `kantor`."""

    akun: str
    kantor: str
    data: Mapping[str, Any]

    @property
    def subjek(self) -> str:
        """One per official and office, so that each numbers its own digests."""
        return f"ringkasan.{self.kantor}.{self.akun}"


def baca_jam(teks: str) -> tuple[time, ...]:
    """`08.00,13.00` in their order; empty: never. Raises ValueError."""
    hours = [time.fromisoformat(part.strip().replace(".", ":")) for part in teks.split(",") if part.strip()]
    return tuple(sorted(set(hours)))


def berikut(setelah: datetime, jam: Sequence[time], kalender: Callable[[int], Kalender]) -> datetime | None:
    """The next hour of a working day after `setelah` (in the office's zone); None: there is none."""
    for n in range(_SETAHUN if jam else 0):
        day = setelah.date() + timedelta(days=n)
        moments = (datetime.combine(day, hour, tzinfo=setelah.tzinfo) for hour in jam)
        found = next((moment for moment in moments if moment > setelah), None)
        if found is not None and kalender(day.year).kerja(day):
            return found
    return None


def dinas(waktu: datetime, kalender: Kalender, kantor: str) -> bool:
    """Whether the office is at work: a digest that was held up until the evening is none for today."""
    closes = kalender.jam_pada(kantor, waktu.date()).tutup
    return kalender.kerja(waktu.date()) and waktu.timetz().replace(tzinfo=None) < closes


def ringkas(akun: str, kantor: str, antre: Sequence[Kasus], waktu: datetime) -> Ringkasan | None:
    """`antre` in the order of his inbox, at most PALING; None when nothing waits."""
    if not antre:
        return None
    now = teks(waktu)
    late = [case for case in antre if case.terbuka and case.terbuka.jatuh_tempo < now]
    data = {
        "akun": akun,
        "kantor": kantor,
        "menunggu": len(antre),
        "terlambat": len(late),
        "ditunggu": sum(case.ditunggu is not None for case in antre),
        "tugas": [row for case in antre[:DISEBUT] for row in _baris(case)],
        "waktu": now,
    }
    return Ringkasan(akun=akun, kantor=kantor, data=data)


def _baris(case: Kasus) -> list[dict[str, Any]]:
    task = case.terbuka
    if task is None or case.lengkap is None:
        return []
    row = {
        "tugas": task.id,
        "permohonan": case.id,
        "kelurahan": case.kantor,
        "layanan": case.lengkap.layanan,
        "jatuh_tempo": task.jatuh_tempo,
    }
    return [row | ({"ditunggu": True} if case.ditunggu is not None else {})]
