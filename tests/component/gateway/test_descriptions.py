"""What the gateway hears and what it says of itself: reference data, status, OpenAPI, keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from chassis.contracts import Contracts
from chassis.envelope import Event, outgoing
from chassis.lease import Lease
from chassis.relay import Relay
from chassis.worker import Worker
from gateway import routes
from gateway.bootstrap import App
from gateway.openapi import openapi
from gateway.pantau import rujukan
from support.tree import ROOT
from support.waiting import running, until

CONTRACTS = ROOT / "contracts"


def _office(contracts: Contracts, status: str, sequence: int) -> Any:
    example = json.loads((CONTRACTS / "examples/pengajuan.kantor.diubah/v1.1.json").read_text())
    kode = "3276011006"
    event = Event(
        source="pengajuan",
        type="id.ekelurahan.pengajuan.kantor.diubah.v1",
        family="acuan",
        scope=kode,
        subject=kode,
        sequence=sequence,
        time="2026-01-15T03:00:00.000Z",
        correlation=kode,
        causation="b7ad6b7169203331",
        data={**example["data"], "kode": kode, "status": status},
    )
    return outgoing(event, contracts.sent_by("pengajuan", "kantor.diubah"), contracts.scope_extension)


def test_the_worker_sends_accounts_and_hears_offices(people: App, staff: Any, client: FlaskClient) -> None:
    events, contracts = people.events(), people.contracts
    events.ensure(contracts.topics(["3276011006"]))
    events.publisher().publish([_office(contracts, "disiapkan", 1), _office(contracts, "aktif", 2)]).wait(60)
    relay = Relay("gateway", people.documents, events, Lease(people.documents, "relay"), people.metrics)
    worker = Worker(events, rujukan.dispatcher(contracts, people.rujukan), people.metrics)

    with running(relay.run, worker.run):
        until(lambda: people.rujukan.read("acuan", "kantor.3276011006"))
        until(lambda: not people.documents.waiting())

    told = {r.headers["ce_subject"] for r in events.read("ekelurahan.acuan.v1", 0, 1000)}
    assert {"camat.pancoranmas", "lurah.mekarjaya", "operator"} <= told
    reached = {r.headers["ce_subject"] for r in events.read("ekelurahan.kontak.v1", 0, 1000)}
    assert "lurah.mekarjaya" in reached
    found = client.get("/v1/status", headers=staff("camat.pancoranmas")).get_json()["kantor"]
    assert [(k["kantor"], k["aktif"], k["peristiwa_terakhir"]) for k in found] == [("3276011006", True, None)]


def test_the_description_is_valid_openapi(client: FlaskClient) -> None:
    spec = client.get("/v1/openapi.json").get_json()

    validate(spec)
    assert spec == json.loads(json.dumps(openapi(CONTRACTS)))
    assert {"/v1/masuk/warga", "/v1/peristiwa", "/v1/akun/{id}", "/v1/token"} <= spec["paths"].keys()
    assert all(
        op.get("summary") for item in spec["paths"].values() for op in item.values() if "responses" in op
    )


def test_the_owners_files_join_without_meeting(tmp_path: Path) -> None:
    folder = tmp_path / "openapi"
    folder.mkdir()
    item = {"schema": {"$ref": "#/components/schemas/Satu"}}
    answers = {"200": {"description": "ya", "content": {"application/json": item}}}
    paths = {path: {"get": {"responses": answers}} for path in ("/v1/layanan", "/v1/tugas", "/v1/kode")}
    for owner, kind in (("pengajuan", "string"), ("persetujuan", "integer")):
        part = {
            "openapi": "3.1.0",
            "info": {"title": owner, "version": "1"},
            "paths": paths,
            "components": {"schemas": {"Satu": {"type": kind}}},
        }
        (folder / f"{owner}.yaml").write_text(yaml.safe_dump(part))

    spec = openapi(tmp_path)

    validate(spec)
    assert {"/v1/layanan", "/v1/tugas"} <= spec["paths"].keys()
    assert "/v1/kode" not in spec["paths"]
    schemas = spec["components"]["schemas"]
    assert (schemas["pengajuan.Satu"]["type"], schemas["persetujuan.Satu"]["type"]) == ("string", "integer")


def test_the_gateway_serves_exactly_the_segments_that_the_table_calls_its_own() -> None:
    own = {path for path in openapi(CONTRACTS)["paths"] if routes.owner_of(path) == routes.OWN}
    segments = {path.split("/")[2] for path in own if path.startswith("/v1/")}

    assert segments == {segment for segment, owner in routes.OWNERS.items() if owner == routes.OWN}


def test_public_keys_are_public_and_private_ones_are_not(client: FlaskClient) -> None:
    keys = client.get("/.well-known/jwks.json").get_json()["keys"]

    assert {key["kid"] for key in keys} == {"gateway", "pengajuan", "dokumen", "persetujuan", "notifikasi"}
    assert all("d" not in key and key["kty"] == "OKP" for key in keys)
