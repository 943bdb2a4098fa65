"""The API description is valid OpenAPI 3.1 and says what commands demand."""

from __future__ import annotations

import re

from openapi_spec_validator import validate

from pengajuan.roles import openapi
from support.promises import FOLDER
from support.tree import python_files
from web.problems import Catalogue


def test_the_description_is_valid() -> None:
    validate(openapi())


def test_every_command_demands_a_key_and_every_change_a_version() -> None:
    for path, operations in openapi()["paths"].items():
        for method, operation in operations.items():
            names = {p["name"] for p in operation.get("parameters", ())}
            assert ("Idempotency-Key" in names) == (method == "post" and path != "/v1/lacak")
            assert ("If-Match" in names) == (method == "patch")
            assert operation["summary"]


def test_every_refusal_is_in_the_catalogue_of_problems() -> None:
    known = Catalogue(FOLDER)._all
    wrong = []
    for file in python_files("pengajuan"):
        text = file.read_text()
        for call in re.findall(r"(?:TransisiSalah|Dilarang|BelumDilayani)\(\s*\"([a-z-]+)\"", text):
            wrong += [] if call in known else [call]

    assert sorted(set(wrong)) == []
