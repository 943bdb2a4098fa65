"""From a pure step to what the aggregate writes."""

from __future__ import annotations

from datetime import timedelta

from chassis.aggregate import Decision, Moment, NewEvent, Todo
from dokumen.domain import langsung
from dokumen.domain.langkah import Langkah
from dokumen.domain.retensi import tandai


def keputusan(langkah: Langkah, at: Moment) -> Decision:
    """Facts become events, promises to-dos on the real clock; what closes begins to age (R15)."""
    aged, ahead, over = tandai(langkah.perkara, at.real)
    state, ends = langsung.tandai(aged)
    events = tuple(
        NewEvent(f.nama, f.data, extensions={"putaran": str(f.putaran)} if f.putaran else {})
        for f in langkah.fakta
    )
    todos = tuple(
        Todo(id=j.id, kind=j.jenis, due=at.real + timedelta(seconds=j.tunda), data=j.data)
        for j in langkah.janji
    )
    erase = tuple(Todo(id=h.id, kind="hapus", due=h.saat, data={"apa": h.apa}) for h in ahead)
    done = tuple(
        Todo(id=f"selesai.{id}", kind="selesai_surat", due=due, clock="office", data={"surat": id})
        for id, due in ends
    )
    return Decision(state, events, (*todos, *erase, *done), (*langkah.selesai, *over))
