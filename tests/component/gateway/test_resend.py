"""Lost receipts: the same answer for everybody; only who has open cases gets their links, at his own contact (R13)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from gateway.bootstrap import App
from gateway.masuk import kirim_ulang
from support.waiting import running, until


def _ask(client: FlaskClient, email: str) -> Any:
    return client.post("/v1/masuk/kirim-ulang", json={"jenis": "email", "nilai": email})


def _keep(app: App) -> None:
    """Let the worker keep every promise."""

    def kept() -> bool:
        return all("selesai" in o.state for o in app.kiriman.find({}))

    with running(kirim_ulang.claims(app).run):
        until(kept)


def _sent(behind: Any, email: str) -> list[dict[str, Any]]:
    file = behind.folder / "tautan.jsonl"
    lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    return [line for line in lines if line["tujuan"] == email]


def test_links_of_open_cases_go_to_the_contact_and_no_others(
    client: FlaskClient, resident: Any, behind: Any, app: App
) -> None:
    resident("lupa.resi@warga.example")

    assert _ask(client, "lupa.resi@warga.example").status_code == 202
    _keep(app)

    (message,) = _sent(behind, "lupa.resi@warga.example")
    assert [case["nomor_resi"] for case in message["kasus"]] == ["011006-7KQM-2XPA-D"]
    assert "rahasia" not in str(message)


def test_known_and_unknown_contacts_are_answered_alike(
    client: FlaskClient, resident: Any, behind: Any, app: App
) -> None:
    resident("ada@warga.example")
    known, unknown = _ask(client, "ada@warga.example"), _ask(client, "asing@warga.example")

    assert known.status_code == unknown.status_code == 202
    assert known.get_json() == unknown.get_json()
    assert known.headers["Content-Length"] == unknown.headers["Content-Length"]
    _keep(app)
    assert _sent(behind, "asing@warga.example") == []


def test_the_contact_is_forgotten_with_the_work_and_the_promise_an_hour_later(
    client: FlaskClient, app: App, time: Any
) -> None:
    _ask(client, "lupakan@warga.example")
    _keep(app)

    assert "lupakan" not in str(app.documents.find("kiriman", {}))
    time.moved = timedelta(hours=2)
    _ask(client, "lain@warga.example")
    assert app.documents.count("kiriman", {}) == 1


def test_an_old_promise_sends_nothing(
    client: FlaskClient, resident: Any, behind: Any, app: App, time: Any
) -> None:
    resident("terlambat@warga.example")
    _ask(client, "terlambat@warga.example")
    time.moved = timedelta(hours=2)
    _keep(app)

    assert _sent(behind, "terlambat@warga.example") == []


def test_nobody_is_flooded_with_links(client: FlaskClient) -> None:
    answers = [_ask(client, "banjir@warga.example").status_code for _ in range(4)]

    assert answers == [202, 202, 202, 429]
