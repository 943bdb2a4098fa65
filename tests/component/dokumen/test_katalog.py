"""The two halves of the catalogue agree, and the OpenAPI document is valid without any engine."""

from __future__ import annotations

from openapi_spec_validator import validate

from dokumen.adapters.fields import Fields
from dokumen.adapters.katalog import muat
from dokumen.adapters.typst_letters import TEMPLATES
from dokumen.openapi import openapi
from pengajuan.adapters import katalog as pengajuan
from support.tree import ROOT


def test_every_service_has_its_letter_with_the_same_terms() -> None:
    letters = muat()
    services = pengajuan.baca_layanan()

    assert set(letters) == set(services)
    for kode, letter in letters.items():
        service = services[kode]
        assert dict(letter.asli) == {s.kode: s.asli for s in service.syarat}
        codes = {m.id: {p.kode for p in m.pilihan} for m in service.medan}
        for field, known in letter.kata.items():
            assert set(known) == codes[field] - {"lainnya"}, (kode, field)
        assert Fields(TEMPLATES).required(letter.template)


def test_the_document_is_valid_and_complete() -> None:
    spec = openapi(ROOT / "contracts")

    validate(spec)
    assert {(path, verb) for path, verbs in spec["paths"].items() for verb in verbs} == {
        ("/v1/berkas", "post"),
        ("/v1/berkas/{id}", "get"),
        ("/v1/berkas/{id}/isi", "get"),
        ("/v1/berkas/{id}/gambar", "get"),
        ("/v1/surat", "get"),
        ("/v1/surat/{id}", "get"),
        ("/v1/surat/{id}/pdf", "get"),
        ("/v1/surat/{id}/serah", "post"),
        ("/v1/surat/{id}/cabut", "post"),
        ("/v1/verifikasi", "post"),
        ("/v1/verifikasi/{token}", "get"),
        ("/v1/agenda", "get"),
    }
    for verbs in spec["paths"].values():
        for operation in verbs.values():
            assert operation["summary"]
            assert any(
                "application/problem+json" in r.get("content", {}) for r in operation["responses"].values()
            )
