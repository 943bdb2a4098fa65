"""A counter's queue holds what its clerk may check, and all of it: each case's own `tindakan` says the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.aggregate import Cause, Decision
from chassis.ids import new_id
from support.loket import KODE, Layanan

KECAMATAN, LAIN = KODE[:6], "3276011008"
NIK = "3276011203959001"


@pytest.fixture
def kasus(layanan: Layanan) -> list[str]:
    """Eight cases to be checked, by turns of a kelurahan's service, the kecamatan's own, and one's own case."""
    made = []
    for n in range(8):
        id = str(layanan.ajukan()["id"])
        found = layanan.app.lingkup.permohonan.read(KODE, id)
        assert found is not None
        assert found.state is not None
        above = {"layanan": "DISP_NIKAH", "versi_layanan": 1} if n % 2 else {}
        own = [{**found.state["subjek"][0], "nik": NIK}] if n in (2, 3) else found.state["subjek"]
        ready = Decision({**found.state, "status": "diperiksa", "subjek": own, **above}, ())
        layanan.app.lingkup.permohonan.update(KODE, id, lambda *_, d=ready: d, Cause.command(new_id()))
        made.append(id)
    return made


def _siapa(layanan: Layanan) -> dict[str, dict[str, str]]:
    mine = layanan.samaran("nik", NIK)
    return {
        "kelurahan": layanan.loket(nik_h=mine),
        "another kelurahan": layanan.loket("loket.lain", LAIN, nik_h=mine),
        "kecamatan": layanan.token("k", "petugas_loket_kecamatan", wilayah=[KECAMATAN], nik_h=mine),
    }


def _boleh(layanan: Layanan, ids: list[str], who: dict[str, str]) -> list[str]:
    seen = {id: layanan.get(f"/v1/permohonan/{id}", who).get_json() for id in ids}
    return [id for id in ids if "periksa" in (seen[id].get("tindakan") or ())]


def _antrean(layanan: Layanan, who: dict[str, str], query: str = "") -> list[str]:
    """All pages."""
    found, cursor = [], ""
    while True:
        page: dict[str, Any] = layanan.get(
            f"/v1/permohonan?loket=true&batas=2{query}{cursor}", who
        ).get_json()
        found += [k["id"] for k in page["isi"]]
        if not page["cursor"]:
            return found
        cursor = f"&cursor={page['cursor']}"


def test_each_counter_lists_what_it_may_check_and_nothing_else(layanan: Layanan, kasus: list[str]) -> None:
    wanted = {
        "kelurahan": kasus[0:1] + kasus[4::2],
        "another kelurahan": [],
        "kecamatan": kasus[1:2] + kasus[5::2],
    }
    for name, who in _siapa(layanan).items():
        assert _antrean(layanan, who) == wanted[name] == _boleh(layanan, kasus, who), name
    assert _antrean(layanan, _siapa(layanan)["kelurahan"], "&status=terbit") == []


def test_the_kecamatan_lists_a_closed_kelurahans_cases_too(layanan: Layanan, kasus: list[str]) -> None:
    path, today = f"/v1/kantor/{KODE}", datetime.now(UTC).date().isoformat()
    admin = layanan.token("adm", "admin_kantor", wilayah=[KODE])
    told = {"tutup": {"dari": today, "sampai": "2999-12-31", "alasan": "Listrik padam"}}
    headers = {**admin, "If-Match": layanan.client.get(path).headers["ETag"]}
    assert layanan.client.patch(path, json=told, headers=headers).status_code == 200
    who = _siapa(layanan)["kecamatan"]

    listed = _antrean(layanan, who)

    assert listed == _boleh(layanan, kasus, who)
    assert set(listed) == {*kasus} - {*kasus[2:4]}


def test_who_looks_for_a_case_still_finds_another_counters(layanan: Layanan, kasus: list[str]) -> None:
    found = layanan.get("/v1/permohonan?status=diperiksa", _siapa(layanan)["kecamatan"]).get_json()["isi"]

    assert [k["id"] for k in found] == kasus


def test_an_official_has_no_counter_and_nobody_lists_drafts(layanan: Layanan, kasus: list[str]) -> None:
    lurah = layanan.token("lurah.depok", "lurah", wilayah=[KODE])

    assert _antrean(layanan, lurah) == []
    assert layanan.get("/v1/permohonan?loket=true&status=draf", layanan.loket()).status_code == 403
