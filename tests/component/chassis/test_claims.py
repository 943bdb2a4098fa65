"""Promises inside documents are kept once, by whoever is alive, on the clock they were made for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chassis import audit
from chassis.aggregate import Outcome
from chassis.causes import Cause, Decision, Moment, NewEvent, State
from chassis.claims import TOGETHER, Claims, Task
from chassis.ids import new_id
from chassis.todos import Todo
from engines.open import open_documents
from runtime import heads
from runtime.check import Findings, common
from support import jam
from support.shop import SOLD, Toy
from support.waiting import running, until


def promise(
    toy: Toy, id: str, kind: str, *, days: int = 0, clock: str = "real", scope: str = "north"
) -> None:
    def decide(state: State | None, at: Moment) -> Decision:
        due = (at.now if clock == "office" else at.real) + timedelta(days=days)
        return Decision({"done": 0}, todos=(Todo(id="it", kind=kind, due=due, clock=clock),))  # type: ignore[arg-type]

    toy.shop.update(scope, id, decide, Cause.command(new_id()))


def finish(state: State, result: Any, at: Moment) -> Decision:
    return Decision({"done": state["done"] + 1}, (NewEvent(SOLD, {"n": 1}),))


def done(toy: Toy, id: str, scope: str = "north") -> int:
    found = toy.shop.read(scope, id)
    return 0 if found is None else int(found.state["done"])


def test_work_is_done_once_though_two_workers_look_for_it(toy: Toy) -> None:
    ids = [new_id() for _ in range(30)]
    runs: Counter[str] = Counter()

    def run(outcome: Outcome, data: Mapping[str, Any]) -> None:
        runs[outcome.id] += 1

    for id in ids:
        promise(toy, id, "work")
    tasks = {"work": Task(run=run, then=finish)}
    workers = [Claims([(toy.aggregates("shop"), tasks)], toy.metrics) for _ in range(2)]

    with running(*(w.run for w in workers)):
        until(lambda: all(done(toy, i) for i in ids))

    assert [done(toy, i) for i in ids] == [1] * 30
    assert set(runs.values()) == {1}


def test_failed_work_is_tried_again_and_its_effect_comes_once(toy: Toy) -> None:
    id, tries = new_id(), []

    def run(outcome: Outcome, data: Mapping[str, Any]) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("the printer is off")

    promise(toy, id, "work")
    with running(Claims([(toy.shop, {"work": Task(run=run, then=finish)})], toy.metrics).run):
        until(lambda: done(toy, id) == 1)

    assert len(tries) == 2


def test_one_scope_takes_no_more_than_its_share(toy: Toy) -> None:
    lock, now, most = threading.Lock(), [0], [0]
    go = threading.Event()

    def run(outcome: Outcome, data: Mapping[str, Any]) -> None:
        with lock:
            now[0] += outcome.scope == "north"
            most[0] = max(most[0], now[0])
        if outcome.scope == "north":
            go.wait(120)
            with lock:
                now[0] -= 1

    for _ in range(6):
        promise(toy, new_id(), "work")
    south = new_id()
    promise(toy, south, "work", scope="south")
    with running(Claims([(toy.shop, {"work": Task(run=run, then=finish)})], toy.metrics).run):
        until(lambda: done(toy, south, "south") == 1, what="the other branch, while north is busy")
        go.set()

    assert most[0] == TOGETHER


def test_a_due_date_follows_the_office_clock(toy: Toy) -> None:
    id = new_id()
    promise(toy, id, "timer", days=14, clock="office")
    claims = Claims([(toy.shop, {"timer": Task(then=finish)})], toy.metrics)
    assert claims.step() == 0

    jam.shift(toy.folder / "clock.json", seconds=15 * 86400)
    with running(claims.run):
        until(lambda: done(toy, id) == 1)


def test_a_claim_whose_holder_died_is_due_again(toy: Toy) -> None:
    id = new_id()
    promise(toy, id, "work")
    dead = Claims(
        [(toy.shop, {"work": Task(then=finish, run=lambda o, d: None, deadline=-1.0)})], toy.metrics
    )
    doc = toy.shop.documents.get("orders", "north", id)
    assert doc is not None
    assert dead._claim(toy.shop, Task(then=finish, deadline=-1.0), doc, "it") is not None

    with running(Claims([(toy.shop, {"work": Task(then=finish, run=lambda o, d: None)})], toy.metrics).run):
        until(lambda: done(toy, id) == 1)


def test_work_in_hand_is_not_quiet(toy: Toy) -> None:
    id, task = new_id(), Task(then=finish, run=lambda o, d: None)
    promise(toy, id, "work")
    doc = toy.shop.documents.get("orders", "north", id)
    assert doc is not None
    Claims([(toy.shop, {"work": task})], toy.metrics)._claim(toy.shop, task, doc, "it")
    chain = open_documents(f"sqlite:///{toy.folder}/audit.sqlite")
    chain.migrate([audit.COLLECTION])
    toy.shop.documents.migrate([heads.COLLECTION])

    found = Findings("shop")
    common(found, toy.shop.documents, chain, [toy.shop])

    assert found.busy == ["1 documents of orders with work in hand"]
