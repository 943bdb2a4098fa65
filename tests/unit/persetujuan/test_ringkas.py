"""When a digest is due: set hours of working days, over weekends, holidays and New Year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persetujuan.domain.kalender import Jam, JamKhusus, Kalender
from persetujuan.domain.ringkas import JAM, baca_jam, berikut, dinas

WIB = ZoneInfo("Asia/Jakarta")
KALENDER = Kalender(
    versi="uji",
    libur=frozenset({date(2026, 1, 1), date(2026, 1, 16)}),
    masuk=frozenset({date(2026, 1, 24)}),
    khusus=(JamKhusus(jam=Jam(tutup=time(15)), kantor="327601"),),
)


def _pada(teks: str) -> datetime:
    return datetime.fromisoformat(teks).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("sekarang", "nanti"),
    [
        ("2026-01-15T07:59", "2026-01-15T08:00"),
        ("2026-01-15T08:00", "2026-01-15T13:00"),
        ("2026-01-15T13:00", "2026-01-19T08:00"),  # a holiday and a weekend lie between
        ("2026-01-23T14:00", "2026-01-24T08:00"),  # a Saturday on which offices work
        ("2025-12-31T13:00", "2026-01-02T08:00"),
    ],
)
def test_the_next_digest_is_at_the_next_hour_of_a_working_day(sekarang: str, nanti: str) -> None:
    assert berikut(_pada(sekarang), JAM, lambda year: KALENDER) == _pada(nanti)


@given(st.integers(min_value=0, max_value=366 * 24 * 60))
def test_it_is_always_later_and_nothing_is_due_between(minutes: int) -> None:
    now = _pada("2026-01-01T00:00") + timedelta(minutes=minutes)
    due = berikut(now, JAM, lambda year: KALENDER)

    assert due is not None
    assert due > now
    assert KALENDER.kerja(due.date())
    assert due.timetz().replace(tzinfo=None) in JAM
    assert berikut(now, JAM[:1], lambda year: KALENDER) >= due  # type: ignore[operator]


def test_without_hours_there_is_none() -> None:
    assert berikut(_pada("2026-01-15T07:00"), baca_jam(""), lambda year: KALENDER) is None


def test_hours_are_read_in_their_order_and_wrong_ones_are_an_error() -> None:
    assert baca_jam("13.00, 08.00,13.00") == JAM
    with pytest.raises(ValueError, match="hour"):
        baca_jam("25.00")


@pytest.mark.parametrize(
    ("waktu", "kantor", "bekerja"),
    [
        ("2026-01-15T08:00", "3276011006", True),
        ("2026-01-15T15:00", "3276011006", False),  # its own close of business
        ("2026-01-15T15:00", "3276051004", True),
        ("2026-01-16T08:00", "3276051004", False),
    ],
)
def test_nobody_is_told_while_his_office_is_closed(waktu: str, kantor: str, bekerja: bool) -> None:
    assert dinas(_pada(waktu), KALENDER, kantor) is bekerja
