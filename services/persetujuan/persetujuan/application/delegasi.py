"""Standing in: kept with the official who stands in, told as `pejabat.diubah` on the day it begins and ends.

That it was entered or ended early is told at once, as `delegasi.diubah`, to those whom it concerns (R12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, NewEvent, Outcome, State, Todo
from persetujuan.application.keputusan import events
from persetujuan.application.pejabat import ACUAN
from persetujuan.domain import delegasi
from persetujuan.domain.delegasi import Delegasi, Pemberi, kabar
from persetujuan.domain.fakta import Fakta
from persetujuan.domain.galat import PejabatBelumTercatat
from persetujuan.domain.pejabat import cetak

HARI = "hari_delegasi"
_MOST = 500


def milik(state: Mapping[str, Any] | None) -> tuple[Delegasi, ...]:
    """What somebody was entrusted with, over or not."""
    return delegasi.dari((state or {}).get("delegasi", ()))


def daftar(store: Aggregates, kantor: str) -> list[Delegasi]:
    """Of officials of the kecamatan that this office lies in, for this office."""
    area = {"gte": kantor[:6], "lt": f"{kantor[:6]}~"}
    found = store.find({"scope": ACUAN, "state.kantor": area}, limit=_MOST)
    return [d for outcome in found for d in milik(outcome.state) if d.kantor == kantor]


def jabatan(store: Aggregates, peran: str, kantor: str) -> str:
    """The post that is stood in for, as its holder's record calls it. Raises PejabatBelumTercatat."""
    found = store.find({"scope": ACUAN, "state.kantor": kantor}, limit=_MOST)
    titles = [o.state["jabatan"] for o in found if o.state["peran"] == peran]
    if not titles:
        raise PejabatBelumTercatat("Pejabat yang diwakili belum tercatat. Catat dulu di daftar pejabat.")
    return str(titles[0])


def tambah(store: Aggregates, baru: Delegasi, oleh: Pemberi, cause: Cause) -> Outcome:
    """Raises DelegasiSalah, PejabatBelumTercatat."""
    others = daftar(store, baru.kantor)

    def decide(state: State | None, at: Moment) -> Decision:
        if state is None:
            raise PejabatBelumTercatat("Wakil belum tercatat sebagai pejabat. Catat dulu di daftar pejabat.")
        mine = {d.id for d in milik(state)}
        known = (*milik(state), *(d for d in others if d.id not in mine))
        delegasi.wajar(baru, state, known, at.now.date())
        decided = _told(state, (*milik(state), baru), at, _days(baru, at))
        return replace(decided, events=(*decided.events, _kabar(baru, oleh, at)))

    return store.update(ACUAN, baru.akun, decide, cause)


def cabut(store: Aggregates, akun: str, id: str, oleh: Pemberi, cause: Cause) -> Outcome:
    """End it at once; told if it had not been ended before."""

    def decide(state: State | None, at: Moment) -> Decision:
        now = delegasi.cabut(milik(state), id)
        ended = [new for new, old in zip(now, milik(state), strict=True) if new != old]
        decided = _told(state or {}, now, at)
        return replace(decided, events=(*decided.events, *(_kabar(each, oleh, at) for each in ended)))

    return store.update(ACUAN, akun, decide, cause)


def hari(state: State | None, result: Any, at: Moment) -> Decision:
    """A day on which one begins or is over has come."""
    return _told(state or {}, milik(state), at)


def _told(state: State, semua: tuple[Delegasi, ...], at: Moment, todos: tuple[Todo, ...] = ()) -> Decision:
    """The record; `pejabat.diubah` if what letters print changed."""
    now = delegasi.wewenang(semua, at.now.date())
    new = {**state, "delegasi": delegasi.simpan(semua), "wewenang": now}
    changed = now != state.get("wewenang")
    return Decision(new, events([Fakta(nama="pejabat.diubah", data=cetak(new))] if changed else []), todos)


def _kabar(delegasi: Delegasi, oleh: Pemberi, at: Moment) -> NewEvent:
    return NewEvent("delegasi.diubah", kabar(delegasi, oleh, at.now), subject=delegasi.id)


def _days(baru: Delegasi, at: Moment) -> tuple[Todo, ...]:
    zone = at.now.tzinfo
    begins = datetime.combine(baru.mulai, time(), zone)
    over = datetime.combine(baru.sampai + timedelta(days=1), time(), zone)
    return tuple(
        Todo(id=f"{kind}:{baru.id}", kind=HARI, due=due, clock="office")
        for kind, due in (("mulai", begins), ("sampai", over))
        if due > at.now
    )
