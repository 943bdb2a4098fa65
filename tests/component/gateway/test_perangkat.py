"""Pages about where one is signed in, and about the app that a signer needs, over a real gateway."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient

from chassis.causes import Cause, Decision
from component.gateway.conftest import Behind, Front
from gateway.bootstrap import App
from gateway.masuk import totp

KASI = {"akun": "kasi.depok", "sandi": "demo-ekelurahan"}


def _warga(page: FlaskClient, behind: Behind, email: str = "sari@warga.example") -> FlaskClient:
    page.post("/masuk", data={"nilai": email})
    answer = page.post("/masuk/kode", data={"kode": behind.codes(email)[-1]})
    assert answer.headers["Location"] == "/kasus"
    return page


def _others(page: FlaskClient) -> list[str]:
    return re.findall(r"/perangkat/([0-9a-f]{16})/akhiri", page.get("/perangkat").text)


def test_a_resident_sees_where_he_is_signed_in_and_ends_what_is_not_his(muka: Front, behind: Behind) -> None:
    mine, other = (_warga(muka(0), behind) for _ in range(2))
    shown = mine.get("/perangkat").text
    assert "Masuk dengan kode ke HP atau email (yang ini)" in shown
    assert "slip baru" in shown
    [id] = _others(mine)

    ended = mine.post(f"/perangkat/{id}/akhiri", follow_redirects=True)

    assert "Sudah diakhiri" in ended.text
    assert _others(mine) == []
    assert other.get("/perangkat").headers["Location"] == "/masuk?habis=ya"
    assert mine.post(f"/perangkat/{id}/akhiri").status_code == 303  # it was over already


def test_all_others_are_ended_at_once(muka: Front, behind: Behind, people: App) -> None:
    mine, *others = (muka(0) for _ in range(3))
    for page in (mine, *others):
        page.post("/masuk/petugas", data=KASI)
    assert len(_others(mine)) == 2

    mine.post("/perangkat/lain/akhiri")

    assert _others(mine) == []
    assert [page.get("/perangkat").status_code for page in others] == [303, 303]


def test_who_becomes_a_signer_installs_his_app_on_a_page_and_comes_in(
    muka: Front, people: App, time: Any
) -> None:
    def decide(state: Any, at: Any) -> Decision:
        return Decision({"akun": "kasi.depok", "wewenang": {"cara": "plh", "untuk": "Lurah Depok"}})

    people.rujukan.update("acuan", "pejabat.kasi.depok", decide, Cause.command("test:1"))
    page = muka(0)
    refused = page.post("/masuk/petugas", data=KASI)
    assert refused.status_code == 403
    assert "/masuk/petugas/aplikasi" in refused.text

    wrong = page.post("/masuk/petugas/aplikasi", data={**KASI, "sandi": "salah-salah"})
    assert wrong.status_code == 401
    shown = page.post("/masuk/petugas/aplikasi", data=KASI).text
    found = re.search(r"Kunci: <strong[^>]*>([A-Z2-7 ]+)<", shown)
    assert found
    code = totp.code(found[1].replace(" ", ""), int(time().timestamp()) // totp.STEP)
    assert page.post("/masuk/petugas", data={**KASI, "totp": code}).headers["Location"] == "/tugas"
    again = page.post("/masuk/petugas/aplikasi", data=KASI)
    assert again.status_code == 409
