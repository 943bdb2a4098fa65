"""What every operation shares is in its document without being written at each of them."""

from __future__ import annotations

from typing import Any

from openapi_spec_validator import validate

from runtime.openapi import MATCH, complete


def _spec() -> dict[str, Any]:
    item = {"content": {"application/json": {"schema": {"type": "object"}}}}
    own = {"404": {"description": "no such thing", "content": {"application/json": {}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Contoh", "version": "1"},
        "tags": [{"name": "hal"}, {"name": "hal"}],
        "paths": {
            "/v1/hal": {"post": {"requestBody": item, "responses": {"201": {"description": "made"}}}},
            "/v1/hal/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "get": {"responses": {"200": {"description": "shown"}, **own}},
                "patch": {"responses": {"200": {"description": "changed"}}},
            },
            "/v1/terbuka": {"post": {"responses": {"200": {"description": "told"}}}},
        },
    }


def _whole() -> dict[str, Any]:
    patched = {("/v1/hal/{id}", "patch"): [MATCH]}
    return complete(_spec(), headers=patched, without_key=("/v1/terbuka",), public=("/v1/terbuka",))


def test_the_completed_document_is_valid() -> None:
    validate(_whole())
    assert [tag["name"] for tag in _whole()["tags"]] == ["hal"]


def test_an_operation_tells_the_answers_of_its_kind() -> None:
    paths = _whole()["paths"]

    told = {"400", "401", "403", "409", "412", "413", "415", "422", "503"}
    assert paths["/v1/hal"]["post"]["responses"].keys() == {"201", *told}
    assert paths["/v1/hal/{id}"]["get"]["responses"].keys() == {"200", "401", "403", "404", "503"}
    assert {"404", "412", "428"} <= paths["/v1/hal/{id}"]["patch"]["responses"].keys()
    assert "403" not in paths["/v1/terbuka"]["post"]["responses"]


def test_what_an_operation_says_of_an_error_stays_and_gets_the_shape_of_all_errors() -> None:
    found = _whole()["paths"]["/v1/hal/{id}"]["get"]["responses"]["404"]

    assert found["description"] == "no such thing"
    assert list(found["content"]) == ["application/problem+json"]


def test_a_command_demands_a_key_and_an_open_path_no_token() -> None:
    paths = _whole()["paths"]

    assert [p["name"] for p in paths["/v1/hal"]["post"]["parameters"]] == ["Idempotency-Key"]
    assert paths["/v1/terbuka"]["post"]["parameters"] == []
    assert paths["/v1/hal"]["post"]["security"] == [{"layanan": []}]
    assert paths["/v1/terbuka"]["post"]["security"] == [{"layanan": []}, {}]
