"""OpenAPI 3.1 of the service, from the code: no engine and no key is needed to describe it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from chassis.metrics import Metrics
from pengajuan.entrypoints.http.application import bare
from runtime.openapi import MATCH, complete
from web.tokens import Verifier

_WITHOUT_KEY = ("/v1/lacak",)
_PUBLIC = ("/v1/layanan", "/v1/layanan/{kode}", "/v1/kantor", "/v1/kantor/{kode}", "/v1/lacak")


def openapi(contracts: Path) -> dict[str, Any]:
    """The whole document."""
    flask = bare(contracts, Metrics(contracts), Verifier(contracts))
    with flask.app_context():
        spec = cast("dict[str, Any]", flask.spec)
    headers = {(path, "patch"): [MATCH] for path, item in spec["paths"].items() if "patch" in item}
    return complete(spec, headers=headers, without_key=_WITHOUT_KEY, public=_PUBLIC)
