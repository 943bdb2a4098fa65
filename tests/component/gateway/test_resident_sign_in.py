"""Residents: a contact, a code, a session; nothing tells who is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.ports.documents import Doc
from gateway.bootstrap import App


def _ask(client: FlaskClient, nilai: str, jenis: str = "email") -> str:
    answer = client.post("/v1/masuk/warga", json={"jenis": jenis, "nilai": nilai})
    assert answer.status_code == 202, answer.text
    return str(answer.get_json()["permintaan"])


def _use(client: FlaskClient, permintaan: str, kode: str) -> Any:
    return client.post("/v1/masuk/warga/kode", json={"permintaan": permintaan, "kode": kode})


def _other(kode: str) -> str:
    return f"{(int(kode) + 1) % 10**6:06d}"


def _sent(app: App) -> list[dict[str, Any]]:
    return [entry.entry for entry in app.documents.unsent(app.direktori.kota, 1000)]


def test_the_code_opens_a_session_at_contact_level(client: FlaskClient, behind: Any, app: App) -> None:
    request = _ask(client, "sari.baru@warga.example")
    answer = _use(client, request, behind.codes("sari.baru@warga.example")[-1])

    headers = {"Authorization": f"Bearer {answer.get_json()['token']}"}
    me = client.get("/v1/saya", headers=headers).get_json()
    seen = client.get("/v1/permohonan", headers=headers).get_json()["klaim"]
    assert (me["peran"], me["tingkat"], me["wilayah"]) == ("warga", "kontak", [])
    assert (seen["sub"], seen["peran"], seen["tingkat"]) == (me["akun"], "warga", "kontak")
    assert [e["topic"] for e in _sent(app)] == ["ekelurahan.kontak.v1"]


def test_the_same_contact_is_the_same_account_however_it_is_written(
    client: FlaskClient, behind: Any, app: App
) -> None:
    accounts = set()
    for written in ("0812-5550-0101", "+62 812 5550 0101", "6281255500101"):
        request = _ask(client, written, "telepon")
        answer = _use(client, request, behind.codes("+6281255500101")[-1])
        accounts.add(answer.get_json()["akun"]["akun"])

    assert len(accounts) == 1
    assert len(_sent(app)) == 1


def test_known_and_unknown_contacts_are_answered_alike(client: FlaskClient, resident: Any) -> None:
    resident("kenal@warga.example")

    known = client.post("/v1/masuk/warga", json={"jenis": "email", "nilai": "kenal@warga.example"})
    unknown = client.post("/v1/masuk/warga", json={"jenis": "email", "nilai": "asing@warga.example"})

    assert known.status_code == unknown.status_code == 202
    assert known.get_json().keys() == unknown.get_json().keys()
    assert known.get_json()["berlaku_menit"] == unknown.get_json()["berlaku_menit"]


def test_after_five_wrong_tries_the_right_code_is_wrong_too(client: FlaskClient, behind: Any) -> None:
    request = _ask(client, "lima@warga.example")
    code = behind.codes("lima@warga.example")[-1]

    answers = [_use(client, request, _other(code)) for _ in range(5)]

    assert [a.status_code for a in answers] == [401] * 5
    assert _use(client, request, code).status_code == 401


def test_guesses_made_at_once_count_too(app: App, client: FlaskClient, behind: Any) -> None:
    request = _ask(client, "serentak@warga.example")
    code = behind.codes("serentak@warga.example")[-1]
    counted: list[Doc | None] = []

    def guess(_: int) -> None:
        try:
            counted.append(app.codes._count(request))
        except Exception:
            counted.append(None)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(guess, range(20)))

    assert len([c for c in counted if c is not None]) == 5
    assert _use(client, request, code).status_code == 401


def test_a_code_works_once(client: FlaskClient, behind: Any) -> None:
    request = _ask(client, "sekali@warga.example")
    code = behind.codes("sekali@warga.example")[-1]

    assert _use(client, request, code).status_code == 200
    assert _use(client, request, code).status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 401)])
def test_a_code_lives_ten_minutes(
    client: FlaskClient, behind: Any, time: Any, minutes: int, status: int
) -> None:
    address = f"menit{minutes}@warga.example"
    request = _ask(client, address)
    time.moved = timedelta(minutes=minutes)

    assert _use(client, request, behind.codes(address)[-1]).status_code == status


def test_the_sixth_code_within_an_hour_has_to_wait(client: FlaskClient, time: Any) -> None:
    body = {"jenis": "email", "nilai": "sering@warga.example"}
    for _ in range(5):
        _ask(client, body["nilai"])

    answer = client.post("/v1/masuk/warga", json=body)

    assert answer.status_code == 429
    assert answer.get_json()["type"].endswith(":terlalu-sering")
    assert 3500 < int(answer.headers["Retry-After"]) <= 3601
    time.moved = timedelta(hours=1)
    assert client.post("/v1/masuk/warga", json=body).status_code == 202


def test_a_code_that_could_not_be_sent_is_no_code(client: FlaskClient, app: App) -> None:
    answer = client.post("/v1/masuk/warga", json={"jenis": "email", "nilai": "hilang@warga.example"})

    assert answer.status_code == 503
    assert answer.get_json()["type"].endswith(":layanan-tidak-tersedia")
    assert app.documents.count("kode", {}) == 0


def test_the_store_holds_neither_code_nor_token(client: FlaskClient, behind: Any, app: App) -> None:
    request = _ask(client, "rahasia@warga.example")
    code = behind.codes("rahasia@warga.example")[-1]
    kept = app.documents.get("kode", "kode", request)
    token = _use(client, request, code).get_json()["token"]

    assert kept is not None
    assert code not in str({k: v for k, v in kept.body.items() if k != "sampai"}.values())
    assert token not in str(app.documents.find("sesi", {}))


def test_a_contact_that_is_none_is_named(client: FlaskClient) -> None:
    for jenis, nilai in (("telepon", "12345"), ("email", "bukan-email")):
        answer = client.post("/v1/masuk/warga", json={"jenis": jenis, "nilai": nilai})

        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["pointer"] == "/nilai"
