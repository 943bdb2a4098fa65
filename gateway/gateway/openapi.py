"""The public API in one document: the owners' files under contracts/openapi/ and the gateway's own paths."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint, APIFlask

from chassis.contracts import read_yaml
from chassis.settings import load
from gateway import beranda, jejak, jwks, routes
from gateway.akun import http as akun
from gateway.bootstrap import here
from gateway.masuk import (
    faktor,
    ganti_kontak,
    ganti_sandi,
    kirim_ulang,
    konfirmasi,
    oidc,
    petugas,
    pin,
    sesi,
    sistem,
    slip,
    warga,
)
from gateway.pantau import http as pantau
from gateway.pantau import pintu_alir
from gateway.pantau.laporan import http as laporan
from gateway.pantau.statistik import http as statistik
from gateway.settings import Settings
from runtime.openapi import MATCH, complete

bp = APIBlueprint("openapi", __name__, tag="Kontrak")
_ALWAYS = ("401", "429", "503")
_WITH_KEY = {"/v1/akun", "/v1/warga"}
_HEADERS = {("/v1/akun/{id}", "patch"): [MATCH]}
_OAUTH = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def blueprints() -> list[APIBlueprint]:
    """Everything that the gateway answers itself."""
    return [
        *(warga.bp, pin.bp, slip.bp, ganti_kontak.bp, kirim_ulang.bp),
        *(petugas.bp, oidc.bp, faktor.bp, konfirmasi.bp, ganti_sandi.bp, sistem.bp, sesi.bp),
        *(akun.bp, pantau.bp, pintu_alir.bp, statistik.bp, laporan.bp, jejak.bp, jwks.bp, beranda.bp, bp),
    ]


@bp.get("/v1/openapi.json")
@bp.doc(summary="This description")
def document() -> Any:
    return _once(here().settings.contracts)


@cache
def _once(contracts: Path) -> dict[str, Any]:
    return openapi(contracts)


def own() -> dict[str, Any]:
    """The gateway's own paths; needs no engine."""
    app = APIFlask("gateway", title="e-Kelurahan", version="1", spec_path=None, docs_path=None)
    app.config.update(OPENAPI_VERSION="3.1.0", AUTO_VALIDATION_ERROR_DESCRIPTION="Isian perlu diperbaiki")
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    with app.app_context():
        spec: dict[str, Any] = json.loads(json.dumps(app.spec))
    spec = complete(spec, headers=_HEADERS, without_key=spec["paths"].keys() - _WITH_KEY, always=_ALWAYS)
    for status in ("400", "401"):  # RFC 6749 has a shape of its own
        answer = spec["paths"]["/v1/token"]["post"]["responses"][status]
        answer["content"] = {**answer["content"], "application/json": {"schema": _OAUTH}}
    spec["paths"]["/v1/statistik"]["get"]["responses"]["200"]["content"]["text/csv"] = {
        "schema": {"type": "string"}
    }
    spec["paths"]["/v1/alir"]["get"]["responses"]["307"] = {"description": "go on at `Location`"}
    # Which role may is said by contracts/wewenang.yaml.
    spec["components"]["securitySchemes"] = {"sesi": {"type": "http", "scheme": "bearer"}}
    spec["security"] = [{"sesi": []}, {}]
    spec.pop("servers", None)  # the address of whoever asks
    return spec


def openapi(contracts: Path | None = None) -> dict[str, Any]:
    """All public paths. An owner's path that the table does not send to it is left out: nobody could call it."""
    whole, contracts = own(), contracts or load(Settings).contracts
    for file in sorted((contracts / "openapi").glob("*.yaml")):
        if file.stem in set(routes.OWNERS.values()) - {routes.OWN}:
            part = read_yaml(file)
            _join(whole, file.stem, part)
    _limited(whole)
    whole["paths"] = dict(sorted(whole["paths"].items()))
    return whole


def _join(whole: dict[str, Any], owner: str, part: Mapping[str, Any]) -> None:
    """Add an owner's public paths; its schemas are renamed, so that two owners may use one name."""
    part = _renamed(copy.deepcopy(dict(part)), owner)
    public = {path: item for path, item in part["paths"].items() if routes.owner_of(path) == owner}
    whole["paths"] |= public
    for kind, entries in part.get("components", {}).items():
        named = {f"{owner}.{name}" if kind == "schemas" else name: body for name, body in entries.items()}
        whole.setdefault("components", {}).setdefault(kind, {}).update(named)
    tags = {tag["name"]: tag for tag in (*part.get("tags", []), *whole.get("tags", []))}
    whole["tags"] = sorted(tags.values(), key=lambda tag: str(tag["name"]))


def _limited(whole: Mapping[str, Any]) -> None:
    """An owner never answers 429 or an unknown session: the door in front of it does."""
    for item in whole["paths"].values():
        for operation in item.values():
            for status in _ALWAYS if isinstance(operation, dict) else ():
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/{status}"})


def _renamed(value: Any, owner: str) -> Any:
    if isinstance(value, dict):
        return {k: _reference(v, owner) if k == "$ref" else _renamed(v, owner) for k, v in value.items()}
    return [_renamed(v, owner) for v in value] if isinstance(value, list) else value


def _reference(text: str, owner: str) -> str:
    stem = "#/components/schemas/"
    return f"{stem}{owner}.{text.removeprefix(stem)}" if text.startswith(stem) else text
