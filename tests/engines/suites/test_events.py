"""The promises of the event port about topics; `events` is whichever engine runs."""

from __future__ import annotations

import signal
from collections.abc import Callable
from subprocess import Popen
from threading import Thread

import pytest

from chassis.ports.errors import Refused
from chassis.ports.events import MAX_RECORD, Events, Record, Topic
from support.records import LONG, out, publish, values

Start = Callable[..., Popen[str]]


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


def test_a_watch_wakes_when_another_process_publishes(events: Events, events_url: str, start: Start) -> None:
    watch = events.watch()
    start("publish", events_url, "uji.a")

    assert watch.wait(LONG)
    watch.close()


def test_a_living_engine_answers(events: Events) -> None:
    events.ping()
