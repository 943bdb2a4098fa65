"""The figures an operator watches are right on every event engine: the age of what waits, what is not handled yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.ids import new_id
from chassis.metrics import Metrics
from support.figures import read
from support.shop import Toy
from support.tree import ROOT
from support.waiting import running, until
from web.figures import Figures


@pytest.fixture
def toy(events_url: str, tmp_path: Path) -> Iterator[Toy]:
    toy = Toy(tmp_path, log=events_url)
    yield toy
    toy.events.close()


@pytest.fixture
def figures(toy: Toy) -> tuple[Figures, Metrics]:
    metrics = Metrics(ROOT / "contracts")
    return Figures("ledger", toy.shop.documents, toy.events, toy.dispatcher, metrics, list), metrics


def told(figures: tuple[Figures, Metrics], name: str, **labels: str) -> float:
    """Measured now."""
    figures[0].step()
    return read(figures[1].text().decode(), name, service="ledger", **labels)


def test_lag_is_what_a_lane_has_and_nobody_committed(toy: Toy, figures: tuple[Figures, Metrics]) -> None:
    toy.sell("north", new_id(), 1, 2, 3)
    toy.sell("south", new_id(), 4)
    assert told(figures, "ekel_lane_lag") == 0
    toy.relay().step()

    assert told(figures, "ekel_lane_lag", topic="toy.facts.north") == 3
    assert told(figures, "ekel_lane_lag", topic="toy.facts.south") == 1
    assert told(figures, "ekel_lane_lag") == 4
    with running(toy.worker().run):
        until(lambda: told(figures, "ekel_lane_lag", topic="toy.facts.south") == 0)
        until(lambda: told(figures, "ekel_lane_lag") == 0)


def test_the_age_of_what_waits_grows_until_the_log_has_it(toy: Toy, figures: tuple[Figures, Metrics]) -> None:
    assert told(figures, "ekel_outbox_oldest_seconds") == 0
    toy.sell("north", new_id(), 1)
    until(lambda: told(figures, "ekel_outbox_oldest_seconds") > 0.2)
    before = told(figures, "ekel_outbox_oldest_seconds")
    toy.sell("south", new_id(), 2)

    assert told(figures, "ekel_outbox_oldest_seconds") > before
    assert toy.relay().step() == 2
    assert told(figures, "ekel_outbox_oldest_seconds") == 0
