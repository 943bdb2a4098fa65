"""The service clock of R21, with its own examples."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from persetujuan.adapters.kalender import baca
from persetujuan.domain.galat import KatalogSalah
from persetujuan.domain.kalender import Jam, JamKhusus, Kalender
from persetujuan.domain.tenggat import geser, jatuh_tempo

WIB = timezone(timedelta(hours=7))
DEPOK, MAMPANG, KECAMATAN = "3276011006", "3276011009", "327601"
KALENDER = Kalender(versi="uji", libur=frozenset({date(2026, 1, 1), date(2026, 1, 16)}))
RAMADAN = JamKhusus(
    jam=Jam(loket=time(14, 30), tutup=time(15, 0)), dari=date(2026, 2, 19), sampai=date(2026, 3, 19)
)


def jam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def due(lengkap: str, hari: int, kalender: Kalender = KALENDER, kantor: str = DEPOK) -> datetime:
    return jatuh_tempo(jam(lengkap), hari, kalender, DEPOK, kantor)


@pytest.mark.parametrize(
    ("lengkap", "hari", "wanted"),
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
def test_due_is_close_of_business_of_the_nth_working_day(lengkap: str, hari: int, wanted: str) -> None:
    assert due(lengkap, hari) == jam(wanted)


def test_a_return_moves_the_due_time_by_the_working_days_away() -> None:
    # Due Tuesday, returned Monday, complete again Thursday: three working days away.
    old, returned, again = jam("2026-01-06T16:00"), jam("2026-01-05T14:00"), jam("2026-01-08T09:00")

    assert geser(old, returned, again, KALENDER, DEPOK, DEPOK) == jam("2026-01-09T16:00")


def test_a_return_mended_on_the_same_day_moves_nothing() -> None:
    old, returned, again = jam("2026-01-06T16:00"), jam("2026-01-05T09:00"), jam("2026-01-05T14:00")

    assert geser(old, returned, again, KALENDER, DEPOK, DEPOK) == jam("2026-01-06T16:00")


def test_in_ramadan_the_counter_and_the_office_close_earlier() -> None:
    season = Kalender(versi="uji", libur=frozenset(), khusus=(RAMADAN,))

    assert due("2026-02-23T14:30", 1, season) == jam("2026-02-24T15:00")
    assert due("2026-02-23T14:45", 1, season) == jam("2026-02-25T15:00")
    assert due("2026-03-19T10:00", 1, season) == jam("2026-03-20T16:00")  # the season is over


def test_one_offices_own_hours_do_not_touch_its_neighbour() -> None:
    early = JamKhusus(jam=Jam(loket=time(12, 0), tutup=time(14, 0)), kantor=DEPOK)
    own = Kalender(versi="uji", libur=frozenset(), khusus=(early,))

    assert due("2026-01-12T13:00", 1, own) == jam("2026-01-14T14:00")
    assert jatuh_tempo(jam("2026-01-12T13:00"), 1, own, MAMPANG, MAMPANG) == jam("2026-01-13T16:00")


def test_the_kecamatans_part_is_over_when_the_kecamatan_closes() -> None:
    late = JamKhusus(jam=Jam(loket=time(15, 30), tutup=time(17, 0)), kantor=KECAMATAN)
    own = Kalender(versi="uji", libur=frozenset(), khusus=(late, JamKhusus(jam=Jam(), kantor=DEPOK)))

    assert due("2026-01-12T09:00", 1, own) == jam("2026-01-13T16:00")
    assert due("2026-01-12T09:00", 2, own, KECAMATAN) == jam("2026-01-14T17:00")


def test_a_working_day_in_spite_of_the_table_counts() -> None:
    own = Kalender(versi="uji", libur=frozenset({date(2026, 1, 16)}), masuk=frozenset({date(2026, 1, 16)}))

    assert due("2026-01-15T10:00", 1, own) == jam("2026-01-16T16:00")


def test_holidays_and_joint_leave_of_the_year_are_known() -> None:
    closed = baca()(2026).libur

    assert date(2026, 1, 16) in closed  # Isra Mi'raj
    assert date(2026, 2, 16) in closed  # joint leave before Imlek
    assert date(2027, 1, 1) in closed
    assert date(2026, 1, 19) not in closed


def test_a_file_of_the_city_lies_over_the_national_table(tmp_path: Path) -> None:
    file = tmp_path / "kalender.yaml"
    file.write_text(
        'versi: depok-2\nlibur: [2026-04-27]\nmasuk: [2026-02-16]\njam: {loket: "14.00", tutup: "15.00"}\n'
        'khusus: [{kantor: "327601", loket: "13.00", tutup: "15.30"}]\n'
    )
    own = baca(file)(2026)

    assert own.versi.endswith(".depok-2")
    assert not own.kerja(date(2026, 4, 27))
    assert own.kerja(date(2026, 2, 16))
    assert not own.kerja(date(2026, 1, 16))
    assert own.jam_pada(DEPOK, date(2026, 1, 12)).loket == time(13, 0)
    assert own.jam_pada("3276051004", date(2026, 1, 12)).loket == time(14, 0)


@pytest.mark.parametrize(
    "text",
    [
        'versi: "1"\nlibur: [besok]\njam: {loket: "15.30", tutup: "16.00"}',
        'versi: "1"\njam: {loket: "16.30", tutup: "16.00"}',
        'versi: "1"\njam: {loket: "15.30", tutup: "16.00"}\nkhusus: [{kelurahan: x, loket: "1.00", tutup: "2.00"}]',
        'jam: {loket: "15.30", tutup: "16.00"}',
        "[",
    ],
)
def test_a_calendar_that_cannot_be_used_is_told_at_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "kalender.yaml").write_text(text)

    with pytest.raises(KatalogSalah, match=r"kalender\.yaml"):
        baca(tmp_path / "kalender.yaml")
