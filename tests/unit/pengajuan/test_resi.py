"""Receipts survive being read aloud and typed in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pengajuan.domain import resi
from pengajuan.domain.errors import ResiSalah

ENTROPY = st.binary(min_size=5, max_size=5)


@given(ENTROPY)
def test_a_receipt_is_read_back_however_it_is_typed(entropy: bytes) -> None:
    made = resi.make(resi.office_short("3276011006"), entropy)
    assert made.startswith("011006-")
    assert resi.check(made) == made
    assert resi.check(f"  {made.lower().replace('-', ' ')} ") == made
    assert resi.check(made.replace("-", "")) == made


@given(ENTROPY, st.integers(0, 14), st.integers(1, 31))
def test_every_single_slip_is_noticed(entropy: bytes, place: int, shift: int) -> None:
    signs = list(resi.make("011006", entropy).replace("-", ""))
    alphabet = "0123456789" if place < 6 else resi.ALPHABET
    old = signs[place]
    signs[place] = alphabet[(alphabet.index(old) + shift) % len(alphabet)]
    if signs[place] != old:
        with pytest.raises(ResiSalah):
            resi.check("".join(signs))


@given(ENTROPY, st.integers(6, 13), st.integers(6, 13))
def test_every_swap_of_two_signs_is_noticed(entropy: bytes, one: int, other: int) -> None:
    signs = list(resi.make("011006", entropy).replace("-", ""))
    if signs[one] != signs[other]:
        signs[one], signs[other] = signs[other], signs[one]
        with pytest.raises(ResiSalah):
            resi.check("".join(signs))


@pytest.mark.parametrize(
    ("text", "slug"),
    [("", "resi-panjang"), ("011006-0OI1-2222-2", "resi-tanda"), ("01100X-2222-2222-2", "resi-tanda")],
)
def test_what_is_no_receipt_is_refused_by_name(text: str, slug: str) -> None:
    with pytest.raises(ResiSalah) as caught:
        resi.check(text)
    assert caught.value.slug == slug


def test_a_kecamatan_has_an_office_part_too() -> None:
    assert resi.office_short("327601") == "010000"
