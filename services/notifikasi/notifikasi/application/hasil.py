"""What came of one try, recorded: done, given up, unclear, put off, or handed on to each of several people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from chassis.aggregate import Decision, Moment, NewEvent, State, Todo
from notifikasi.domain.kabar import GAGAL, TAK_PASTI, TERKIRIM, TERTUNDA, Janji
from notifikasi.domain.keadaan import from_state, to_state
from notifikasi.domain.waktu import teks

LUAR: Final = "luar"
KIRIM: Final = "kirim"
JEDA = (2, 5, 15, 60, 300, 900, 3600)
"""Seconds between tries of what no channel took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hasil:
    """`saluran` is the contract's name; empty when there was nowhere to send.

    `nasib` TERTUNDA: not taken, so try again, after `coba` such tries before.
    `bagi` are the ways that this one falls into, one per official.
    """

    kunci: str
    cara: str
    nasib: str
    saluran: str = ""
    alasan: str = ""
    coba: int = 0
    bagi: tuple[str, ...] = ()


def selesai(state: State, hasil: Hasil, at: Moment) -> Decision:
    """Applicants' messages and rows in the application are told on; what officials got outside stays here."""
    kabar = from_state(state)
    promise = kabar.janji[hasil.kunci]
    if hasil.nasib == TERTUNDA:
        # In place of the old one: a to-do that was claimed twice is one whose first try nobody finished.
        due = at.real + timedelta(seconds=JEDA[min(hasil.coba, len(JEDA) - 1)])
        return Decision(state, todos=(todo(hasil.kunci, hasil.cara, due, coba=hasil.coba + 1),))
    ways = {**promise.saluran, hasil.cara: hasil.nasib}
    if hasil.bagi:
        del ways[hasil.cara]
        ways |= dict.fromkeys(hasil.bagi, TERTUNDA)
    parts = tuple(todo(promise.kunci, way, at.real) for way in hasil.bagi)
    saved = replace(promise, saluran=ways)
    return Decision(to_state(kabar.dengan(saved)), _told(promise, hasil, at), parts)


def selesai_diam(state: State, hasil: Hasil, at: Moment) -> Decision:
    """The same for what is about no application: the stream of a kelurahan has no place for it."""
    return replace(selesai(state, hasil, at), events=())


def todo(kunci: str, cara: str, due: datetime, *, coba: int = 0) -> Todo:
    """The promise of one try, after `coba` that no channel took."""
    data = {"kunci": kunci, "saluran": cara, "coba": coba}
    return Todo(id=f"{kunci}/{cara}", kind=KIRIM, due=due, target=cara.partition(":")[0], data=data)


def _told(promise: Janji, hasil: Hasil, at: Moment) -> tuple[NewEvent, ...]:
    if ":" in hasil.cara or not hasil.saluran:
        return ()
    data: Mapping[str, Any] = {
        "pesan": promise.pesan,
        "langkah": promise.langkah,
        "saluran": hasil.saluran,
        "waktu": teks(at.now),
    }
    if hasil.nasib == TERKIRIM:
        return (NewEvent("pesan.terkirim", data),)
    if hasil.nasib in (GAGAL, TAK_PASTI):
        return (NewEvent("pesan.digagalkan", {**data, "alasan": hasil.alasan}),)
    return ()
