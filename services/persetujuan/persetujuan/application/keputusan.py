"""From a domain result to what the aggregate stores, sends and is reminded of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from chassis.aggregate import Decision, NewEvent, Todo
from persetujuan.domain.fakta import Fakta
from persetujuan.domain.kasus import Kasus
from persetujuan.domain.keadaan import to_state
from persetujuan.domain.tenggat import DEKAT as SEBELUM

DEKAT, LEWAT, NAIK = "tugas_dekat", "tugas_lewat", "tugas_naik"
_WAKTUNYA: Final = (DEKAT, LEWAT, NAIK)


def keputusan(kasus: Kasus, fakta: Sequence[Fakta] = ()) -> Decision:
    """A new task brings its reminders; a task that waits no longer needs none."""
    over = tuple(f"{kind}:{task.id}" for task in kasus.tugas if not task.terbuka for kind in _WAKTUNYA)
    return Decision(to_state(kasus), events(fakta), tuple(_pengingat(fakta)), over)


def events(fakta: Sequence[Fakta]) -> tuple[NewEvent, ...]:
    """Facts as events; those of a round carry it as an extension too."""
    return tuple(NewEvent(f.nama, f.data, extensions=_round(f)) for f in fakta)


def _pengingat(fakta: Sequence[Fakta]) -> Iterator[Todo]:
    for told in fakta:
        if told.nama == "tugas.dibuat" and told.data is not None:
            id, due = told.data["tugas"], datetime.fromisoformat(told.data["jatuh_tempo"])
            if due - SEBELUM > datetime.fromisoformat(told.data["waktu"]):
                yield _todo(DEKAT, id, due - SEBELUM)
            yield _todo(LEWAT, id, due)


def _todo(kind: str, tugas: str, due: datetime) -> Todo:
    return Todo(id=f"{kind}:{tugas}", kind=kind, due=due, clock="office", data={"tugas": tugas})


def _round(fakta: Fakta) -> dict[str, str]:
    return {"putaran": str(fakta.data["putaran"])} if fakta.data and "putaran" in fakta.data else {}
