"""Conditions are data."""

from __future__ import annotations

import pytest

from pengajuan.domain.kondisi import baca, medan_dipakai, terpenuhi


@pytest.mark.parametrize(
    ("data", "jawaban", "expected"),
    [
        ({"medan": "a", "sama": "x"}, {"a": "x"}, True),
        ({"medan": "a", "sama": "x"}, {}, False),
        ({"medan": "a", "sama": ["x", "y"]}, {"a": "y"}, True),
        ({"medan": "a", "tidak_sama": "x"}, {"a": "y"}, True),
        ({"medan": "a", "tidak_sama": ["x", "y"]}, {"a": "y"}, False),
        ({"medan": "n", "lebih_dari": 1000}, {"n": 1000}, False),
        ({"medan": "n", "lebih_dari": {"batas_kantor": "orang"}}, {"n": 301}, True),
        ({"medan": "n", "lebih_dari": {"batas_kantor": "tidak_ada"}}, {"n": 301}, False),
        ({"semua": [{"medan": "a", "sama": "x"}, {"medan": "n", "lebih_dari": 1}]}, {"a": "x", "n": 2}, True),
        (
            {"salah_satu": [{"medan": "a", "sama": "x"}, {"medan": "n", "lebih_dari": 1}]},
            {"a": "y", "n": 2},
            True,
        ),
        (
            {"semua": [{"medan": "a", "sama": "x"}, {"medan": "n", "lebih_dari": 1}]},
            {"a": "y", "n": 2},
            False,
        ),
    ],
)
def test_a_condition_holds_or_not(
    data: dict[str, object], jawaban: dict[str, object], expected: bool
) -> None:
    assert terpenuhi(baca(data), jawaban, {"orang": 300}) is expected


def test_no_condition_always_holds() -> None:
    assert terpenuhi(None, {}, {})


def test_a_condition_names_its_fields() -> None:
    read = baca({"semua": [{"medan": "a", "sama": 1}, {"salah_satu": [{"medan": "b", "sama": True}]}]})
    assert medan_dipakai(read) == {"a", "b"}


@pytest.mark.parametrize(
    "data", [{}, {"medan": "a"}, {"medan": "a", "sama": 1, "lebih_dari": 2}, {"medan": "a", "sama": None}]
)
def test_what_is_no_condition_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        baca(data)
