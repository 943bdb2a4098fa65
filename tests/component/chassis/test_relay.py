"""Nothing leaves an outbox before the log has it, and two relays at once do no harm."""

from __future__ import annotations

from chassis import lease
from chassis.ids import new_id
from chassis.lease import Lease
from chassis.ports.errors import Refused, Unavailable
from chassis.ports.events import Outgoing
from support.shop import Toy
from support.waiting import running, until


def test_the_log_holds_what_the_outbox_held_in_its_order(toy: Toy) -> None:
    first, second = new_id(), new_id()
    toy.sell("north", first, 1, 2)
    toy.sell("north", second, 3)

    assert toy.relay().step() == 3

    assert [(r.key, r.headers["ce_sequence"]) for r in toy.records("north")] == [
        (first, "1"),
        (first, "2"),
        (second, "1"),
    ]
    assert toy.shop.documents.waiting() == {}


def test_a_batch_that_is_not_acknowledged_stays_and_goes_out_later(toy: Toy) -> None:
    id = new_id()
    toy.sell("north", id, 1)
    toy.sell("south", id, 2)
    relay = toy.relay()
    north, working = relay._publisher("north"), toy.events.publisher()

    class Away:
        def wait(self, timeout: float) -> None:
            raise Unavailable("north is away")

    class Picky:
        def publish(self, batch: list[Outgoing]) -> object:
            return Away() if batch[0].topic.endswith("north") else working.publish(batch)

        def close(self) -> None:
            north.close()

    relay._publishers[""] = Picky()  # type: ignore[assignment]
    assert relay.step() == 1
    assert list(toy.shop.documents.waiting()) == ["north"]

    with running(relay.run):
        until(lambda: toy.records("north"))
        until(lambda: not toy.shop.documents.waiting())


def test_a_scope_that_is_refused_again_costs_the_others_nothing(toy: Toy) -> None:
    relay = toy.relay()
    toy.sell("south", new_id(), 1)
    assert relay.step() == 1
    common = relay._publishers[""]

    class Closed:
        def wait(self, timeout: float) -> None:
            raise Refused("north is closed")

    class Refusing:
        def publish(self, batch: list[Outgoing]) -> object:
            return Closed()

        def close(self) -> None:
            toy.away.add(1)

    relay._publishers["north"] = Refusing()  # type: ignore[assignment]
    relay._aside["north"] = (0.0, 1.0)
    toy.sell("north", new_id(), 2)
    toy.sell("south", new_id(), 3)

    assert relay.step() == 1
    assert relay._publishers == {"": common}
    assert toy.away == {1}


def test_two_relays_repeat_at_most_and_never_reorder(toy: Toy) -> None:
    id = new_id()
    for start in range(0, 60, 20):
        toy.sell("north", id, *range(start, start + 20))
        relays = [toy.relay(), toy.relay()]
        entries = toy.shop.documents.unsent("north", 100)
        for relay in relays:
            relay.step()
        assert len(entries) == 20

    with running(toy.worker().run):
        until(lambda: len(toy.numbers("north", id)) == 60)
    assert toy.numbers("north", id) == list(range(60))


def test_a_lease_has_one_holder_until_it_is_released(toy: Toy) -> None:
    first, second = Lease(toy.shop.documents, "job"), Lease(toy.shop.documents, "job")

    assert first.hold()
    assert not second.hold()
    first.release()
    assert second.hold()


def test_an_abandoned_lease_is_taken_over_after_an_unchanged_beat(toy: Toy, monkeypatch: object) -> None:
    first, second = Lease(toy.shop.documents, "job"), Lease(toy.shop.documents, "job")
    first.hold()
    second.hold()
    second._watched = (second._watched[0], second._watched[1] - lease.PATIENCE - 1)

    assert second.hold()
    first._renewed -= lease.RENEW + 1
    assert not first.hold()
