"""Topics as contracts want them: differences are told, `align` ends them, and a second time changes nothing."""

from __future__ import annotations

from chassis.ports.events import Events, Topic
from support.records import publish, values

WANTED = [Topic("uji.a"), Topic("uji.baru"), Topic("acuan", compacted=True)]


def test_a_missing_topic_is_told_and_made(events: Events) -> None:
    assert events.differences(WANTED) == {"uji.baru": {}}

    events.align(WANTED)

    assert events.differences(WANTED) == {}
    publish(events, "uji.baru", ["isi"])
    events.align(WANTED)
    assert values(events.read("uji.baru", 0)) == ["isi"]


def test_telling_changes_nothing(events: Events) -> None:
    before = events.topics()

    events.differences(WANTED)

    assert events.topics() == before


def test_a_topic_of_another_kind_is_told(events: Events) -> None:
    changed = events.differences([Topic("uji.a", compacted=True)])

    assert changed["uji.a"]["cleanup.policy"] == ("delete", "compact")
