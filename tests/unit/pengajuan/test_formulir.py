"""A form is judged whole."""

from __future__ import annotations

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from pengajuan.domain import formulir, skema
from pengajuan.domain.layanan import Layanan
from support.permohonan import ISIAN_SKDOM, ISIAN_SKTM, SKDOM, SKTM

HARI_INI = date(2026, 1, 15)


def periksa(layanan: Layanan, jawaban: dict[str, object]) -> formulir.HasilFormulir:
    return formulir.periksa(layanan, jawaban, hubungan="diri_sendiri", hari_ini=HARI_INI, batas={})


@pytest.mark.parametrize(("layanan", "isian"), [(SKDOM, ISIAN_SKDOM), (SKTM, ISIAN_SKTM)])
def test_a_filled_form_is_accepted_and_fits_its_generated_schema(
    layanan: Layanan, isian: dict[str, object]
) -> None:
    hasil = periksa(layanan, isian)
    assert hasil.kesalahan == ()
    schema = skema.schema(layanan)
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(hasil.data)] == []


def test_answers_are_kept_in_one_form() -> None:
    data = periksa(SKDOM, {**ISIAN_SKDOM, "nama": "  Sari   Contohwati ", "nik": "3276 0152 0395 9001"}).data
    assert (data["nama"], data["nik"], data["rt"], data["rw"]) == (
        "Sari Contohwati",
        "3276015203959001",
        "003",
        "008",
    )


def test_an_empty_form_names_every_missing_field_at_once() -> None:
    hasil = periksa(SKDOM, {})
    asked = [m for m in SKDOM.medan if m.wajib and m.bila is None]
    assert len(hasil.kesalahan) == len(asked)
    assert {e.slug for e in hasil.kesalahan} == {"isian-kosong"}
    assert hasil.kesalahan[0].pointer == "/jawaban/nama"
    assert hasil.kesalahan[0].pesan == "Nama lengkap belum diisi. Tulis seperti di KTP."


@pytest.mark.parametrize(
    ("field", "value", "slug"),
    [
        ("nama", "Sari 2", "isian-nama"),
        ("nama", 7, "isian-teks"),
        ("nama", "x" * 101, "isian-panjang"),
        ("nik", "123", "nik-panjang"),
        ("no_kk", "123", "kk-panjang"),
        ("tanggal_lahir", "12-03-1995", "isian-tanggal"),
        ("tanggal_lahir", "2026-01-16", "isian-tanggal-luar"),
        ("tinggal_sejak", "2026-13", "isian-bulan"),
        ("tinggal_sejak", "2026-02", "isian-bulan-luar"),
        ("agama", "lain", "isian-pilihan"),
        ("rt", "0", "isian-rt-rw"),
        ("rt", True, "isian-rt-rw"),
        ("alamat", "Jl", "isian-pendek"),
        ("alamat", "Jalan \x00 Contoh", "isian-teks"),
        ("data_benar", False, "isian-centang"),
        ("warna", "biru", "isian-tak-dikenal"),
    ],
)
def test_a_wrong_answer_is_named_with_its_field(field: str, value: object, slug: str) -> None:
    hasil = periksa(SKDOM, {**ISIAN_SKDOM, field: value})
    assert [(e.pointer, e.slug) for e in hasil.kesalahan] == [(f"/jawaban/{field}", slug)]
    assert hasil.kesalahan[0].pesan.strip()


@pytest.mark.parametrize(
    ("value", "fine"), [(0, True), ("3", True), (31, False), (-1, False), (2.5, False), (True, False)]
)
def test_numbers_are_whole_and_within_their_limits(value: object, fine: bool) -> None:
    assert (periksa(SKTM, {**ISIAN_SKTM, "tanggungan": value}).kesalahan == ()) is fine


def test_a_field_is_asked_only_when_its_condition_holds() -> None:
    asked = periksa(SKDOM, {**ISIAN_SKDOM, "keperluan": "lainnya"})
    assert [e.pointer for e in asked.kesalahan] == ["/jawaban/keperluan_lain"]
    dropped = periksa(SKDOM, {**ISIAN_SKDOM, "keperluan_lain": "sisa isian lama"})
    assert dropped.kesalahan == ()
    assert "keperluan_lain" not in dropped.data
