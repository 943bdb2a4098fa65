"""The promises of the event port about consumer groups; `events` is whichever engine runs."""

from __future__ import annotations

import signal
from collections.abc import Callable
from subprocess import Popen
from threading import Thread

import pytest

from chassis.ports.errors import LaneLost
from chassis.ports.events import Events, Record, Topic
from support.records import LONG, collect, publish, until, values, wait_for

Start = Callable[..., Popen[str]]


def test_a_member_alone_owns_every_lane_of_its_prefixes(events: Events) -> None:
    consumer = events.consumer("g", ["uji."])
    until(lambda: consumer.lanes() == {"uji.a", "uji.b"}, consumer)
    consumer.close()


def test_a_group_goes_on_from_its_committed_offset(events: Events) -> None:
    publish(events, "uji.a", range(5))
    first = events.consumer("g", ["uji."])
    until(lambda: "uji.a" in first.lanes(), first) or first.poll(LONG)
    first.commit("uji.a", 2)
    first.close()

    second = events.consumer("g", ["uji."])
    assert values(second.poll(LONG)) == ["2", "3", "4"]
    assert events.lag("g", ["uji."]) == {"uji.a": 3, "uji.b": 0}
    second.close()


def test_groups_do_not_disturb_each_other(events: Events) -> None:
    publish(events, "uji.a", range(3))
    consumers = [events.consumer(name, ["uji."]) for name in ("g", "h")]

    assert [values(consumer.poll(LONG)) for consumer in consumers] == [["0", "1", "2"]] * 2
    for consumer in consumers:
        consumer.close()


def test_a_poll_waits_for_the_next_record(events: Events) -> None:
    consumer = events.consumer("g", ["uji."])
    until(lambda: len(consumer.lanes()) == 2, consumer)
    thread = Thread(target=publish, args=(events, "uji.b", ["datang"]))
    thread.start()

    assert values(consumer.poll(LONG)) == ["datang"]
    thread.join()
    consumer.close()


def test_a_paused_lane_rests_while_others_go_on(events: Events) -> None:
    consumer = events.consumer("g", ["uji."])
    until(lambda: len(consumer.lanes()) == 2, consumer)
    consumer.pause("uji.a")
    publish(events, "uji.a", ["diam"])
    publish(events, "uji.b", ["jalan"])

    assert values(consumer.poll(LONG)) == ["jalan"]
    assert consumer.poll(0) == []
    consumer.resume("uji.a")
    assert values(consumer.poll(LONG)) == ["diam"]
    consumer.close()


def test_a_full_lane_does_not_starve_another(events: Events) -> None:
    publish(events, "uji.a", range(500))
    publish(events, "uji.b", ["kecil"])
    consumer = events.consumer("g", ["uji."])
    first = until(lambda: len(consumer.lanes()) == 2, consumer)

    seen = values([*first, *consumer.poll(LONG, 100), *consumer.poll(LONG, 100)])
    assert "kecil" in seen
    consumer.close()


def test_lanes_are_shared_to_within_one(events: Events) -> None:
    events.ensure([Topic(f"bagi.{n}") for n in range(9)])
    members = [events.consumer("g", ["bagi."])]
    until(lambda: len(members[0].lanes()) == 9, *members)
    members.append(events.consumer("g", ["bagi."]))
    until(lambda: sorted(len(member.lanes()) for member in members) == [4, 5], *members)
    members.append(events.consumer("g", ["bagi."]))
    until(lambda: [len(member.lanes()) for member in members] == [3, 3, 3], *members)

    assert not members[0].lanes() & members[1].lanes()
    members.pop().close()
    until(lambda: sorted(len(member.lanes()) for member in members) == [4, 5], *members)
    for member in members:
        member.close()


def test_offices_are_shared_evenly_and_stay_whole(events: Events) -> None:
    offices = {str(n) for n in range(7)}
    events.ensure([Topic(f"{family}.{office}") for family in ("terbuka", "pribadi") for office in offices])
    members = [events.consumer("g", ["terbuka.", "pribadi."])]
    until(lambda: len(members[0].lanes()) == 14, *members)
    members.append(events.consumer("g", ["terbuka.", "pribadi."]))
    until(lambda: sorted(len(member.lanes()) for member in members) == [6, 8], *members)
    events.ensure([Topic("terbuka.baru"), Topic("pribadi.baru")])
    until(lambda: [len(member.lanes()) for member in members] == [8, 8], *members)

    for member in members:
        held = [{n.rpartition(".")[2] for n in member.lanes() if n.startswith(f)} for f in ("terb", "prib")]
        assert held[0] == held[1]
        assert len(held[0]) == 4
        member.close()


def test_a_lane_is_handed_over_only_after_the_work_in_flight(events: Events) -> None:
    publish(events, "uji.a", ["a"])
    publish(events, "uji.b", ["b"])
    old = events.consumer("g", ["uji."])
    in_flight: list[Record] = []
    while len(in_flight) < 2:
        in_flight += old.poll(LONG)
    new = events.consumer("g", ["uji."])
    while len(old.lanes()) == 2:
        assert [old.poll(0.1), new.poll(0.1), new.lanes()] == [[], [], frozenset()]

    (left,) = {"uji.a", "uji.b"} - old.lanes()
    (record,) = [record for record in in_flight if record.topic == left]
    old.commit(left, record.offset + 1)
    repeated = until(lambda: new.lanes() == {left}, old, new)
    assert repeated == []
    old.close()
    new.close()


def test_a_former_owner_cannot_commit(events: Events) -> None:
    publish(events, "uji.a", range(3))
    old = events.consumer("g", ["uji."])
    assert len(old.poll(LONG)) == 3
    old.close()
    new = events.consumer("g", ["uji."])
    until(lambda: len(new.lanes()) == 2, new)

    with pytest.raises(LaneLost):
        old.commit("uji.a", 1)
    with pytest.raises(LaneLost):
        new.commit("acuan", 1)
    assert events.lag("g", ["uji.a"]) == {"uji.a": 0}
    new.close()


def test_a_new_topic_is_found_without_a_restart(events: Events) -> None:
    consumer = events.consumer("g", ["uji."])
    until(lambda: len(consumer.lanes()) == 2, consumer)
    events.ensure([Topic("uji.baru"), Topic("lain.baru")])
    until(lambda: "uji.baru" in consumer.lanes(), consumer)
    publish(events, "uji.baru", ["halo"])

    assert values(consumer.poll(LONG)) == ["halo"]
    assert "lain.baru" not in consumer.lanes()
    consumer.close()


def test_lag_counts_what_is_not_committed(events: Events) -> None:
    publish(events, "uji.a", range(5))
    consumer = events.consumer("g", ["uji."])

    assert events.lag("g", ["uji.", "acuan"]) == {"uji.a": 5, "uji.b": 0, "acuan": 0}
    records = consumer.poll(LONG)
    consumer.commit("uji.a", records[1].offset + 1)
    assert events.lag("g", ["uji.a"]) == {"uji.a": 3}
    consumer.close()


def test_a_killed_process_is_replaced_and_nothing_is_lost(
    events: Events, events_url: str, start: Start
) -> None:
    lanes = [f"lari.{n}" for n in range(4)]
    events.ensure([Topic(lane) for lane in lanes])
    actors = [start("consume", events_url, "g", "lari.") for _ in range(2)]
    handled: list[list[str]] = [[], []]
    readers = [Thread(target=collect, args=pair) for pair in zip(actors, handled, strict=True)]
    for reader in readers:
        reader.start()
    turns = 0
    while turns < 50 or min(map(len, handled)) < 10:
        for lane in lanes:
            publish(events, lane, [f"{turns:05}"])
        turns += 1
    actors[0].send_signal(signal.SIGKILL)
    for lane in lanes:
        publish(events, lane, [f"{turn:05}" for turn in range(turns, turns + 50)])
    wait_for(lambda: sum(events.lag("g", ["lari."]).values()) == 0)
    actors[1].send_signal(signal.SIGKILL)
    for reader in readers:
        reader.join()

    for lane in lanes:
        by = [[line.split()[1] for line in lines if line.startswith(lane)] for lines in handled]
        assert sorted({*by[0], *by[1]}) == [f"{turn:05}" for turn in range(turns + 50)]
        assert all(each == sorted(set(each)) for each in by)
        assert len(set(by[0]) & set(by[1])) <= 1
