"""Answers become words; conditions, ages and last days are counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dokumen.domain.isian import MedanKurang, MedanSalah, kata, kurang
from dokumen.domain.katalog import Medan
from dokumen.domain.kondisi import berlaku
from dokumen.domain.tanggal import berakhir
from dokumen.domain.turunan import lengkapi, usia


def medan(jenis: str, **ganti: Any) -> Medan:
    return Medan(**({"id": "x", "jenis": jenis, "label": "Isian"} | ganti))


@pytest.mark.parametrize(
    ("jenis", "answer", "words"),
    [
        ("teks", "  dua   kata ", "dua kata"),
        ("rt_rw", "3", "003"),
        ("tanggal", "2026-11-22", "22 November 2026"),
        ("bulan", "2023-08", "Agustus 2023"),
        ("jam", "03:40", "03.40"),
        ("jam", "23.05", "23.05"),
        ("angka", 1200, "1.200"),
        ("angka", 0, "0"),
        ("ya_tidak", False, False),
        ("baris", "Rina, adik\n\n Dimas, adik ", ["Rina, adik", "Dimas, adik"]),
    ],
)
def test_answers_are_written_as_in_a_letter(jenis: str, answer: Any, words: Any) -> None:
    assert kata([medan(jenis)], {"x": answer}) == {"x": words}


@pytest.mark.parametrize(
    ("jenis", "answer"),
    [
        ("tanggal", "22-11-2026"),
        ("jam", "24.00"),
        ("angka", "3"),
        ("angka", True),
        ("ya_tidak", "ya"),
        ("teks", 7),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused(jenis: str, answer: Any) -> None:
    with pytest.raises(MedanSalah):
        kata([medan(jenis)], {"x": answer})


@pytest.mark.parametrize("answer", [None, "", "  "])
def test_a_blank_is_missing_only_where_something_is_asked(answer: Any) -> None:
    with pytest.raises(MedanKurang) as missing:
        kata([medan("teks")], {"x": answer})
    assert (missing.value.id, missing.value.label) == ("x", "Isian")
    assert kata([medan("teks", wajib=False)], {"x": answer}) == {"x": None}
    assert kata([medan("teks", bila={"medan": "y", "sama": "ya"})], {"x": answer, "y": "tidak"}) == {
        "x": None
    }
    assert kurang([medan("teks"), medan("teks", id="z", wajib=False)], {}) == [medan("teks")]


def test_other_is_written_in_the_resident_s_words() -> None:
    choice = medan("pilihan", kata={"a": "yang pertama"})
    assert kata([choice], {"x": "lainnya", "x_lain": "listrik  rumah"}) == {"x": "listrik rumah"}
    with pytest.raises(MedanSalah):
        kata([choice], {"x": "lainnya", "x_lain": " "})


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (None, True),
        ({"medan": "a", "sama": 1}, True),
        ({"medan": "a", "sama": [2, 3]}, False),
        ({"medan": "b", "tidak_sama": [None, ""]}, False),
        ({"medan": "a", "kurang_dari": 2}, True),
        ({"medan": "b", "lebih_dari": 0}, False),
        ({"semua": [{"medan": "a", "sama": 1}, {"medan": "b", "sama": 1}]}, False),
        ({"salah_satu": [{"medan": "a", "sama": 1}, {"medan": "b", "sama": 1}]}, True),
    ],
)
def test_conditions_look_at_answers(condition: Any, holds: bool) -> None:
    assert berlaku(condition, {"a": 1}) == holds


@pytest.mark.parametrize("condition", [{}, {"medan": "a"}, {"medan": "a", "mirip": 1}, {"sama": 1}])
def test_a_condition_of_another_shape_stops_the_start(condition: Any) -> None:
    with pytest.raises(ValueError, match="condition"):
        berlaku(condition, {})


@pytest.mark.parametrize(
    ("begin", "days", "months", "last"),
    [
        (date(2026, 1, 15), 180, None, date(2026, 7, 14)),
        (date(2026, 11, 22), None, 6, date(2027, 5, 22)),
        (date(2026, 8, 31), None, 6, date(2027, 2, 28)),
        (date(2026, 6, 30), None, 6, date(2026, 12, 30)),
        (date(2026, 1, 15), None, None, None),
    ],
)
def test_the_last_day_is_counted_in_days_or_calendar_months(
    begin: date, days: int | None, months: int | None, last: date | None
) -> None:
    assert berakhir(begin, days, months) == last


@given(begin=st.dates(date(2000, 1, 1), date(2090, 1, 1)), months=st.integers(1, 60))
def test_calendar_months_never_run_into_the_next_one(begin: date, months: int) -> None:
    last = berakhir(begin, None, months)
    assert last is not None
    assert (last.year * 12 + last.month) - (begin.year * 12 + begin.month) == months
    assert last.day <= begin.day


def test_ages_are_completed_years_on_the_wedding_day() -> None:
    assert usia(date(2007, 12, 20), date(2026, 12, 20)) == 19
    assert usia(date(2007, 12, 21), date(2026, 12, 20)) == 18
    assert usia(date(2008, 2, 29), date(2027, 2, 28)) == 18
    derived = lengkapi(
        {
            "tanggal_lahir": "2006-05-04",
            "akad_tanggal": "2026-12-20",
            "jenis_kelamin": "perempuan",
            "status_kawin": "cerai_mati",
        }
    )
    assert (derived["usia_akad"], derived["status_nikah"]) == (20, "Janda cerai mati")
    assert "calon_usia_akad" not in derived
