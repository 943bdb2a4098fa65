"""The two halves of the catalogue agree, and the OpenAPI document is valid without any engine."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from dokumen.adapters.katalog import muat, muat_formulir
from dokumen.adapters.typst_letters import TEMPLATES
from dokumen.domain.turunan import TURUNAN
from dokumen.openapi import openapi
from notifikasi.adapters.templat import nama_surat
from pengajuan.adapters import katalog as pengajuan
from support.tree import ROOT

LETTERS, FORMS, SERVICES = muat(), muat_formulir(), pengajuan.baca_layanan()
# How an answer is written may be narrower than how it is asked: a time and a list of lines are typed as text.
ASKED = {"jam": "teks", "baris": "paragraf", "hari_tanggal": "tanggal"}


def test_every_service_that_ends_in_a_letter_has_one_with_the_same_terms() -> None:
    services = {kode: s for kode, s in SERVICES.items() if s.template}

    assert {kode for kode, letter in LETTERS.items() if not letter.induk} == set(services)
    for kode, service in services.items():
        assert dict(LETTERS[kode].asli) == {s.kode: s.asli for s in service.syarat}
        assert (LETTERS[kode].bentuk, LETTERS[kode].produk) == (service.bentuk, service.produk)


@pytest.mark.parametrize("kode", [*LETTERS, *FORMS])
def test_everything_a_letter_or_form_prints_is_asked_by_its_service(kode: str) -> None:
    letter = LETTERS.get(kode)
    codes = FORMS[kode].layanan if letter is None else (letter.induk or kode,)
    for service in codes:
        asked = {m.id: m for m in SERVICES[service].medan}
        for field in (letter or FORMS[kode]).medan:
            if field.id in TURUNAN or (field.id not in asked and not field.wajib):
                continue
            assert field.id in asked, (service, field.id)
            assert ASKED.get(field.jenis, field.jenis) == asked[field.id].jenis, (service, field.id)


@pytest.mark.parametrize("kode", [kode for kode, letter in LETTERS.items() if not letter.induk])
def test_every_code_of_an_answer_has_its_words(kode: str) -> None:
    asked = {m.id: m for m in SERVICES[kode].medan}
    for field, known in LETTERS[kode].kata.items():
        codes = {p.kode for p in asked[field].pilihan}
        if f"{field}_lain" in asked:
            codes -= {"lainnya"}
        # Nobody but the unmarried gets a letter that he is: any other answer holds it.
        expected = {"belum_kawin"} if (kode, field) == ("SKBM", "status_kawin") else codes
        assert set(known) == expected, (kode, field)


def test_every_letter_beside_another_has_a_name_in_messages() -> None:
    assert set(nama_surat()) == {kode for kode, letter in LETTERS.items() if letter.induk}


@pytest.mark.parametrize("kode", [*LETTERS, *FORMS])
def test_every_letter_and_form_has_its_template(kode: str) -> None:
    name = LETTERS[kode].template if kode in LETTERS else FORMS[kode].template
    assert (TEMPLATES / f"{name}.typ").is_file()
    for other in LETTERS[kode].ragam if kode in LETTERS else ():
        assert (TEMPLATES / f"{other['template']}.typ").is_file()


def test_the_document_is_valid_and_complete() -> None:
    spec = openapi(ROOT / "contracts")

    validate(spec)
    assert {(path, verb) for path, verbs in spec["paths"].items() for verb in verbs} == {
        ("/v1/agenda", "get"),
        ("/v1/agenda/unduh", "get"),
        ("/v1/agenda/{kantor}/pesan", "post"),
        ("/v1/agenda/{kantor}/{tahun}/{seri}/{urut}/batal", "post"),
        ("/v1/agenda/{kantor}/{tahun}/{seri}/{urut}/catat", "post"),
        ("/v1/arsip", "get"),
        ("/v1/berkas", "post"),
        ("/v1/berkas/pindaian", "post"),
        ("/v1/berkas/tumpukan", "post"),
        ("/v1/berkas/unggahan", "post"),
        ("/v1/berkas/unggahan/{id}", "delete"),
        ("/v1/berkas/unggahan/{id}", "patch"),
        ("/v1/berkas/{id}", "get"),
        ("/v1/berkas/{id}/bagi", "post"),
        ("/v1/berkas/{id}/gambar", "get"),
        ("/v1/berkas/{id}/halaman/{nomor}", "get"),
        ("/v1/berkas/{id}/isi", "get"),
        ("/v1/berkas/{id}/kirim-tetap", "post"),
        ("/v1/jejak", "get"),
        ("/v1/retensi", "get"),
        ("/v1/surat", "get"),
        ("/v1/surat/basah", "get"),
        ("/v1/surat/formulir", "get"),
        ("/v1/surat/formulir/{kode}", "get"),
        ("/v1/surat/perbaikan", "get"),
        ("/v1/surat/pratinjau", "get"),
        ("/v1/surat/sertifikat", "get"),
        ("/v1/surat/sertifikat", "post"),
        ("/v1/surat/sertifikat/frasa", "post"),
        ("/v1/surat/tanda-tangan", "get"),
        ("/v1/surat/tanda-tangan", "post"),
        ("/v1/surat/{id}", "get"),
        ("/v1/surat/{id}/batal", "post"),
        ("/v1/surat/{id}/cabut", "post"),
        ("/v1/surat/{id}/cetakan", "get"),
        ("/v1/surat/{id}/kode-ambil", "post"),
        ("/v1/surat/{id}/musnahkan", "post"),
        ("/v1/surat/{id}/pdf", "get"),
        ("/v1/surat/{id}/perbaikan", "post"),
        ("/v1/surat/{id}/perbaikan/setuju", "post"),
        ("/v1/surat/{id}/pindaian", "get"),
        ("/v1/surat/{id}/pindaian/isi", "get"),
        ("/v1/surat/{id}/pindaian/sahkan", "post"),
        ("/v1/surat/{id}/serah", "post"),
        ("/v1/surat/{id}/tidak-sesuai", "post"),
        ("/v1/verifikasi", "post"),
        ("/v1/verifikasi/{token}", "get"),
        ("/v1/verifikasi/{token}/cocokkan", "post"),
    }
    for verbs in spec["paths"].values():
        for operation in verbs.values():
            assert operation["summary"]
            assert any(
                "application/problem+json" in r.get("content", {}) for r in operation["responses"].values()
            )
