"""The promises of the event port; `events` is whichever engine runs."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from subprocess import Popen
from threading import Thread

import pytest

from chassis.ports.errors import LaneLost, Refused
from chassis.ports.events import MAX_RECORD, Consumer, Events, Outgoing, Record, Topic

Start = Callable[..., Popen[str]]
LONG = 60.0  # seconds after which a condition that should come true has failed


def out(topic: str, value: str | None, key: str = "k") -> Outgoing:
    return Outgoing(
        topic=topic, key=key, headers={"ce_id": "é"}, value=None if value is None else value.encode()
    )


def publish(events: Events, topic: str, values: Sequence[object], key: str = "k") -> None:
    publisher = events.publisher()
    publisher.publish([out(topic, str(value), key) for value in values]).wait(LONG)
    publisher.close()


def values(records: Sequence[Record]) -> list[str]:
    return [(record.value or b"").decode() for record in records]


def until(condition: Callable[[], bool], *consumers: Consumer) -> list[Record]:
    """Poll (and commit) until the condition holds; what was read."""
    records: list[Record] = []
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        for consumer in consumers:
            records += handle(consumer)
    return records


def handle(consumer: Consumer, limit: int = 100) -> list[Record]:
    records = consumer.poll(0.1, limit)
    for record in records:
        consumer.commit(record.topic, record.offset + 1)
    return records


def test_records_come_back_as_they_were_sent(events: Events) -> None:
    events.publisher().publish([out("uji.a", "isi", "kunci"), out("uji.a", None)]).wait(LONG)

    first, second = events.read("uji.a", 0)
    assert first == Record(
        topic="uji.a", offset=first.offset, key="kunci", headers={"ce_id": "é"}, value=b"isi"
    )
    assert second.value is None


def test_a_topic_keeps_the_order_of_its_publisher(events: Events) -> None:
    publisher = events.publisher()
    acks = [
        publisher.publish([out("uji.b" if n % 3 else "uji.a", str(n)), out("uji.a", f"{n}+")])
        for n in range(60)
    ]
    for ack in acks:
        ack.wait(LONG)

    read = values(events.read("uji.a", 0, 1000))
    assert read == [value for n in range(60) for value in ([f"{n}+"] if n % 3 else [str(n), f"{n}+"])]


def test_offsets_grow_and_reading_goes_on_from_any(events: Events) -> None:
    publish(events, "uji.a", range(10))
    records = events.read("uji.a", 0)

    assert [record.offset for record in records] == sorted({record.offset for record in records})
    assert values(events.read("uji.a", records[4].offset, 3)) == ["4", "5", "6"]
    assert events.read("uji.a", records[-1].offset + 1) == []


def test_bounds_are_the_earliest_and_the_next_offset(events: Events) -> None:
    assert events.bounds(["uji.a", "uji.b"]) == {"uji.a": (0, 0), "uji.b": (0, 0)}
    publish(events, "uji.a", range(3))

    assert events.bounds(["uji.a"]) == {"uji.a": (0, 3)}


def test_threads_may_share_a_publisher(events: Events) -> None:
    publisher = events.publisher()

    def send(name: str) -> None:
        for n in range(40):
            publisher.publish([out("uji.a", f"{name}{n}", name)]).wait(LONG)

    threads = [Thread(target=send, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    records = events.read("uji.a", 0, 1000)
    for name in "abcd":
        assert values([r for r in records if r.key == name]) == [f"{name}{n}" for n in range(40)]


def test_a_compacted_topic_keeps_the_newest_of_each_key(events: Events) -> None:
    publisher = events.publisher()
    for n in range(12):
        publisher.publish([out("acuan", str(n), f"k{n % 3}")]).wait(LONG)
    publish(events, "acuan", ["a", "b", "c"], key="k0")

    newest = {record.key: record.value for record in events.read("acuan", 0, 1000)}
    assert newest == {"k0": b"c", "k1": b"10", "k2": b"11"}


def test_offsets_go_on_after_compaction(events: Events) -> None:
    publish(events, "acuan", range(5))
    before = events.bounds(["acuan"])["acuan"][1]
    publish(events, "acuan", ["akhir"])

    assert events.read("acuan", before)[0].offset == before == 5
    assert events.bounds(["acuan"])["acuan"][1] == 6


def test_a_tombstone_removes_the_key(events: Events) -> None:
    publish(events, "acuan", ["isi"], key="a")
    events.publisher().publish([out("acuan", None, "a")]).wait(LONG)

    newest = {record.key: record.value for record in events.read("acuan", 0)}
    assert newest.get("a") is None


def test_a_topic_that_is_not_compacted_keeps_everything(events: Events) -> None:
    publish(events, "uji.a", range(5), key="sama")

    assert values(events.read("uji.a", 0)) == ["0", "1", "2", "3", "4"]


def test_an_unknown_topic_is_refused(events: Events) -> None:
    with pytest.raises(Refused):
        publish(events, "tiada", [1])
    with pytest.raises(Refused):
        events.read("tiada", 0)
    with pytest.raises(Refused):
        events.bounds(["tiada"])


def test_a_record_of_64_kb_is_kept_and_a_larger_one_refused(events: Events) -> None:
    publish(events, "uji.a", ["x" * MAX_RECORD])
    with pytest.raises(Refused):
        publish(events, "uji.a", ["x" * (MAX_RECORD + 1)])

    assert [len(value) for value in values(events.read("uji.a", 0))] == [MAX_RECORD]


def test_topics_are_listed_by_prefix_and_created_once(events: Events) -> None:
    publish(events, "uji.a", [1])
    events.ensure([Topic("uji.a"), Topic("uji.c")])

    assert events.topics("uji.") == ["uji.a", "uji.b", "uji.c"]
    assert events.topics() == ["acuan", "uji.a", "uji.b", "uji.c"]
    assert values(events.read("uji.a", 0)) == ["1"]


def test_the_epoch_stays_while_the_log_does(events: Events) -> None:
    assert events.epoch() == events.epoch() != ""


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


def test_every_acknowledged_record_survives_sigkill(events: Events, events_url: str, start: Start) -> None:
    for turn in range(5):
        events.ensure([Topic(f"putaran.{turn}")])
        actor = start("publish", events_url, f"putaran.{turn}")
        assert actor.stdout is not None
        for _ in range(30 + 9 * turn):
            actor.stdout.readline()
        actor.send_signal(signal.SIGKILL)
        said = 30 + 9 * turn + len([line for line in actor.stdout if line.endswith("\n")])

        read = values(events.read(f"putaran.{turn}", 0, 100_000))
        assert read == [str(n) for n in range(len(read))]
        assert len(read) >= said


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


def collect(actor: Popen[str], lines: list[str]) -> None:
    assert actor.stdout is not None
    lines.extend(line for line in actor.stdout if line.endswith("\n"))


def test_a_watch_wakes_when_another_process_publishes(events: Events, events_url: str, start: Start) -> None:
    watch = events.watch()
    start("publish", events_url, "uji.a")

    assert watch.wait(LONG)
    watch.close()


def test_a_living_engine_answers(events: Events) -> None:
    events.ping()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
