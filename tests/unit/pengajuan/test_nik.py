"""NIK and No. KK as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from pengajuan.domain import kk, nik
from pengajuan.domain.errors import KkSalah, NikSalah


def test_a_womans_day_of_birth_is_coded_with_forty_more() -> None:
    woman, man = nik.parse("3276015203959001"), nik.parse("3276 0112 0395.9002")
    assert (woman.perempuan, woman.hari, woman.bulan, woman.tahun) == (True, 12, 3, 95)
    assert (man.perempuan, man.hari, man.angka) == (False, 12, "3276011203959002")


def test_a_mask_shows_only_the_first_and_last_four_digits() -> None:
    assert nik.parse("3276015203959001").tersamar == "3276********9001"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("", "nik-kosong"),
        ("327601120395900", "nik-panjang"),
        ("32760112039590011", "nik-panjang"),
        ("32760112O3959001", "nik-bukan-angka"),
        ("٣٢٧٦٠١١٢٠٣٩٥٩٠٠١", "nik-bukan-angka"),
        ("3276013202959001", "nik-tanggal"),
        ("3276017202959001", "nik-tanggal"),
        ("3276013002959001", "nik-tanggal"),
        ("3276012902959001", "nik-tanggal"),
        ("3276011213959001", "nik-tanggal"),
        ("3276011203950000", "nik-nomor-urut"),
    ],
)
def test_a_nik_that_cannot_exist_is_refused_with_a_way_out(text: str, slug: str) -> None:
    with pytest.raises(NikSalah) as caught:
        nik.parse(text)
    assert caught.value.slug == slug
    assert caught.value.pesan.endswith((".", "0."))


def test_a_leap_day_of_either_century_is_possible() -> None:
    assert nik.parse("3276012902009001").hari == 29
    assert nik.parse("3276016902969001").perempuan


def test_a_nik_from_another_city_or_with_another_date_is_only_a_warning() -> None:
    value = nik.parse("9101011203959001")
    found = nik.peringatan(value, wilayah="3276011006", lahir=date(1996, 3, 12), perempuan=True)
    assert found == ("nik-luar-kota", "nik-beda-tanggal-lahir", "nik-beda-jenis-kelamin")
    assert nik.peringatan(value, wilayah="9101", lahir=date(2095, 3, 12), perempuan=None) == ()


def test_a_family_card_number_holds_a_recording_date_without_forty() -> None:
    assert kk.parse("3276-0112-0318-9002").tersamar == "3276********9002"
    with pytest.raises(KkSalah) as caught:
        kk.parse("3276015203959001")
    assert caught.value.slug == "kk-seperti-nik"
    with pytest.raises(KkSalah):
        kk.parse("3276013513959001")
