"""A restore into the cluster that was there before: another epoch, stale cursors, groups that begin anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.ports.errors import Refused
from chassis.ports.events import Events, Topic
from engines.history import History, open_history
from engines.open import open_events
from gateway.pantau import stream
from gateway.pantau.cursor import Cursor
from support.records import handle, publish, until, values, wait_for
from web.problems import Problem

pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
OFFICE = "3276011006"
OPEN = f"ekelurahan.peristiwa.v1.{OFFICE}"


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def log(events: Events) -> Events:
    """One office's topic with three records, and one of somebody else in the same cluster."""
    events.ensure([Topic(OPEN)])
    publish(events, OPEN, range(3))
    publish(events, "uji.a", range(3))
    return events


@pytest.fixture
def history(events_url: str) -> Iterator[History]:
    history = open_history(events_url)
    assert history is not None
    yield history
    history.close()


def test_a_cursor_of_the_old_log_is_answered_with_the_place_to_begin(log: Events, history: History) -> None:
    old = log.epoch()
    topics = {OFFICE: OPEN}
    assert stream.begin(log, topics, Cursor(old, {OFFICE: 2}))[2] == {OFFICE: 2}

    new = history.renew()

    wait_for(lambda: log.epoch() == new)
    with pytest.raises(Problem) as refused:
        stream.begin(log, topics, Cursor(old, {OFFICE: 2}))
    assert refused.value.slug == "kursor-usang"  # 410, with the cursor to begin with
    assert stream.begin(log, topics, Cursor(new, {OFFICE: 2}))[0] == new


def test_every_process_and_the_next_one_hear_the_newest_epoch(
    log: Events, history: History, events_url: str
) -> None:
    first, second = history.renew(), history.renew()
    assert first != second

    other = open_events(events_url)
    assert other.epoch() == second
    wait_for(lambda: log.epoch() == second)
    assert other.topics("ekelurahan.") == [OPEN], "what names the epoch is no topic of events"
    other.close()


def test_groups_of_ours_begin_anew_and_others_are_left_alone(log: Events, history: History) -> None:
    for group, prefix in (("dokumen", "ekelurahan.peristiwa."), ("asing", "uji.")):
        member = log.consumer(group, [prefix])
        until(lambda group=group, prefix=prefix: set(log.lag(group, [prefix]).values()) == {0}, member)  # type: ignore[misc]
        member.close()
    wait_for(lambda: history.working() == [])

    history.renew()

    assert log.lag("dokumen", [OPEN]) == {OPEN: 3}
    assert log.lag("asing", ["uji.a"]) == {"uji.a": 0}
    again = log.consumer("dokumen", ["ekelurahan.peristiwa."])
    assert values(until(lambda: log.lag("dokumen", [OPEN]) == {OPEN: 0}, again)) == ["0", "1", "2"]
    again.close()


def test_while_a_member_is_at_work_nothing_is_renewed(log: Events, history: History) -> None:
    before, member = log.epoch(), log.consumer("dokumen", ["ekelurahan.peristiwa."])
    until(lambda: OPEN in member.lanes(), member)
    handle(member)

    with pytest.raises(Refused, match=r"stop everything .* dokumen"):
        history.renew()
    member.close()

    assert log.epoch() == before


def test_a_log_in_a_folder_is_renewed_by_its_restore() -> None:
    assert open_history("sqlite:////srv/log.sqlite") is None
