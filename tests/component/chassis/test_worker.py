"""What consumers promise: each event once, in order per document, trouble parked with its document alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from chassis import deadletters
from chassis.aggregate import Outcome
from chassis.envelope import incoming
from chassis.ids import new_id
from chassis.ports.events import Outgoing, Record
from support.shop import RELIEF, SOLD, TROUBLE, VIEWED, Toy
from support.waiting import running, until


def trouble(toy: Toy) -> list[str]:
    entries = toy.ledger.documents.unsent("north", 100) + toy.ledger.documents.unsent("south", 100)
    return [e.entry["headers"]["ce_type"] for e in entries]


def test_events_arrive_once_and_in_order(toy: Toy) -> None:
    ids = [new_id() for _ in range(5)]
    for n in range(20):
        toy.sell("north", ids[n % 5], n)

    with running(toy.relay().run, toy.worker().run):
        until(lambda: sum(len(toy.numbers("north", i)) for i in ids) == 20)

    assert [toy.numbers("north", i) for i in ids] == [list(range(k, 20, 5)) for k in range(5)]


def test_a_repeated_record_has_no_second_effect(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1, 2)
    toy.relay().step()
    for record in toy.records("north") * 2:
        toy.dispatcher.apply(record, toy.dispatcher.event(record))

    assert toy.numbers("north", id) == [1, 2]


def test_a_missing_predecessor_parks_the_document_until_it_came(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1, 2, 3)
    toy.relay().step()
    first, second, third = toy.records("north")

    for record in (second, third):
        outcome = toy.dispatcher.apply(record, toy.dispatcher.event(record))
        assert outcome is not None
        assert outcome.parked
    assert [p["reason"] for p in deadletters.listing(toy.ledger)[0]["queue"]] == ["gap", "queued"]

    toy.dispatcher.apply(first, toy.dispatcher.event(first))
    with running(toy.worker().run):
        until(lambda: not deadletters.listing(toy.ledger))
    assert toy.numbers("north", id) == [1, 2, 3]


def test_what_was_told_of_one_document_together_is_one_write(toy: Toy) -> None:
    one, other = new_id(), new_id()
    toy.sell("north", one, 1, 2, 3)
    toy.sell("north", other, 4)
    toy.sell("north", one, 5)
    while toy.relay().step():
        pass

    with running(toy.worker().run):
        until(lambda: toy.numbers("north", one) == [1, 2, 3, 5])

    stored = toy.ledger.documents.get("orders", "north", one)
    assert stored is not None
    assert (stored.body["version"], stored.rev) == (4, 2)
    assert stored.body["inbox"] == {"shop/facts": 4}
    assert toy.numbers("north", other) == [4]


def test_of_events_told_together_those_before_the_poison_count_once(toy: Toy) -> None:
    id = new_id()
    toy.broken = {13}
    toy.sell("north", id, 1, 2, 13, 4)
    while toy.relay().step():
        pass

    with running(toy.worker().run):
        until(
            lambda: deadletters.listing(toy.ledger) and len(deadletters.listing(toy.ledger)[0]["queue"]) == 2
        )
        assert toy.numbers("north", id) == [1, 2]
        toy.broken = set()
        deadletters.request(toy.ledger, "north", id, "replay")
        until(lambda: not deadletters.listing(toy.ledger))

    assert toy.numbers("north", id) == [1, 2, 13, 4]


def test_an_event_that_came_before_is_passed_over_among_new_ones(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1, 2, 3)
    toy.relay().step()
    records = toy.records("north")
    toy.dispatcher.apply(records[0], toy.dispatcher.event(records[0]))

    outcomes = toy.dispatcher.together([records[0], *records])

    assert [outcome.repeated for _, outcome in outcomes] == [True, True, False, False]
    assert toy.numbers("north", id) == [1, 2, 3]
    assert toy.dispatcher.together(records[:1]) == []


def test_poison_parks_its_document_and_nothing_else(toy: Toy) -> None:
    sick, well = new_id(), [new_id() for _ in range(10)]
    toy.broken = {13}
    toy.sell("north", sick, 1, 13, 2, 3)
    for id in well:
        toy.sell("north", id, 7)

    with running(toy.relay().run, toy.worker().run):
        until(lambda: all(toy.numbers("north", i) == [7] for i in well))
        until(
            lambda: deadletters.listing(toy.ledger) and len(deadletters.listing(toy.ledger)[0]["queue"]) == 3
        )

    assert toy.numbers("north", sick) == [1]
    assert trouble(toy) == [f"org.toy.ledger.{TROUBLE}.v1"]


def test_a_replay_gives_the_state_of_an_undisturbed_run(toy: Toy) -> None:
    sick, well = new_id(), new_id()
    toy.broken = {13}
    for id in (sick, well):
        toy.sell("north", id, *((1, 13, 2) if id == sick else (1, 14, 2)))

    with running(toy.relay().run, toy.worker().run):
        until(
            lambda: deadletters.listing(toy.ledger) and len(deadletters.listing(toy.ledger)[0]["queue"]) == 2
        )
        toy.broken = set()
        assert deadletters.request(toy.ledger, "north", sick, "replay")
        until(lambda: not deadletters.listing(toy.ledger))

    assert toy.numbers("north", sick) == [1, 13, 2]
    assert toy.numbers("north", well) == [1, 14, 2]
    assert trouble(toy) == [f"org.toy.ledger.{n}.v1" for n in (TROUBLE, RELIEF)]


def test_a_replay_that_fails_again_keeps_the_queue_and_says_why(toy: Toy) -> None:
    sick = new_id()
    toy.broken = {13}
    toy.sell("north", sick, 13, 2)

    with running(toy.relay().run, toy.worker().run):
        until(
            lambda: deadletters.listing(toy.ledger) and len(deadletters.listing(toy.ledger)[0]["queue"]) == 2
        )
        deadletters.request(toy.ledger, "north", sick, "replay")
        until(lambda: not _asked(toy, sick))

    assert [p["reason"] for p in deadletters.listing(toy.ledger)[0]["queue"]] == ["ValueError", "queued"]


def _asked(toy: Toy, id: str) -> bool:
    """Whether an operator's request still waits for the lane's owner."""
    found = toy.ledger.documents.get("orders", "north", id)
    return found is not None and "replay" in found.body


def test_a_skip_drops_the_head_and_keeps_the_rest_for_a_replay(toy: Toy) -> None:
    sick = new_id()
    toy.broken = {13}
    toy.sell("north", sick, 1, 13, 2)

    with running(toy.relay().run, toy.worker().run):
        until(
            lambda: deadletters.listing(toy.ledger) and len(deadletters.listing(toy.ledger)[0]["queue"]) == 2
        )
        deadletters.request(toy.ledger, "north", sick, "skip")
        until(lambda: len(deadletters.listing(toy.ledger)[0]["queue"]) == 1)
        deadletters.request(toy.ledger, "north", sick, "replay")
        until(lambda: not deadletters.listing(toy.ledger))

    assert toy.numbers("north", sick) == [1, 2]


def test_what_an_operator_asks_right_after_a_skip_is_not_taken_back(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = new_id()
    toy.sell("north", id, 1, 13, 2)
    toy.relay().step()
    for record in toy.records("north"):
        event = toy.dispatcher.event(record)
        if record.offset:
            toy.dispatcher.park(record, event, "ValueError")
        else:
            toy.dispatcher.apply(record, event)
    skip = toy.ledger.update

    def then_replay(*args: Any) -> Outcome:
        done = skip(*args)
        deadletters.request(toy.ledger, "north", id, "replay")
        return done

    deadletters.request(toy.ledger, "north", id, "skip")
    monkeypatch.setattr(toy.ledger, "update", then_replay)
    deadletters.replay(toy.dispatcher, toy.events, "north", id)

    assert deadletters.released(toy.ledger, ["north"]) == [("north", id)]
    assert [p["reason"] for p in deadletters.listing(toy.ledger)[0]["queue"]] == ["skipped"]


def test_the_same_failure_in_several_branches_halts_the_lane_instead_of_parking_all(toy: Toy) -> None:
    toy.broken = {13}
    for scope in ("north", "south", "north", "south"):
        toy.sell(scope, new_id(), 13)
    worker = toy.worker()

    with running(toy.relay().run, worker.run):
        until(worker.healthy)

    assert "halted" in worker.healthy()
    assert len(deadletters.listing(toy.ledger)) < 4


def test_an_event_that_nobody_handles_still_counts(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1, name=VIEWED)
    toy.sell("north", id, 2)

    with running(toy.relay().run, toy.worker().run):
        until(lambda: toy.numbers("north", id) == [2])


def test_a_newer_snapshot_wins_and_an_older_one_is_dropped(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1, 2, name="price.shared")
    toy.relay().step()
    old, new = (incoming(r, "shared", "branch") for r in _both_snapshots(toy))
    assert (old.sequence, new.sequence) == (1, 2)
    record = toy.events.read("toy.shared.north", 0, 10)[-1]

    toy.dispatcher.apply(record, new)
    toy.dispatcher.apply(record, old)

    assert toy.numbers("north", id) == [2]


def _both_snapshots(toy: Toy) -> list[Record]:
    """The log keeps only the newest; the older one is made again from it."""
    newest = toy.events.read("toy.shared.north", 0, 10)[-1]
    headers = {**newest.headers, "ce_sequence": "1"}
    return [replace(newest, headers=headers, value=json.dumps({"n": 1}).encode()), newest]


@pytest.mark.parametrize("name", [SOLD, VIEWED])
def test_an_unreadable_record_does_not_hold_up_the_lane(toy: Toy, name: str) -> None:
    publisher = toy.events.publisher()
    publisher.publish([Outgoing(topic="toy.facts.north", key="x", headers={}, value=b"{}")]).wait(60)
    id = new_id()
    toy.sell("north", id, 1)

    with running(toy.relay().run, toy.worker().run):
        until(lambda: toy.numbers("north", id) == [1])
