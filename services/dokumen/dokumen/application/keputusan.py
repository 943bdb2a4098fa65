"""From a pure step to what the aggregate writes."""

from __future__ import annotations

from datetime import timedelta

from chassis.aggregate import Decision, Moment, NewEvent, Todo
from dokumen.domain.langkah import Langkah


def keputusan(langkah: Langkah, at: Moment) -> Decision:
    """Facts become events, promises to-dos on the real clock."""
    events = tuple(
        NewEvent(f.nama, f.data, extensions={"putaran": str(f.putaran)} if f.putaran else {})
        for f in langkah.fakta
    )
    todos = tuple(
        Todo(id=j.id, kind=j.jenis, due=at.real + timedelta(seconds=j.tunda), data=j.data)
        for j in langkah.janji
    )
    return Decision(langkah.perkara, events, todos, langkah.selesai)
