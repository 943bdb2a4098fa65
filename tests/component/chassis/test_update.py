"""Documents are written once per cause, with their events, whatever else happens at the same time."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from chassis.aggregate import KeyReused, Stale
from chassis.causes import Cause, Decision, Moment, NewEvent, State, unchanged
from chassis.contracts import ContractBroken
from chassis.ids import new_id
from chassis.todos import Todo
from engines.embedded.doorbell import bells
from support.shop import SOLD, Toy


def count(state: State | None, at: Moment) -> Decision:
    n = (state or {"n": 0})["n"] + 1
    return Decision({"n": n}, (NewEvent(SOLD, {"n": n}),))


def test_the_same_command_has_one_effect_and_one_answer(toy: Toy) -> None:
    first = toy.shop.update("north", new_id(), count, Cause.command("ann:key-0001", "digest"))
    again = toy.shop.update("north", new_id(), count, Cause.command("ann:key-0001", "digest"))

    assert (again.id, again.state, again.repeated) == (first.id, first.state, True)
    assert len(toy.shop.documents.unsent("north", 10)) == 1


def test_a_key_for_another_request_is_refused(toy: Toy) -> None:
    toy.shop.update("north", new_id(), count, Cause.command("ann:key-0001", "digest"))

    with pytest.raises(KeyReused):
        toy.shop.update("north", new_id(), count, Cause.command("ann:key-0001", "other"))


def test_twenty_posts_with_one_key_at_once_make_one_document(toy: Toy) -> None:
    def post(_: int) -> str:
        return toy.shop.update("north", new_id(), count, Cause.command("ann:key-0001", "digest")).id

    with ThreadPoolExecutor(20) as pool:
        ids = set(pool.map(post, range(20)))

    assert len(ids) == 1
    assert toy.shop.documents.count("orders", {}) == 1


def test_parallel_writers_lose_nothing_and_number_without_gaps(toy: Toy) -> None:
    id = new_id()

    def write(n: int) -> None:
        toy.shop.update("north", id, count, Cause.command(f"ann:key-{n:04}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(60)))

    found = toy.shop.read("north", id)
    assert found is not None
    assert (found.state["n"], found.version) == (60, 60)
    sequences = [e.entry["headers"]["ce_sequence"] for e in toy.shop.documents.unsent("north", 100)]
    assert sequences == [str(n) for n in range(1, 61)]


def test_a_writer_who_saw_an_older_version_is_told_the_present_one(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1, 2)

    with pytest.raises(Stale) as stale:
        toy.shop.update("north", id, count, Cause.command("ann:key-0001", expected=1))

    assert stale.value.version == 2


def test_a_decision_that_changes_nothing_keeps_the_version_but_remembers_its_cause(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1)

    kept = toy.shop.update("north", id, lambda s, at: Decision(s), Cause.command("ann:key-0001"))
    again = toy.shop.update("north", id, count, Cause.command("ann:key-0001"))

    assert kept.version == 1
    assert again.repeated


def test_an_event_that_breaks_its_schema_leaves_no_trace(toy: Toy) -> None:
    id = new_id()

    def wrong(state: State | None, at: Moment) -> Decision:
        return Decision({"n": 1}, (NewEvent(SOLD, {"n": "many"}),))

    with pytest.raises(ContractBroken):
        toy.shop.update("north", id, wrong, Cause.command("ann:key-0001"))

    assert toy.shop.read("north", id) is None
    assert toy.shop.documents.waiting() == {}


def test_events_and_todos_wake_sleepers_and_what_is_only_remembered_does_not(toy: Toy) -> None:
    id = new_id()

    def promise(state: State | None, at: Moment) -> Decision:
        return Decision(state, todos=(Todo(id="late", kind="remind", due=at.real),))

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sleeper:
        sleeper.setblocking(False)
        sleeper.bind(str(bells(toy.folder / "shop" / "documents.sqlite") / "1-1"))

        for n, decide in enumerate((count, unchanged, promise, unchanged)):
            toy.shop.update("north", id, decide, Cause.command(f"ann:key-{n:04}"))
        toy.shop.documents.close()  # its thread has ended: what it would ring is rung

        assert _rung(sleeper) == 2


def _rung(sleeper: socket.socket) -> int:
    rung = 0
    with suppress(BlockingIOError):
        while sleeper.recv(16):
            rung += 1
    return rung
