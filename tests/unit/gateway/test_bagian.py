"""Shares: places, breakers and rates, each told by hand what time it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chassis.clock import Clock
from chassis.ports.documents import Documents
from engines.open import open_documents
from gateway.bagian import laju, tempat, tetangga
from gateway.bagian.laju import WINDOW, Rates
from gateway.bagian.sekring import FAILURES, FIRST, LONGEST, Breakers
from gateway.bagian.tempat import Places
from gateway.bagian.tetangga import GONE, Peers
from support.waiting import until
from web.problems import Problem

A, B = "3276011006", "3276011007"


@dataclass(slots=True)
class Hand:
    """A clock that a test moves."""

    real: datetime = field(default_factory=lambda: datetime(2026, 1, 15, 3, 0, 0, tzinfo=UTC))
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.real + timedelta(seconds=self.seconds)

    def ticks(self) -> float:
        return self.seconds


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[Documents]:
    found = open_documents(f"sqlite:///{tmp_path}/d.sqlite", "gateway")
    found.migrate([laju.COLLECTION, tetangga.COLLECTION])
    yield found
    found.close()


def _clock(hand: Hand) -> Clock:
    return Clock(ZoneInfo("Asia/Jakarta"), None, real=hand.now)


def _refused(problem: pytest.ExceptionInfo[Problem]) -> tuple[str, int]:
    return problem.value.slug, int(problem.value.headers["Retry-After"])


def test_one_owner_holds_his_share_and_another_still_finds_a_place() -> None:
    places = Places(lambda: 2, 5)
    for _ in range(2):
        places.take(A)
    with pytest.raises(Problem) as refused:
        places.take(A)
    assert _refused(refused) == ("sedang-sibuk", 1)
    places.take(B)
    places.give_back(A)
    places.take(A)


def test_all_owners_together_leave_the_rest_free() -> None:
    places = Places(lambda: 2, 3)
    for owner in (A, A, B):
        places.take(owner)
    with pytest.raises(Problem):
        places.take(B)


def test_a_place_at_a_service_that_was_too_slow_comes_back_later() -> None:
    places = Places(lambda: 1, 5)
    places.take(A)
    places.give_back_later(A, 7)
    with pytest.raises(Problem) as refused:
        places.take(A)
    assert _refused(refused) == ("sedang-sibuk", 7)
    places.take(B)
    places.give_back_later(B, 0)
    places.take(B)


def _waits(places: Places, owner: str, name: str, served: list[str]) -> threading.Thread:
    """A request that stands in line before this returns; `served` hears of its turn."""

    def take() -> None:
        places.take(owner)
        served.append(name)

    before = len(places._lines.get(owner, ()))
    thread = threading.Thread(target=take)
    thread.start()
    until(lambda: len(places._lines.get(owner, ())) > before)
    return thread


def test_requests_wait_in_line_for_a_place_and_nobody_overtakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempat, "PATIENCE", 60.0)
    places, served = Places(lambda: 2, 5, waiting=3), list[str]()
    for _ in range(2):
        places.take(A)
    line = [_waits(places, A, name, served) for name in ("first", "second", "third")]
    with pytest.raises(Problem):  # the line of this owner is full
        places.take(A)

    for turn in range(3):
        places.give_back(A)
        until(lambda: len(served) > turn)  # noqa: B023 - read at once

    assert served == ["first", "second", "third"]
    for thread in line:
        thread.join(60)


def test_those_who_wait_for_one_service_are_no_more_than_it_has_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempat, "PATIENCE", 60.0)
    places, served = Places(lambda: 1, 2, waiting=2), list[str]()
    for owner in (A, B):
        places.take(owner)
    line = [_waits(places, owner, owner, served) for owner in (A, B)]
    with pytest.raises(Problem):  # one more of A might wait, but not one more of all
        places.take(A)
    for owner in (A, B):
        places.give_back(owner)
    until(lambda: sorted(served) == sorted((A, B)))
    for thread in line:
        thread.join(60)


def test_a_breaker_opens_for_one_owner_and_one_service_and_says_when_to_return() -> None:
    hand = Hand()
    breakers = Breakers(hand.ticks)
    for _ in range(FAILURES):
        breakers.enter("dokumen", A)
        breakers.leave("dokumen", A, good=False)
    hand.seconds = 0.5
    with pytest.raises(Problem) as refused:
        breakers.enter("dokumen", A)
    assert _refused(refused) == ("layanan-tidak-tersedia", 2)
    assert breakers.open() == [("dokumen", A)]
    breakers.enter("dokumen", B)
    breakers.enter("pengajuan", A)


def test_after_the_pause_one_tries_and_the_others_wait_for_what_he_finds() -> None:
    hand = Hand()
    breakers = Breakers(hand.ticks)
    for _ in range(FAILURES):
        breakers.leave("dokumen", A, good=False)
    pauses = []
    for _ in range(6):
        with pytest.raises(Problem) as refused:
            breakers.enter("dokumen", A)
        pauses.append(_refused(refused)[1])
        hand.seconds += pauses[-1]
        breakers.enter("dokumen", A)
        with pytest.raises(Problem):
            breakers.enter("dokumen", A)
        breakers.leave("dokumen", A, good=False)
    assert pauses == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST, LONGEST, LONGEST]
    hand.seconds += LONGEST
    breakers.enter("dokumen", A)
    breakers.leave("dokumen", A, good=None)  # the probe never reached the service: the next one tries
    breakers.enter("dokumen", A)
    breakers.leave("dokumen", A, good=True)
    breakers.enter("dokumen", A)
    assert breakers.open() == []


def test_two_processes_let_pass_what_one_may(documents: Documents) -> None:
    hand = Hand()
    hand.seconds = 3
    gateways = [Rates(documents, _clock(hand), 100) for _ in range(2)]
    for turn in range(100):
        gateways[turn % 2].take(A)
    for gateway in gateways:
        with pytest.raises(Problem) as refused:
            gateway.take(A)
        assert _refused(refused) == ("terlalu-sering", WINDOW - 3)
    gateways[0].take(B)
    hand.seconds = WINDOW
    gateways[0].take(A)


def test_who_is_counted_alone_costs_no_document(documents: Documents) -> None:
    rates = Rates(documents, _clock(Hand()), 3)
    for _ in range(3):
        rates.take("alamat:192.0.2.1", shared=False)
    with pytest.raises(Problem):
        rates.take("alamat:192.0.2.1", shared=False)
    assert documents.find(laju.COLLECTION.name, {}) == []


def test_old_counters_are_removed(documents: Documents) -> None:
    hand = Hand()
    rates = Rates(documents, _clock(hand), 100)
    for _ in range(5):
        rates.take(A)
        hand.seconds += WINDOW
    assert len(documents.find(laju.COLLECTION.name, {})) <= 3


def test_gateways_know_of_each_other_and_forget_the_dead(documents: Documents) -> None:
    hand = Hand()
    one, two = (Peers(documents, _clock(hand)) for _ in range(2))
    assert (one._beat(), two._beat(), one._beat()) == (1, 2, 2)
    hand.seconds = GONE.total_seconds() + 1
    assert one._beat() == 1
