"""A kecamatan of another city joins beside a working day: by its file and by the API, down to its first letter."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from ekel.demo import people
from ekel.demo.client import Client
from gateway.masuk import totp
from support import lakon
from support.either import on_either
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
HULU, HILIR = "3271011006", "3271011007"
KOTA = {
    "kota": {"kode": "3271", "nama": "Kota Bogor"},
    "kecamatan": [
        {
            "kode": "327101",
            "nama": "Bogor Selatan",
            "kelurahan": [
                {"kode": HULU, "nama": "Contoh Hulu", "kode_unit": "01.1006", "aktif": True},
                {"kode": HILIR, "nama": "Contoh Hilir", "kode_unit": "01.1007"},
            ],
        }
    ],
}
STAFF = {
    "loket.contohhulu": ("petugas_loket", HULU, "Petugas Loket"),
    "kasi.contohhulu": ("kasi", HULU, "Kepala Seksi Pelayanan"),
    "lurah.contohhulu": ("lurah", HULU, "Lurah Contoh Hulu"),
    "sekcam.bogorselatan": ("sekcam", "327101", "Sekretaris Kecamatan"),
}


@on_either("system")
def test_a_kecamatan_of_another_city_joins_beside_a_working_day(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadPoolExecutor(1) as others:
        day = others.submit(system.demo, "--quiet")
        operator = _joined(system, tmp_path, monkeypatch)
        _switched_on(operator, HILIR)
        _staffed(operator)
        clerk, sekcam = (_signed_in(system, name) for name in ("loket.contohhulu", "sekcam.bogorselatan"))
        case = lakon.walk_in(clerk, HULU)
        lakon.decide(_signed_in(system, "kasi.contohhulu"), case, "paraf")
        lakon.decide(_lurah(system), case, "setuju")
        until(lambda: lakon.has_letter(clerk, case), what="the first letter of the new office")
        assert day.result().returncode == 0, day.result().stdout[-2000:] + day.result().stderr[-2000:]

    _is_of_its_own(system, sekcam, case)
    letter = clerk.get("/v1/surat", permohonan=case)["surat"][0]["id"]
    assert "/01.1006/" in str(clerk.get(f"/v1/surat/{letter}")["nomor"])
    assert system.ekel("access", "grant", "dinas.bogor", "--wilayah", "327101").returncode == 0
    assert system.ekel("topics", "plan").stdout.strip() == "nothing to do"
    system.check()


def _joined(system: System, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The offices by their file, and the first operator of their city."""
    file = folder / "bogor.yaml"
    file.write_text(yaml.safe_dump(KOTA))
    added = system.ekel("office", "add", str(file))
    assert (added.returncode, added.stdout) == (0, f"{HULU}: aktif\n"), added.stderr
    monkeypatch.setitem(system.environment, "EKEL_ACCOUNT_PASSWORD", people.PASSWORD)
    made = system.ekel("account", "create", "operator.bogor", "--nama", "Wira Contoh", "--wilayah", "3271")
    assert made.returncode == 0, made.stdout + made.stderr
    return _signed_in(system, "operator.bogor")


def _switched_on(operator: Client, kode: str) -> None:
    tag = operator.call("GET", f"/v1/kantor/{kode}").headers["ETag"]
    operator.call("PATCH", f"/v1/kantor/{kode}", body={"status": "aktif"}, headers={"If-Match": tag})
    until(lambda: operator.get(f"/v1/kantor/{kode}")["status"] == "aktif", what=f"{kode} active")


def _staffed(operator: Client) -> None:
    """Accounts and officials of the new offices, and an address: without one letters are held."""
    for number, (akun, (peran, kode, jabatan)) in enumerate(STAFF.items()):
        nama = f"Damar Contoh {'ABCD'[number]}"
        account = {
            "akun": akun,
            "nama": nama,
            "peran": peran,
            "wilayah": [kode],
            "sandi": people.PASSWORD,
            "nik": f"3271011203{75 + number}9{number:03}",
            "kk": f"3271011203{75 + number}95{number:02}",
        }
        operator.post("/v1/akun", account, wanted=201)
        if peran != "petugas_loket":
            official: dict[str, Any] = {
                "nama": nama,
                "nip": f"1975011520000319{number:02}",
                "pangkat": "Penata (III/c)",
                "jabatan": jabatan,
                "peran": peran,
                "kantor": kode,
            }
            operator.call("PUT", f"/v1/pejabat/{akun}", body=official, headers={"If-None-Match": "*"})
    tag = operator.call("GET", f"/v1/kantor/{HULU}").headers["ETag"]
    told = {
        "alamat": "Jalan Contoh Hulu Nomor 6",
        "kode_pos": "16131",
        "telepon": "(0251) 5550006",
        "surel": "contohhulu@bogor.example",
    }
    operator.call("PATCH", f"/v1/kantor/{HULU}", body=told, headers={"If-Match": tag})


def _lurah(system: System) -> Client:
    """With the authenticator secret he has just been given."""
    asked = {"akun": "lurah.contohhulu", "sandi": people.PASSWORD}
    anybody = Client(system.url, patience=lakon.PATIENCE)
    secret = anybody.post("/v1/masuk/petugas/totp", asked)["rahasia"]
    code = totp.code(secret, int(time.time()) // totp.STEP)
    return anybody.signed_in(anybody.post("/v1/masuk/petugas", {**asked, "totp": code})["token"])


def _is_of_its_own(system: System, sekcam: Client, case: str) -> None:
    """Stream, status and statistics of the new kecamatan tell of its offices alone; another's sees nothing of it."""
    events = sekcam.get("/v1/peristiwa", batas="200")["peristiwa"]
    assert {(e["kelurahan"], e["subject"]) for e in events} == {(HULU, case)}
    assert any("surat.diterbitkan" in e["type"] for e in events)
    assert sekcam.get("/v1/peristiwa", wilayah=HILIR)["peristiwa"] == []
    until(
        lambda: (
            [(g["kantor"], g["terbit"]) for g in sekcam.get("/v1/statistik", per="kantor")["statistik"]]
            == [(HULU, 1)]
        ),
        what="the statistics",
    )
    told = {o["kantor"]: o["aktif"] for o in sekcam.get("/v1/status")["kantor"]}
    assert told == {"327101": True, HULU: True, HILIR: True}
    other = _signed_in(system, lakon.READER)
    assert other.ask("GET", "/v1/peristiwa?wilayah=327101").status == 403
    assert other.ask("GET", f"/v1/permohonan/{case}").status in (403, 404)


def _signed_in(system: System, account: str) -> Client:
    return lakon.sign_in(system, account)
