"""Warnings are about dark, blurred and small photographs, and about no others."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from dokumen.adapters.mutu import peringatan
from ekel.demo.photos import photo


def kartu(kode: str = "KTP") -> Image.Image:
    return Image.open(io.BytesIO(photo(kode))).convert("RGB")


@pytest.mark.parametrize("kode", ["KTP", "KK", "FOTO_RUMAH", "PENGANTAR_RT_RW"])
def test_a_good_photograph_warns_of_nothing(kode: str) -> None:
    assert peringatan(kartu(kode), 2016) == ()


@pytest.mark.parametrize("radius", [8, 12, 20])
def test_a_blurred_photograph_says_so(radius: int) -> None:
    assert peringatan(kartu().filter(ImageFilter.GaussianBlur(radius)), 2016) == ("buram",)


def test_a_dark_photograph_says_so() -> None:
    assert "gelap" in peringatan(ImageEnhance.Brightness(kartu()).enhance(0.2), 2016)


def test_a_small_photograph_says_so() -> None:
    assert peringatan(kartu(), 700) == ("kecil",)


def test_an_empty_sheet_has_nothing_to_read() -> None:
    assert peringatan(Image.new("RGB", (900, 700), "white"), 900) == ("buram",)


def test_one_sharp_line_is_sharp() -> None:
    sheet = Image.new("RGB", (900, 700), "white")
    sheet.paste("black", (100, 300, 800, 304))

    assert peringatan(sheet, 900) == ()
