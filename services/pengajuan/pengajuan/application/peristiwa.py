"""How an event of another service meets a case: data and time out of the envelope, then one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from chassis.aggregate import Decision, Moment, State
from chassis.envelope import Event
from pengajuan.application.langkah import Hasil, pada
from pengajuan.domain.permohonan import Permohonan

# Data of an event that fits its schema: values are Any until a constructor names them.
Isi = Mapping[str, Any]
Ikut = Callable[[Permohonan, Isi, datetime], Hasil]
Handle = Callable[[Event, State | None, Moment], Decision]


def ikut(langkah: Ikut) -> Handle:
    """A handler from a step; an application of which nothing is known here only advances the vector."""

    def handle(event: Event, state: State | None, at: Moment) -> Decision:
        data = event.data or {}

        def step(kasus: Permohonan, at: Moment) -> Hasil:
            told = data.get("waktu")
            return langkah(kasus, data, datetime.fromisoformat(told) if told else at.now)

        return pada(step)(state, at)

    return handle


def isi(data: Isi, nama: str) -> Iterable[Isi]:
    """A list of objects inside the data."""
    found: Iterable[Isi] = data[nama]
    return found
