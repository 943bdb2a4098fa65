"""Phone numbers as written on paper."""

from __future__ import annotations

import pytest

from pengajuan.adapters import telepon
from pengajuan.domain.errors import TeleponSalah


def test_a_mobile_number_becomes_international() -> None:
    for text in ("0812-5550-0101", "+62 812 5550 0101", "62 812 55500101"):
        assert telepon.parse(text) == telepon.Telepon(e164="+6281255500101", seluler=True)


def test_a_fixed_line_is_kept_but_told_apart() -> None:
    assert telepon.parse("(021) 7720 1234") == telepon.Telepon(e164="+622177201234", seluler=False)


@pytest.mark.parametrize(
    ("text", "slug"), [(" ", "telepon-kosong"), ("nomor", "telepon-bentuk"), ("0812", "telepon-tidak-ada")]
)
def test_a_number_that_nobody_can_dial_is_refused(text: str, slug: str) -> None:
    with pytest.raises(TeleponSalah) as caught:
        telepon.parse(text)
    assert caught.value.slug == slug
