"""The OpenAPI document needs no engine, is valid 3.1, and names every operation and its problems."""

from __future__ import annotations

from openapi_spec_validator import validate

from persetujuan.openapi import openapi
from support.tree import ROOT


def test_the_document_is_valid_and_complete() -> None:
    spec = openapi(ROOT / "contracts")

    validate(spec)
    operations = {(path, verb) for path, verbs in spec["paths"].items() for verb in verbs}
    assert operations == {
        ("/v1/tugas", "get"),
        ("/v1/tugas/{id}", "get"),
        ("/v1/tugas/{id}/keputusan", "post"),
        ("/v1/tugas/{id}/catatan", "post"),
        ("/v1/tugas/ditunggu", "get"),
        ("/v1/tugas/ditunggu", "post"),
        ("/v1/keputusan-massal", "post"),
        ("/v1/jejak", "get"),
        ("/v1/delegasi", "get"),
        ("/v1/delegasi", "post"),
        ("/v1/delegasi/{akun}/{id}", "delete"),
        ("/v1/pejabat", "get"),
        ("/v1/pejabat/{akun}", "put"),
    }
    for verbs in spec["paths"].values():
        for operation in verbs.values():
            assert operation["summary"]
            assert "application/problem+json" in operation["responses"]["401"]["content"]
