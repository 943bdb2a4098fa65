"""To-dos on the office clock: a task is nearly due, is overdue, and is told to the next one above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.aggregate import Decision, Moment, State, Todo
from persetujuan.application.keputusan import NAIK, keputusan
from persetujuan.domain import lewat
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.keadaan import from_state
from persetujuan.domain.tenggat import hari_berikut

Data = Mapping[str, Any]


def dekat(state: State | None, data: Data, at: Moment) -> Decision:
    """Some hours before the due moment."""
    case = from_state(state or {})
    return keputusan(case, lewat.didekati(case, data["tugas"], at.now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Eskalasi:
    """When a task is overdue its office and the next one above hear it; each further working day one higher."""

    kalender: Callable[[int], Kalender]

    def lewat(self, state: State | None, data: Data, at: Moment) -> Decision:
        case = from_state(state or {})
        decided = self._naik(state, data["tugas"], 1, at)
        return replace(
            decided,
            events=(*keputusan(case, lewat.terlewati(case, data["tugas"], at.now)).events, *decided.events),
        )

    def naik(self, state: State | None, data: Data, at: Moment) -> Decision:
        return self._naik(state, data["tugas"], int(data["urut"]), at)

    def _naik(self, state: State | None, tugas: str, urut: int, at: Moment) -> Decision:
        case = from_state(state or {})
        told = lewat.dieskalasi(case, tugas, urut, at.now)
        task = case.cari(tugas)
        decided = keputusan(case, told)
        if not told or task is None or lewat.atasan(task.peran, urut + 1) is None:
            return decided
        since = max(at.now, datetime.fromisoformat(task.jatuh_tempo)).astimezone(at.now.tzinfo)
        due = hari_berikut(since, self.kalender(since.year), task.kantor)
        again = Todo(
            id=f"{NAIK}:{tugas}", kind=NAIK, due=due, clock="office", data={"tugas": tugas, "urut": urut + 1}
        )
        return replace(decided, todos=(*decided.todos, again))
