"""Run as a program: a service behind the gateway, made of the real parts (gunicorn, web.app), says what it saw."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from chassis.metrics import Metrics
from runtime.serve import Sockets, listen, serve_http
from web import identity
from web.app import Parts, create_app
from web.health import Internal
from web.tokens import Verifier

bp = APIBlueprint("belakang", __name__)
BLOCK = b"0123456789abcdef" * 16384  # 256 KiB
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()


@bp.post("/v1/kode")
def kode() -> Any:
    caller = identity.caller("sistem")
    if caller.sub != "gateway":
        return "", 403
    body = request.get_json()
    if body["tujuan"].startswith("hilang"):
        return "", 503
    with (FOLDER / "kode.jsonl").open("a") as file:
        file.write(json.dumps(body) + "\n")
    return "", 202


@bp.post("/v1/tautan")
def tautan() -> Any:
    caller = identity.caller("sistem")
    if caller.klaim.get("jenis") != "tautan":
        return "", 403
    with (FOLDER / "tautan.jsonl").open("a") as file:
        file.write(json.dumps(request.get_json()) + "\n")
    return {"status": "diserahkan"}, 202


@bp.route("/v1/permohonan", methods=["GET", "POST", "PATCH", "DELETE"])
@bp.route("/v1/permohonan/<path:rest>", methods=["GET", "POST", "PATCH", "DELETE"])
def echo(rest: str = "") -> Any:
    caller = identity.anyone()
    seen = {
        "method": request.method,
        "path": request.path,
        "query": request.query_string.decode(),
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "body": request.get_data().decode("latin-1"),
        "klaim": None if caller is None else dict(caller.klaim),
        "isi": [
            {"id": id, "nomor_resi": "011006-7KQM-2XPA-D", "layanan": "SKDOM", "status": status}
            for id, status in (
                ("019900a1-0000-7000-8000-0000000000a1", "diperiksa"),
                ("selesai", "diserahkan"),
            )
        ],
    }
    return (
        seen,
        200,
        {"X-Tanda-Lihat": "tanda", "ETag": '"7"'},
    )


@bp.post("/v1/berkas")
def berkas() -> Any:
    size, digest = 0, hashlib.sha256()
    while block := request.stream.read(65536):
        size += len(block)
        digest.update(block)
    return {"size": size, "sha256": digest.hexdigest(), "cara": request.headers.get("Transfer-Encoding", "")}


@bp.get("/v1/surat/<int:blocks>/<cara>")
def surat(blocks: int, cara: str) -> Any:
    def body() -> Iterator[bytes]:
        for _ in range(blocks):
            yield BLOCK

    headers = {} if cara == "chunked" else {"Content-Length": str(blocks * len(BLOCK))}
    return Response(body(), 200, headers, mimetype="application/pdf", direct_passthrough=True)


@bp.get("/v1/agenda")
def cut() -> Any:
    """Promises more than it sends."""
    return Response(iter([BLOCK]), 200, {"Content-Length": str(2 * len(BLOCK))}, mimetype="application/pdf")


@bp.get("/v1/tugas")
def slow() -> Any:
    time.sleep(float(request.args["detik"]))
    return {"selesai": True}


def main() -> None:
    keys, contracts = Path(sys.argv[2]), Path(sys.argv[3])
    metrics = Metrics(contracts)
    parts = Parts(
        service="belakang",
        title="belakang",
        contracts=contracts,
        metrics=metrics,
        verifier=Verifier(keys),
        blueprints=[bp],
    )
    public, internal = listen("127.0.0.1:0"), listen("127.0.0.1:0")
    (FOLDER / "alamat.part").write_text(f"http://127.0.0.1:{public.getsockname()[1]}")
    (FOLDER / "alamat.part").rename(FOLDER / "alamat")
    serve_http(lambda: (create_app(parts), Internal({}, {}, metrics)), Sockets(public, internal))


if __name__ == "__main__":
    main()
