"""A demo that signs an official in takes a code nobody used, and waits for the next when all were."""

from __future__ import annotations

from ekel.demo import factor
from gateway.demo import TOTP
from gateway.masuk import totp


def test_every_code_is_offered_once_and_only_while_the_gateway_takes_it() -> None:
    clock, offered = [1_000_000.0], []

    def wait(seconds: float) -> None:
        clock[0] += seconds

    for code in factor.codes(lambda: clock[0], wait):
        assert totp.step_of(TOTP, code, clock[0]) is not None, "offered before its time, or after"
        offered.append(code)
        clock[0] += 1  # an answer of the gateway takes its time

    assert len(set(offered)) == len(offered) == 2 * totp.ASIDE + 1 + factor.MORE


def test_the_codes_of_now_are_offered_without_waiting() -> None:
    waits: list[float] = []
    codes = factor.codes(lambda: 1_000_000.0, waits.append)
    for _ in range(2 * totp.ASIDE + 1):
        next(codes)
    assert not any(waits)


def test_a_step_that_was_used_is_not_offered_again() -> None:
    now = 1_000_000.0
    last = int(now) // totp.STEP + totp.ASIDE
    waits: list[float] = []

    assert next(factor.steps(lambda: now, waits.append, after=last)) == last + 1
    assert waits == [totp.STEP - now % totp.STEP]
