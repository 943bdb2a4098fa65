"""Staff and systems: passwords, confirmations, sessions that end, tokens that cannot be forged."""

from __future__ import annotations

import base64
import hashlib
import json
import time as real
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3
from flask.testing import FlaskClient

from gateway import bootstrap
from gateway.bootstrap import App
from web.tokens import Signer, Verifier, ensure_keys

RIGHT = "demo-ekelurahan"


def _sign_in(client: FlaskClient, akun: str, sandi: str) -> Any:
    return client.post("/v1/masuk/petugas", json={"akun": akun, "sandi": sandi})


def test_staff_choose_their_own_password_and_other_sessions_end(
    people: App, staff: Any, client: FlaskClient
) -> None:
    elsewhere, here = staff("loket.pancoranmas"), staff("loket.pancoranmas")
    new = "empat kata yang panjang"

    wrong = client.post("/v1/saya/sandi", json={"lama": "bukan ini", "baru": new}, headers=here)
    same = client.post("/v1/saya/sandi", json={"lama": RIGHT, "baru": RIGHT}, headers=here)
    short = client.post("/v1/saya/sandi", json={"lama": RIGHT, "baru": "pendek"}, headers=here)
    still = client.get("/v1/saya", headers=elsewhere)
    done = client.post("/v1/saya/sandi", json={"lama": RIGHT, "baru": new}, headers=here)

    assert [a.status_code for a in (wrong, same, short, still, done)] == [401, 422, 422, 200, 204]
    assert client.get("/v1/saya", headers=elsewhere).status_code == 401
    assert client.get("/v1/saya", headers=here).status_code == 200
    assert _sign_in(client, "loket.pancoranmas", RIGHT).status_code == 401
    assert _sign_in(client, "loket.pancoranmas", new).status_code == 200
    chain = people.chain.find("audit", {"scope": people.direktori.kota})
    assert "sandi.diganti" in {e.body["action"] for e in chain}


def test_the_service_learns_role_area_and_hashes_but_no_number(staff: Any, client: FlaskClient) -> None:
    seen = client.get("/v1/permohonan", headers=staff("loket.pancoranmas")).get_json()
    klaim = seen["klaim"]

    assert (klaim["sub"], klaim["peran"], klaim["wilayah"]) == (
        "loket.pancoranmas",
        "petugas_loket",
        ["3276011008"],
    )
    assert klaim["exp"] - klaim["iat"] <= 300
    assert len(klaim["nik_h"]) == len(klaim["kk_h"]) == 32
    assert not {"nik", "kk", "sandi", "kontak"} & klaim.keys()


def test_a_wrong_password_and_an_unknown_account_are_answered_alike(people: App, client: FlaskClient) -> None:
    wrong = _sign_in(client, "lurah.depok", "bukan-kata-sandinya")
    unknown = _sign_in(client, "lurah.tiada", "bukan-kata-sandinya")

    assert wrong.status_code == unknown.status_code == 401
    ignored = {"request_id"}
    assert {k: v for k, v in wrong.get_json().items() if k not in ignored} == {
        k: v for k, v in unknown.get_json().items() if k not in ignored
    }


def test_signing_out_ends_the_session_everywhere(staff: Any, client: FlaskClient, app: App) -> None:
    headers = staff("lurah.depok")
    assert client.delete("/v1/sesi", headers=headers).status_code == 204

    assert client.get("/v1/saya", headers=headers).status_code == 401
    assert client.get("/v1/permohonan", headers=headers).status_code == 401
    assert app.documents.count("sesi", {}) == 0


def test_a_session_ends_by_time_even_while_it_is_remembered(
    staff: Any, client: FlaskClient, time: Any
) -> None:
    headers = staff("lurah.depok")
    time.moved = timedelta(hours=9, minutes=59)
    assert client.get("/v1/saya", headers=headers).status_code == 200
    time.moved = timedelta(hours=10)

    assert client.get("/v1/saya", headers=headers).status_code == 401


def test_another_process_believes_an_ended_session_for_a_minute_at_most(
    staff: Any, client: FlaskClient, app: App
) -> None:
    headers = staff("lurah.depok")
    assert client.get("/v1/saya", headers=headers).status_code == 200
    app.sessions.end_all("lurah.depok")  # as another process does
    began = real.monotonic()
    app.exchange._now = lambda: began + 61

    assert client.get("/v1/saya", headers=headers).status_code == 401


def test_a_confirmation_is_bound_to_who_and_to_what(staff: Any, client: FlaskClient, behind: Any) -> None:
    ids = ["0199-tugas-b", "0199-tugas-a"]
    headers = staff("lurah.depok")
    answer = client.post("/v1/masuk/konfirmasi", json={"sandi": RIGHT, "ids": ids}, headers=headers)

    claims = Verifier(behind.keys).verify(
        answer.get_json()["konfirmasi"], issuer="gateway", audience="persetujuan"
    )
    assert (claims["jenis"], claims["sub"]) == ("konfirmasi", "lurah.depok")
    assert claims["ids_hash"] == hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
    assert claims["exp"] - claims["iat"] == 300


def test_a_confirmation_needs_the_password_again(staff: Any, resident: Any, client: FlaskClient) -> None:
    body = {"sandi": "bukan-kata-sandinya", "ids": ["0199-tugas-a"]}

    answer = client.post("/v1/masuk/konfirmasi", json=body, headers=staff("lurah.depok"))
    assert answer.get_json()["type"].endswith(":sandi-salah")
    warga = resident("bukan.petugas@warga.example")
    assert client.post("/v1/masuk/konfirmasi", json=body, headers=warga).status_code == 403


def _none(claims: dict[str, Any]) -> str:
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
    )


def _tokens(keys: Path, tmp_path: Path) -> dict[str, str]:
    """Tokens that no service may believe."""
    strange = tmp_path / "asing"
    strange.mkdir()
    ensure_keys(strange, bootstrap.KEYS)
    claims = {"sub": "lurah.depok", "peran": "lurah", "wilayah": ["3276"]}
    now = int(real.time())
    body = {"iss": "gateway", "aud": "layanan", "iat": now, "exp": now + 300, **claims}
    good = Signer(keys, "gateway").sign("layanan", 300, **claims)
    head, payload, signature = good.split(".")
    other = base64.urlsafe_b64encode(json.dumps({**body, "wilayah": ["32"]}).encode()).decode().rstrip("=")
    return {
        "without a signature": _none(body),
        "by another key": Signer(strange, "gateway").sign("layanan", 300, **claims),
        "by a service": Signer(keys, "pengajuan").sign("layanan", 300, **claims),
        "expired": Signer(keys, "gateway").sign("layanan", -60, **claims),
        "for another audience": Signer(keys, "gateway").sign("persetujuan", 300, **claims),
        "changed": f"{head}.{other}.{signature}",
        "nonsense": "abc",
        "good, but cut": f"{head}.{payload}",
    }


KINDS = [
    "without a signature",
    "by another key",
    "by a service",
    "expired",
    "for another audience",
    "changed",
    "nonsense",
    "good, but cut",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_refuses_a_token_that_is(kind: str, behind: Any, tmp_path: Path) -> None:
    headers = {"Authorization": f"Bearer {_tokens(behind.keys, tmp_path)[kind]}"}
    answer = urllib3.request("GET", f"{behind.url}/v1/permohonan", headers=headers)

    assert answer.status == 401
    assert answer.json()["type"].endswith(":belum-masuk")


def test_the_door_takes_sessions_only_not_even_a_genuine_service_token(
    client: FlaskClient, behind: Any
) -> None:
    token = Signer(behind.keys, "gateway").sign("layanan", 300, sub="lurah.depok", peran="lurah")

    assert client.get("/v1/saya", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert client.get("/v1/permohonan", headers={"Authorization": f"Bearer {token}"}).status_code == 401


Post = Callable[..., Any]


def test_a_system_signs_in_with_its_secret(staff: Any, client: FlaskClient) -> None:
    body = {"akun": "siak.depok", "nama": "SIAK Contoh", "peran": "sistem", "wilayah": ["3276"]}
    headers = {**staff("operator"), "Idempotency-Key": "sistem-0001"}
    made = client.post("/v1/akun", json=body, headers=headers).get_json()
    form = {"grant_type": "client_credentials", "client_id": "siak.depok", "client_secret": made["rahasia"]}

    by_form = client.post("/v1/token", data=form)
    by_header = client.post(
        "/v1/token", data={"grant_type": "client_credentials"}, auth=("siak.depok", made["rahasia"])
    )
    wrong = client.post("/v1/token", data={**form, "client_secret": "salah"})

    assert by_form.status_code == by_header.status_code == 200
    assert by_form.get_json()["token_type"] == "Bearer"
    token = {"Authorization": f"Bearer {by_header.get_json()['access_token']}"}
    assert client.get("/v1/saya", headers=token).get_json()["peran"] == "sistem"
    assert (wrong.status_code, wrong.get_json()) == (401, {"error": "invalid_client"})
    assert (
        client.post("/v1/token", data={"grant_type": "password"}).get_json()["error"]
        == "unsupported_grant_type"
    )
