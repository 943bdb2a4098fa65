"""The row of one application, folded from its events; what it holds are codes, counts and times, never a person.

{v: {source: last sequence}, layanan, putaran, status, terbuka, tenggat, lengkap, lama, hari: {day: {what: count}},
awal, akhir}. `hari` counts what happened on each day of the office's zone; `lama` is the seconds from the papers
being complete to the letter; `awal` and `akhir` are the first and the last of its days.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chassis.clock import rfc3339
from chassis.envelope import Event

VERSION = 2  # of this fold: another one is rebuilt from offset 0
Row = dict[str, Any]
COUNTED = (
    "diajukan",
    "terbit",
    "dikembalikan",
    "ditolak",
    "dibatalkan",
    "ditutup",
    "dipindah",
    "diserahkan",
    "terlambat",
)
# Event → the state afterwards, and what it counts as.
_STEPS = {
    "permohonan.diajukan": ("menunggu_berkas", "diajukan"),
    "permohonan.diperbaiki": ("menunggu_berkas", ""),
    "permohonan.siap_diperiksa": ("diperiksa", ""),
    "permohonan.dinyatakan_lengkap": ("diproses", ""),
    "permohonan.dikembalikan": ("diperbaiki", "dikembalikan"),
    "permohonan.disetujui": ("disetujui", ""),
    "permohonan.ditolak": ("ditolak", "ditolak"),
    "permohonan.dibatalkan": ("dibatalkan", "dibatalkan"),
    "permohonan.ditutup": ("kedaluwarsa", "ditutup"),
    "permohonan.diteruskan": ("diteruskan", "ditutup"),
    "surat.diterbitkan": ("terbit", "terbit"),
    "surat.diserahkan": ("diserahkan", "diserahkan"),
}
OPEN = ("menunggu_berkas", "diperiksa", "diproses", "diperbaiki", "disetujui")
_DECIDED = ("terbit", "ditolak")


def fold(row: Row | None, event: Event, zone: ZoneInfo) -> Row:
    """The row after the event; a repeat changes nothing, what is not understood moves only the vector."""
    row = row or {"v": {}, "putaran": 0, "status": "", "terbuka": False, "hari": {}}
    if event.sequence <= row["v"].get(event.source, 0):
        return row
    row = {**row, "v": {**row["v"], event.source: event.sequence}}
    data = event.data or {}
    if not event.type.endswith(".v1") or data.get("putaran", row["putaran"]) < row["putaran"]:
        return row  # not understood, or of an earlier round: recorded, not applied
    row["putaran"] = data.get("putaran", row["putaran"])
    if event.name == "tenggat.ditetapkan":
        row["tenggat"] = rfc3339(_time(data["jatuh_tempo"]))
    elif event.name == "permohonan.ditutup" and data["sebab"] == "dipindah":
        _moved(row, event, zone)
    elif event.name == "surat.dicabut" and data.get("selesai"):
        row["status"] = "diserahkan"  # the other letters of the case were received before
    elif event.name in _STEPS and not data.get("sisa"):  # of several letters the last one counts
        _step(row, event, zone)
    return row


def _step(row: Row, event: Event, zone: ZoneInfo) -> None:
    """Change `row`, which is ours."""
    status, counted = _STEPS[event.name]
    data = event.data or {}
    if event.name == "permohonan.dikembalikan" and data.get("target") == "kelurahan":
        status = "diperiksa"
    row["layanan"] = data.get("layanan", row.get("layanan", ""))
    first = row["status"] != status
    row["status"], row["terbuka"] = status, status in OPEN
    what = [counted] if counted and first else []
    if status == "diproses":
        row.setdefault("lengkap", event.time)
    if status in _DECIDED and first and "tenggat" in row and event.time > row["tenggat"]:
        what.append("terlambat")
    if status == "terbit" and first and "lengkap" in row:
        row["lama"] = int((_time(event.time) - _time(row["lengkap"])).total_seconds())
        row["terbit"] = _day(event.time, zone)
    if what:
        _count(row, _day(event.time, zone), what)


def _moved(row: Row, event: Event, zone: ZoneInfo) -> None:
    """A misfiled case is counted as filed once, by the office that it belongs to; here only as moved on."""
    days = {day: {k: n for k, n in counts.items() if k != "diajukan"} for day, counts in row["hari"].items()}
    row["hari"] = {day: counts for day, counts in days.items() if counts}
    row["status"], row["terbuka"] = "dipindah", False
    _count(row, _day(event.time, zone), ["dipindah"])


def _count(row: Row, day: str, what: list[str]) -> None:
    counts = dict(row["hari"].get(day, {}))
    for name in what:
        counts[name] = counts.get(name, 0) + 1
    row["hari"] = {**row["hari"], day: counts}
    row["awal"], row["akhir"] = min(row["hari"]), max(row["hari"])


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str, zone: ZoneInfo) -> str:
    return _time(text).astimezone(zone).date().isoformat()
