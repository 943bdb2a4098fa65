"""What only the embedded log does: bells, poll as safety net, hung members, lanes of the dead."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import Popen
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.ports.errors import LaneLost
from chassis.ports.events import Events, Outgoing
from engines.embedded import others
from engines.embedded.doorbell import LONGEST, bells
from engines.embedded.lanes import assign
from engines.open import open_documents, open_events

Start = Callable[..., Popen[str]]
MEMBERS = st.lists(st.sampled_from("abcde"), min_size=1, unique=True)


@pytest.fixture
def engine() -> str:
    return "embedded"


def publish(events: Events, topic: str, count: int = 1) -> None:
    batch = [Outgoing(topic=topic, key="k", headers={}, value=b"x") for _ in range(count)]
    events.publisher().publish(batch).wait(30)


def test_a_bell_of_a_dead_process_is_removed(
    events: Events, events_url: str, start: Start, tmp_path: Path
) -> None:
    folder = bells(tmp_path / "data" / "log.sqlite")
    actor = start("consume", events_url, "g", "uji.")
    publish(events, "uji.a")
    assert actor.stdout is not None
    assert actor.stdout.readline() == "uji.a x\n"
    actor.kill()
    actor.wait()
    assert any(bell.name.startswith(f"{actor.pid}-") for bell in folder.iterdir())

    publish(events, "uji.a")
    publish(events, "uji.a")  # by then the thread has rung for the first
    assert not any(bell.name.startswith(f"{actor.pid}-") for bell in folder.iterdir())


def test_a_write_without_a_bell_is_noticed_by_the_poll(events: Events, tmp_path: Path) -> None:
    watch = events.watch()
    with closing(sqlite3.connect(tmp_path / "data" / "log.sqlite")) as shell:
        shell.execute("UPDATE topics SET next = next + 1")
        shell.commit()

    assert watch.wait(30)
    watch.close()


def test_closing_a_watch_ends_the_wait_of_another_thread(events: Events) -> None:
    watch = events.watch()

    def wait() -> None:
        while watch.wait(600):
            pass

    waiter = Thread(target=wait)
    waiter.start()
    while not watch._waiting.locked():  # type: ignore[attr-defined]
        assert waiter.is_alive()
    watch.close()
    waiter.join(30)

    assert not waiter.is_alive()
    assert not watch.wait(600)


def test_a_deep_data_folder_still_has_bells(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["folder-dengan-nama-panjang"] * 6)
    documents = open_documents(f"sqlite:///{deep}/documents.sqlite", "uji")
    watch = documents.watch()
    folder = bells(deep / "documents.sqlite")

    assert len(os.fsencode(folder)) < LONGEST
    assert len(list(folder.iterdir())) == 1
    watch.close()
    documents.close()
    folder.rmdir()


def test_a_hung_member_loses_its_lanes_and_cannot_commit(
    events: Events, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(others, "GONE", 0.5)
    publish(events, "uji.a", 3)
    hung = events.consumer("g", ["uji."])
    assert len(hung.poll(30)) == 3
    fresh = events.consumer("g", ["uji."])
    deadline = time.monotonic() + 30
    while "uji.a" not in fresh.lanes():
        assert time.monotonic() < deadline
        fresh.poll(0.1)

    with pytest.raises(LaneLost):
        hung.commit("uji.a", 3)
    assert "uji.a" not in hung.lanes()
    assert events.lag("g", ["uji.a"]) == {"uji.a": 3}
    hung.close()
    fresh.close()


def test_a_lane_whose_release_failed_is_not_lost(events: Events) -> None:
    consumer = events.consumer("g", ["uji."])
    consumer.poll(0.5)
    consumer._drop("uji.a", consumer._owned["uji.a"])  # type: ignore[attr-defined]  # the row still names us
    deadline = time.monotonic() + 30
    while "uji.a" not in consumer.lanes():
        assert time.monotonic() < deadline
        consumer.poll(0.1)
    consumer.close()


def test_two_openings_see_one_epoch(events: Events, events_url: str) -> None:
    other = open_events(events_url)

    assert other.epoch() == events.epoch()
    other.close()


@given(
    MEMBERS, st.dictionaries(st.sampled_from([f"t{n:02}" for n in range(30)]), st.sampled_from("abcdexyz"))
)
def test_lanes_are_assigned_fairly_whatever_was_before(members: list[str], owners: dict[str, str]) -> None:
    topics = [f"t{n:02}" for n in range(20)]
    plan = assign(topics, dict.fromkeys(members, ("t",)), dict(owners))

    assert sorted(plan) == topics
    shares = [list(plan.values()).count(member) for member in members]
    assert max(shares) - min(shares) <= 1
    assert assign(topics, dict.fromkeys(members, ("t",)), dict(plan)) == plan


def test_no_lane_moves_but_what_fairness_asks() -> None:
    owners = {f"t{n}": "a" for n in range(6)}
    plan = assign(owners, {"a": ("t",), "b": ("t",)}, dict(owners))

    assert sum(plan[topic] == "a" for topic in owners) == 3
    assert plan | owners == owners


def test_a_member_gets_only_lanes_of_its_prefixes() -> None:
    assert assign(["x1", "y1", "z1"], {"a": ("x",), "b": ("x", "y")}, {"x1": "a"}) == {"x1": "a", "y1": "b"}
