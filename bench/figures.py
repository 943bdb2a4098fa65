"""Two ways of doing the same, in turns: rounds, medians and their ratio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median, quantiles

GOAL = 0.7  # of the floor's speed


def turns(
    ours: Callable[[], float], floor: Callable[[], float], rounds: int
) -> tuple[list[float], list[float]]:
    """Results of both, who goes first alternating; one round before does not count."""
    found: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        pair = [(0, ours), (1, floor)]
        for place, action in pair if turn % 2 else reversed(pair):
            result = action()
            if turn:
                found[place].append(result)
    return found


def ratio(what: str, unit: str, ours: Sequence[float], floor: Sequence[float]) -> float:
    """Print and give ours/floor, both in something per second."""
    each = [mine / bare for mine, bare in zip(ours, floor, strict=True)]
    met = "met" if median(ours) / median(floor) >= GOAL else "MISSED"
    print(
        f"   {what}: ours {median(ours):,.1f}, bare {median(floor):,.1f} {unit}; "
        f"ratio {median(ours) / median(floor):.2f} (rounds {min(each):.2f}–{max(each):.2f}), goal {GOAL}: {met}",
        flush=True,
    )
    return median(ours) / median(floor)


def spread(what: str, milliseconds: Sequence[float]) -> None:
    """Print p50, p95 and p99."""
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    print(
        f"   {what}: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms (n = {len(milliseconds)})",
        flush=True,
    )
