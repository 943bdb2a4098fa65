"""Signature blocks: the wording and the order of lines."""

from __future__ import annotations

from typing import Any

import pytest

from dokumen.domain.blok import WewenangSalah, baris, sebutan


@pytest.mark.parametrize(
    ("jabatan", "wewenang", "atas_nama", "lines"),
    [
        ("Lurah Mekarjaya", None, "", ("LURAH MEKARJAYA,",)),
        (
            "Sekretaris Kelurahan",
            {"cara": "plh", "untuk": "Lurah Mekarjaya"},
            "",
            ("Plh. LURAH MEKARJAYA,",),
        ),
        ("Lurah Abadijaya", {"cara": "plt", "untuk": "Lurah Mekarjaya"}, "", ("Plt. LURAH MEKARJAYA,",)),
        (
            "Sekretaris Kelurahan",
            {"cara": "an", "untuk": "Lurah Mekarjaya"},
            "",
            ("a.n. LURAH MEKARJAYA", "SEKRETARIS KELURAHAN,"),
        ),
        (
            "Kepala Seksi Pelayanan",
            {"cara": "ub", "untuk": "Camat Sukmajaya", "melalui": "Sekretaris Kecamatan"},
            "",
            ("a.n. CAMAT SUKMAJAYA", "SEKRETARIS KECAMATAN", "u.b.", "KEPALA SEKSI PELAYANAN,"),
        ),
        ("Lurah Mekarjaya", None, "Camat Sukmajaya", ("a.n. CAMAT SUKMAJAYA", "LURAH MEKARJAYA,")),
        (
            "Sekretaris Kelurahan",
            {"cara": "plh", "untuk": "Lurah Mekarjaya"},
            "Camat Sukmajaya",
            ("a.n. CAMAT SUKMAJAYA", "Plh. LURAH MEKARJAYA,"),
        ),
    ],
)
def test_the_lines_above_a_name(
    jabatan: str, wewenang: dict[str, str] | None, atas_nama: str, lines: tuple[str, ...]
) -> None:
    assert baris({"jabatan": jabatan, "wewenang": wewenang}, atas_nama=atas_nama) == lines


@pytest.mark.parametrize(
    ("pejabat", "missing"),
    [
        ({"jabatan": ""}, "jabatan"),
        ({"jabatan": "Seklur", "wewenang": {"cara": "an"}}, "untuk"),
        ({"jabatan": "Kasi", "wewenang": {"cara": "ub", "untuk": "Camat X"}}, "melalui"),
        ({"jabatan": "Kasi", "wewenang": {"cara": "pj", "untuk": "Camat X"}}, "cara"),
    ],
)
def test_authority_without_its_words_is_refused(pejabat: dict[str, Any], missing: str) -> None:
    with pytest.raises(WewenangSalah, match=missing):
        baris(pejabat)


def test_in_one_line_it_reads_as_on_the_page_of_verification() -> None:
    deputy = {"jabatan": "Kasi", "wewenang": {"cara": "ub", "untuk": "Camat X", "melalui": "Sekcam"}}
    assert sebutan(deputy) == "a.n. CAMAT X, SEKCAM u.b. KASI"
