"""Every process dies at once, twice in one case: after the start the case goes on as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from support import bukti, lakon
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
OFFICE, NAME = "3276011008", "pancoranmas"


def test_a_case_goes_on_after_every_process_died(system: Callable[..., System]) -> None:
    with system() as running:
        cut = lakon.walk_in(lakon.sign_in(running, f"loket.{NAME}"), OFFICE)
        _again(running)
        lakon.decide(lakon.sign_in(running, f"kasi.{NAME}"), cut, "paraf")
        lakon.decide(lakon.sign_in(running, f"lurah.{NAME}"), cut, "setuju")
        _again(running)
        clerk = lakon.sign_in(running, f"loket.{NAME}")
        until(lambda: lakon.has_letter(clerk, cut), what="the letter")
        calm = lakon.walk_in(clerk, OFFICE)
        lakon.decide(lakon.sign_in(running, f"kasi.{NAME}"), calm, "paraf")
        lakon.decide(lakon.sign_in(running, f"lurah.{NAME}"), calm, "setuju")
        until(lambda: lakon.has_letter(clerk, calm), what="the undisturbed letter")
        lakon.settle(running, cut, calm)
    assert bukti.story(running.settings, cut) == bukti.story(running.settings, calm)
    assert bukti.inbox(running.settings, cut) == bukti.inbox(running.settings, calm)
    assert len(bukti.letters(running.settings, cut)) == len(bukti.numbers(running.settings, cut)) == 1


def _again(running: System) -> None:
    running.crash()
    running.start()
