"""Sign-in at the city's provider: Authlib's server, and every way in which its word is not believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time as real
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from pydantic import SecretStr

from gateway import bootstrap, seed
from gateway.app import create
from gateway.bootstrap import App
from gateway.demo import TOTP
from gateway.masuk import totp
from gateway.oidc import Client, Provider
from gateway.settings import Settings
from support import penyedia
from support.either import on_either
from support.penyedia import Penyedia

SUB = "0f3c9c1e-contoh"


@pytest.fixture
def city() -> Iterator[Penyedia]:
    with Penyedia() as provider:
        yield provider


@pytest.fixture
def app(settings: Settings, time: Any, city: Penyedia) -> Iterator[App]:
    from zoneinfo import ZoneInfo

    from chassis.clock import Clock

    known = settings.model_copy(
        update={
            "oidc_issuer": city.url,
            "oidc_client": penyedia.CLIENT,
            "oidc_secret": SecretStr(penyedia.SECRET),
            "oidc_redirect": penyedia.REDIRECT,
        }
    )
    bootstrap.migrate(known)
    app = bootstrap.build(known, Clock(ZoneInfo("Asia/Jakarta"), None, real=time))
    seed._demo(app)
    yield app
    app.close()


@pytest.fixture
def bound(client: FlaskClient, staff: Any) -> Callable[[str, str], None]:
    """An administrator says who somebody is at the provider."""

    def bind(akun: str, sub: str) -> None:
        admin = staff("admin.pancoranmas")
        etag = client.get(f"/v1/akun/{akun}", headers=admin).headers["ETag"]
        done = client.patch(f"/v1/akun/{akun}", json={"oidc": sub}, headers={**admin, "If-Match": etag})
        assert done.get_json()["oidc_terpasang"] is True, done.text

    return bind


def _asked(client: FlaskClient) -> Any:
    answer = client.post("/v1/masuk/oidc")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def _finish(client: FlaskClient, asked: Any, back: dict[str, str]) -> Any:
    body = {"permintaan": asked["permintaan"], "code": back["code"], "state": back["state"]}
    return client.post("/v1/masuk/oidc/selesai", json=body)


def _sign_in(client: FlaskClient, city: Penyedia, sub: str = SUB) -> Any:
    asked = _asked(client)
    return _finish(client, asked, city.sign_in(asked["alamat"], sub))


def _slug(answer: Any) -> str:
    return str(answer.get_json()["type"]).rsplit(":", 1)[-1]


@on_either("settings")
def test_staff_sign_in_at_the_city(client: FlaskClient, city: Penyedia, bound: Any) -> None:
    bound("kasi.depok", SUB)

    answer = _sign_in(client, city)

    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.get_json()['token']}"}
    assert client.get("/v1/saya", headers=headers).get_json()["akun"] == "kasi.depok"
    assert client.get("/v1/sesi", headers=headers).get_json()["sesi"][0]["lewat"] == "oidc"


def test_somebody_whom_nobody_entered_is_refused(client: FlaskClient, city: Penyedia) -> None:
    answer = _sign_in(client, city, "orang-lain")

    assert (answer.status_code, _slug(answer)) == (401, "oidc-ditolak")


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _hs256(city: Penyedia, claims: dict[str, Any]) -> str:
    """Signed with the provider's public key as if it were a shared secret."""
    signed = f"{_part({'alg': 'HS256', 'kid': 'satu'})}.{_part(claims)}"
    mac = hmac.new(city.key.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _changed(city: Penyedia, claims: dict[str, Any]) -> str:
    head, _, signature = city.signed(claims).split(".")
    return f"{head}.{_part({**claims, 'sub': 'camat'})}.{signature}"


FAULTS: dict[str, Callable[[Penyedia, dict[str, Any]], str]] = {
    "forged": lambda city, claims: jwt.encode(
        {"alg": "RS256", "kid": "satu"}, claims, RSAKey.generate_key(2048), ["RS256"]
    ),
    "changed": _changed,
    "expired": lambda city, claims: city.signed({**claims, "exp": int(real.time()) - 120}),
    "without an end": lambda city, claims: city.signed({k: v for k, v in claims.items() if k != "exp"}),
    "with an end that is no number": lambda city, claims: city.signed({**claims, "exp": "9999999999"}),
    "of the future": lambda city, claims: city.signed({**claims, "iat": int(real.time()) + 600}),
    "for another audience": lambda city, claims: city.signed({**claims, "aud": "layanan-lain"}),
    "for several without saying who asked": lambda city, claims: city.signed(
        {**claims, "aud": [penyedia.CLIENT, "layanan-lain"]}
    ),
    "of another issuer": lambda city, claims: city.signed({**claims, "iss": "https://lain.example"}),
    "with algorithm none": lambda city, claims: f"{_part({'alg': 'none'})}.{_part(claims)}.",
    "with the public key as a secret": _hs256,
    "with another nonce": lambda city, claims: city.signed({**claims, "nonce": "lain"}),
    "without a nonce": lambda city, claims: city.signed({k: v for k, v in claims.items() if k != "nonce"}),
    "without a subject": lambda city, claims: city.signed({k: v for k, v in claims.items() if k != "sub"}),
    "nonsense": lambda city, claims: "abc",
    "empty": lambda city, claims: "",
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_token_is_refused_that_is(kind: str, client: FlaskClient, city: Penyedia, bound: Any) -> None:
    bound("kasi.depok", SUB)
    city.fault = lambda claims: FAULTS[kind](city, claims)

    answer = _sign_in(client, city)

    assert (answer.status_code, _slug(answer)) == (401, "oidc-ditolak")
    city.fault = None
    assert _sign_in(client, city).status_code == 200


@on_either("settings")
def test_a_rotated_key_is_fetched_and_the_old_one_is_believed_no_more(
    client: FlaskClient, city: Penyedia, bound: Any, app: App
) -> None:
    bound("kasi.depok", SUB)
    began = [0.0]
    assert app.provider is not None
    app.provider._now = lambda: began[0]
    assert _sign_in(client, city).status_code == 200
    old, city.key = city.key, ECKey.generate_key("P-256", {"kid": "dua"})

    began[0] = 61.0
    assert _sign_in(client, city).status_code == 200
    city.fault = lambda claims: jwt.encode({"alg": "RS256", "kid": "satu"}, claims, old, ["RS256"])
    assert _slug(_sign_in(client, city)) == "oidc-ditolak"


def test_tokens_with_invented_keys_do_not_make_us_ask_again_and_again(
    client: FlaskClient, city: Penyedia, bound: Any, app: App
) -> None:
    bound("kasi.depok", SUB)
    city.fault = lambda claims: city.signed(claims, kid="karangan")
    for _ in range(5):
        assert _slug(_sign_in(client, city)) == "oidc-ditolak"

    assert city.fetched == 1


def test_a_code_fetched_by_somebody_else_s_browser_fits_no_question_of_ours(
    client: FlaskClient, city: Penyedia, bound: Any
) -> None:
    bound("kasi.depok", SUB)
    mine, theirs = _asked(client), _asked(client)
    stolen = city.sign_in(theirs["alamat"], SUB)

    assert _slug(_finish(client, mine, stolen)) == "oidc-ditolak"
    assert (
        _slug(_finish(client, mine, {**stolen, "state": city.sign_in(mine["alamat"], SUB)["state"]}))
        == "oidc-ditolak"
    )


def test_a_code_is_bound_to_our_verifier(client: FlaskClient, city: Penyedia, bound: Any) -> None:
    """The thief of a code who also makes up its state meets PKCE at the provider."""
    bound("kasi.depok", SUB)
    mine, theirs = _asked(client), _asked(client)
    code = city.sign_in(theirs["alamat"], SUB)["code"]
    state = city.sign_in(mine["alamat"], SUB)["state"]

    assert _slug(_finish(client, mine, {"code": code, "state": state})) == "oidc-ditolak"


@on_either("settings")
def test_a_question_is_answered_once_and_within_ten_minutes(
    client: FlaskClient, city: Penyedia, bound: Any, time: Any
) -> None:
    bound("kasi.depok", SUB)
    asked = _asked(client)
    back = city.sign_in(asked["alamat"], SUB)
    assert _finish(client, asked, back).status_code == 200
    assert _slug(_finish(client, asked, back)) == "oidc-ditolak"

    late = _asked(client)
    back = city.sign_in(late["alamat"], SUB)
    time.moved = timedelta(minutes=10)
    assert _slug(_finish(client, late, back)) == "oidc-ditolak"


@pytest.mark.parametrize(
    ("amr", "status"), [(["pwd"], 403), (["pwd", "otp"], 200), (["mfa"], 200), ([], 403)]
)
def test_who_signs_letters_comes_with_a_second_factor(
    client: FlaskClient, city: Penyedia, bound: Any, amr: list[str], status: int
) -> None:
    bound("lurah.depok", SUB)
    city.amr = amr

    assert _sign_in(client, city).status_code == status


def test_a_closed_account_stays_closed(client: FlaskClient, city: Penyedia, bound: Any, staff: Any) -> None:
    bound("kasi.depok", SUB)
    admin = staff("admin.pancoranmas")
    etag = client.get("/v1/akun/kasi.depok", headers=admin).headers["ETag"]
    client.patch("/v1/akun/kasi.depok", json={"aktif": False}, headers={**admin, "If-Match": etag})

    assert _slug(_sign_in(client, city)) == "akun-nonaktif"


def test_the_store_and_the_address_hold_no_secret_of_the_question(client: FlaskClient, app: App) -> None:
    asked = _asked(client)
    kept = app.documents.find("oidc", {})[0]

    assert asked["permintaan"] not in asked["alamat"] + str(kept)
    assert kept.body["verifier"] not in asked["alamat"]


def test_without_a_provider_there_is_none(settings: Settings) -> None:
    bootstrap.migrate(settings)
    app = bootstrap.build(settings)
    answer = create(app).test_client().post("/v1/masuk/oidc")

    assert (answer.status_code, _slug(answer)) == (404, "tidak-ditemukan")
    app.close()


def test_a_provider_that_is_away_is_said_in_plain_words(client: FlaskClient, city: Penyedia) -> None:
    city.__exit__()
    answer = client.post("/v1/masuk/oidc")
    city.__enter__()

    assert (answer.status_code, _slug(answer)) == (503, "layanan-tidak-tersedia")


def test_a_provider_over_the_open_network_needs_tls() -> None:
    with pytest.raises(ValueError):
        Provider(Client(issuer="http://masuk.example", id="a", secret="b", redirect="https://c.example"))


def test_after_the_city_s_sign_in_deciding_still_asks(
    client: FlaskClient, city: Penyedia, bound: Any, time: Any
) -> None:
    bound("lurah.depok", SUB)
    headers = {"Authorization": f"Bearer {_sign_in(client, city).get_json()['token']}"}
    ids = ["0199-tugas-a"]

    assert client.post("/v1/masuk/konfirmasi", json={"ids": ids}, headers=headers).status_code == 401
    code = totp.code(TOTP, int(time().timestamp()) // totp.STEP)
    assert (
        client.post("/v1/masuk/konfirmasi", json={"ids": ids, "totp": code}, headers=headers).status_code
        == 200
    )
