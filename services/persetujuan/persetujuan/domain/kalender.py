"""The calendar of offices: closed days, and counter hours by office and season (R21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

_SABTU = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Jam:
    """Until `loket` what comes counts as today; `tutup` is close of business."""

    loket: time = time(15, 30)
    tutup: time = time(16, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class JamKhusus:
    """Other hours: of offices whose code begins with `kantor` (empty: all), in a season (None: open end)."""

    jam: Jam
    kantor: str = ""
    dari: date | None = None
    sampai: date | None = None

    def berlaku(self, kantor: str, hari: date) -> bool:
        begun = self.dari is None or self.dari <= hari
        over = self.sampai is not None and self.sampai < hari
        return kantor.startswith(self.kantor) and begun and not over


@dataclass(frozen=True, slots=True, kw_only=True)
class Kalender:
    """`libur` are closed days beside weekends, `masuk` working days in spite of both; `versi` names it all."""

    versi: str
    libur: frozenset[date]
    masuk: frozenset[date] = frozenset()
    jam: Jam = Jam()
    khusus: tuple[JamKhusus, ...] = ()

    def kerja(self, hari: date) -> bool:
        """Whether offices work on this day."""
        return hari in self.masuk or (hari.weekday() < _SABTU and hari not in self.libur)

    def jam_pada(self, kantor: str, hari: date) -> Jam:
        """The last entry that fits wins, as it stands in the file."""
        fitting = [entry.jam for entry in self.khusus if entry.berlaku(kantor, hari)]
        return fitting[-1] if fitting else self.jam
