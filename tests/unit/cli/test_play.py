"""The people and papers of the play: invented, recognisable as such, and shaped like real ones."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from ekel.demo import photos
from ekel.demo.people import resident


@pytest.mark.parametrize("kind", ["KTP", "FOTO_RUMAH", "PENGANTAR_RT_RW"])
def test_a_photograph_is_what_a_phone_makes(kind: str) -> None:
    content = photos.taken(kind)
    picture = Image.open(BytesIO(content))

    assert picture.format == "JPEG"
    assert 3_000_000 <= picture.width * picture.height <= 4_000_000
    assert picture.height > picture.width  # lies on its side until EXIF is followed
    assert picture.getexif()[0x0112] == 6
    assert b"Telepon Contoh" in content
    assert 200_000 < len(content) < 2_000_000


def test_the_same_photograph_is_taken_only_once() -> None:
    assert photos.photo("KTP") == photos.photo("KTP")


@pytest.mark.parametrize("seed", range(50))
def test_a_resident_has_a_number_that_no_register_gives_out(seed: int) -> None:
    person = resident(seed)

    assert re.fullmatch(r"327601\d{6}9\d{3}", person.nik)
    assert re.fullmatch(r"327601\d{6}9\d{3}", person.kk)
    assert int(person.nik[6:8]) % 40 == person.lahir.day
    assert person.surel.endswith(".example")


def test_the_same_seed_is_the_same_person() -> None:
    assert resident(7) == resident(7)
