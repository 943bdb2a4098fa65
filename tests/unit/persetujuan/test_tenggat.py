"""The service clock of R21, with its own examples."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from persetujuan.adapters.kalender import kalender
from persetujuan.domain.tenggat import geser, jatuh_tempo

WIB = timezone(timedelta(hours=7))
LIBUR = frozenset({date(2026, 1, 1), date(2026, 1, 16)})


def jam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("lengkap", "hari", "due"),
    [
        ("2026-01-15T10:00", 1, "2026-01-19T16:00"),  # the example of R21
        ("2026-01-15T15:45", 1, "2026-01-20T16:00"),  # and its second half
        ("2026-01-15T15:30", 1, "2026-01-19T16:00"),
        ("2026-01-15T15:31", 1, "2026-01-20T16:00"),
        ("2026-01-17T09:00", 1, "2026-01-20T16:00"),  # a Saturday counts as Monday
        ("2026-01-16T09:00", 2, "2026-01-21T16:00"),  # so does a holiday
        ("2026-01-12T09:00", 3, "2026-01-15T16:00"),
        ("2025-12-31T09:00", 1, "2026-01-02T16:00"),  # over New Year
    ],
)
def test_due_is_close_of_business_of_the_nth_working_day(lengkap: str, hari: int, due: str) -> None:
    assert jatuh_tempo(jam(lengkap), hari, LIBUR) == jam(due)


def test_a_return_moves_the_due_time_by_the_working_days_away() -> None:
    # Due Tuesday, returned Monday, complete again Thursday: three working days away.
    due = geser(jam("2026-01-06T16:00"), jam("2026-01-05T14:00"), jam("2026-01-08T09:00"), LIBUR)

    assert due == jam("2026-01-09T16:00")


def test_a_return_mended_on_the_same_day_moves_nothing() -> None:
    due = geser(jam("2026-01-06T16:00"), jam("2026-01-05T09:00"), jam("2026-01-05T14:00"), LIBUR)

    assert due == jam("2026-01-06T16:00")


def test_holidays_and_joint_leave_of_the_year_are_known() -> None:
    closed = kalender(2026).libur

    assert date(2026, 1, 16) in closed  # Isra Mi'raj
    assert date(2026, 2, 16) in closed  # joint leave before Imlek
    assert date(2027, 1, 1) in closed
    assert date(2026, 1, 19) not in closed
