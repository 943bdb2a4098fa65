"""POST /v1/masuk/kirim-ulang: whoever lost his receipts gets links of his open cases at his contact (R13).

The request only promises: it writes the same for every contact and looks nobody up, so neither its answer nor its
time tells whether there is a case. gateway-worker keeps the promise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint

from chassis import trace
from chassis.aggregate import Outcome
from chassis.causes import Cause, Decision, Moment, State
from chassis.claims import Claims, Task
from chassis.clock import parse, rfc3339
from chassis.ids import new_id
from chassis.todos import Todo
from gateway.akun import kontak, warga
from gateway.akun.kontak import Kontak
from gateway.bootstrap import App, here
from gateway.masuk.models import Kontak as KontakMasuk
from gateway.masuk.models_warga import Dijanjikan
from gateway.masuk.warga import subject
from gateway.tries import Rule
from web.identity import AUDIENCE
from web.problems import Problem

bp = APIBlueprint("kirim_ulang", __name__, tag="Warga")
RULE = Rule(kind="ulang", client=3, strangers=6, seconds=3600)
_KIND, _SCOPE = "kirim_ulang", "kiriman"
_PATIENCE = timedelta(hours=1)  # after which nobody waits for the message any more
_OVER = {"diserahkan", "ditolak", "dibatalkan", "kedaluwarsa", "diteruskan", "dipindah"}
_MOST = 20  # cases in one message


@bp.post("/v1/masuk/kirim-ulang")
@bp.input(KontakMasuk)
@bp.output(Dijanjikan, status_code=202)
@bp.doc(
    summary="Send the links of my open cases to this contact; the answer is the same if there are none",
    responses={422: "isi-salah", 429: "terlalu-sering"},
)
def ask(json_data: KontakMasuk) -> Any:
    app = here()
    contact = kontak.parse(json_data.jenis, json_data.nilai)
    app.tries.begin(RULE, subject(app, contact), json_data.perangkat)
    _sweep(app)
    id = new_id()
    app.kiriman.update(_SCOPE, id, _promise(contact), Cause.command(f"ulang:{id}"))
    return {"keterangan": "Kalau ada permohonan yang masih berjalan, tautannya kami kirim ke kontak ini."}


def claims(app: App) -> Claims:
    """What gateway-worker carries out."""

    def send(promised: Outcome, data: Mapping[str, Any]) -> int:
        return _send(app, promised)

    task = Task(run=send, then=_done, deadline=90.0)
    return Claims([(app.kiriman, {_KIND: task})], app.metrics)


def _promise(contact: Kontak) -> Any:
    def decide(state: State | None, at: Moment) -> Decision:
        kept = {"kontak": warga.stored(contact), "diminta": rfc3339(at.real)}
        return Decision(kept, todos=(Todo(id=_KIND, kind=_KIND, due=at.real, target="notifikasi"),))

    return decide


def _done(state: State, result: Any, at: Moment) -> Decision:
    """The contact is forgotten with the work."""
    return Decision({"selesai": rfc3339(at.real)})


def _send(app: App, promised: Outcome) -> int:
    """The number of cases told of. Raises `Problem` while a service is away."""
    contact = kontak.of(promised.state["kontak"])
    if contact is None or app.clock.real() - parse(promised.state["diminta"]) > _PATIENCE:
        return 0
    accounts = app.direktori.served(app.direktori.fingerprint(contact))
    cases = [case for account in accounts if account.state["aktif"] for case in _open(app, account)][:_MOST]
    if cases:
        body = {"id": promised.id, "jenis": contact.jenis, "tujuan": contact.nilai, "kasus": cases}
        token = app.signer.sign(AUDIENCE, 60, sub="gateway", peran="sistem", jenis="tautan")
        _ask(app, "notifikasi", "POST", "/v1/tautan", token, body)
    return len(cases)


def _open(app: App, account: Outcome) -> list[dict[str, Any]]:
    """The account's own cases that still go on, as pengajuan shows them to it."""
    token = app.signer.sign(
        AUDIENCE, 60, sub=account.id, peran="warga", wilayah=[], tingkat=account.state["tingkat"]
    )
    listed = _ask(app, "pengajuan", "GET", "/v1/permohonan", token)["isi"]
    return [
        {"permohonan": case["id"], "nomor_resi": case["nomor_resi"], "layanan": case["layanan"]}
        for case in listed
        if case["status"] not in _OVER
    ]


def _ask(
    app: App, owner: str, method: str, path: str, token: str, body: Mapping[str, Any] | None = None
) -> Any:
    sent = b"" if body is None else json.dumps(body).encode()
    headers = {"authorization": f"Bearer {token}", "traceparent": trace.current()}
    if body is not None:
        headers |= {"content-type": "application/json", "content-length": str(len(sent))}
    response = app.upstreams[owner].send(method, path, headers, sent or None)
    data = response.read(decode_content=True)
    response.release_conn()
    if not 200 <= response.status < 300:
        raise Problem("layanan-tidak-tersedia")
    return json.loads(data)


def _sweep(app: App) -> None:
    """Promises that were kept an hour ago."""
    before = rfc3339(app.clock.real() - _PATIENCE)
    for doc in app.documents.find(app.kiriman.name, {"state.selesai": {"lt": before}}, limit=20):
        app.documents.delete(app.kiriman.name, doc.scope, doc.id, doc.rev)
