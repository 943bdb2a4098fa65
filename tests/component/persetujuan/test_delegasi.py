"""Standing in for a lurah or a camat: by whom, for whom, from when to when (R12)."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from persetujuan.entrypoints.timers import claims
from support.meja import Meja
from support.neighbours import OFFICE, at
from support.waiting import running, until

ORANG = {
    "lurah.depok": ("lurah", OFFICE, "Lurah Depok"),
    "seklur.depok": ("seklur", OFFICE, "Sekretaris Kelurahan Depok"),
    "kasi.depok": ("kasi", OFFICE, "Kepala Seksi Pelayanan"),
    "sekcam.pancoranmas": ("sekcam", OFFICE[:6], "Sekretaris Kecamatan"),
    "camat.pancoranmas": ("camat", OFFICE[:6], "Camat Pancoran Mas"),
}
PLH = {
    "akun": "seklur.depok",
    "peran": "lurah",
    "kantor": OFFICE,
    "cara": "plh",
    "mulai": "2026-01-15",
    "sampai": "2026-01-16",
    "dasar": "800/12-UMUM/2026",
}
WEWENANG = {"cara": "plh", "untuk": "Lurah Depok", "peran": "lurah", "kantor": OFFICE}
SEKLUR = {"sub": "seklur.depok", "wilayah": [OFFICE]}


@pytest.fixture
def kantor(meja: Meja) -> Meja:
    """A desk whose officials are entered."""
    for akun, (peran, kode, jabatan) in ORANG.items():
        body = {"nama": "Contoh Pejabat", "jabatan": jabatan, "peran": peran, "kantor": kode}
        saved = meja.put("admin_kecamatan", f"/v1/pejabat/{akun}", body, **{"If-None-Match": "*"})
        assert saved.status_code == 200, saved.text
    return meja


def _tunjuk(meja: Meja, oleh: str, claims: dict[str, Any] | None = None, **fields: Any) -> Any:
    headers = meja._caller(oleh, **(claims or {})) | {"Idempotency-Key": new_id()}
    return meja.client.post("/v1/delegasi", json=PLH | fields, headers=headers)


def _sampai_lurah(meja: Meja) -> tuple[str, str]:
    """A case that waits for the lurah; its id and the task's."""
    id = meja.mulai()
    meja.jalan(id, ("kasi", "paraf"))
    return id, meja.kasus(id)["terbuka"]["id"]


def _kata(meja: Meja, akun: str) -> list[Any]:
    meja.quiet()
    return [
        (e.data or {}).get("wewenang") for e in meja.near.heard("ekelurahan.acuan.v1", "persetujuan", akun)
    ]


def _kabar(meja: Meja, id: str) -> tuple[int, str, str, bool]:
    """The newest word on an entry: its number, who entered or ended it."""
    meja.quiet()
    event = meja.near.heard("ekelurahan.acuan.v1", "persetujuan", id)[-1]
    data = event.data or {}
    return event.sequence, data["oleh"], data["oleh_peran"], data["dicabut"]


def test_who_stands_in_sees_and_decides_the_lurah_s_tasks_and_letters_will_say_so(kantor: Meja) -> None:
    id, task = _sampai_lurah(kantor)
    assert kantor.putus("seklur", task, "setuju", claims=SEKLUR).status_code == 403

    assert _tunjuk(kantor, "lurah").status_code == 201
    listed = kantor.kotak("seklur", **SEKLUR)
    done = kantor.putus("seklur", task, "setuju", claims=SEKLUR)

    assert [t["id"] for t in listed] == [task]
    assert done.status_code == 200, done.text
    kantor.quiet()
    topic = kantor.near.contracts.families["peristiwa"].topic(OFFICE).name
    said = list(kantor.near.heard(topic, "persetujuan", id))
    approved = next(e.data for e in said if e.name == "permohonan.disetujui")
    assert approved is not None
    assert [(s["peran"], s["oleh"]) for s in approved["setuju"]] == [("lurah", "seklur.depok")]
    assert _kata(kantor, "seklur.depok")[-1] == WEWENANG


def test_it_begins_and_ends_with_its_days(kantor: Meja) -> None:
    _, task = _sampai_lurah(kantor)
    assert _tunjuk(kantor, "lurah", mulai="2026-01-16", sampai="2026-01-16").status_code == 201
    clock = kantor.settings.clock()
    assert kantor.kotak("seklur", **SEKLUR) == []

    with running(claims(kantor.app).run):
        at(clock, kantor.settings.data, "2026-01-15T17:00:01+00:00")  # midnight in Jakarta
        until(lambda: _kata(kantor, "seklur.depok")[-1] == WEWENANG)
        assert [t["id"] for t in kantor.kotak("seklur", **SEKLUR)] == [task]
        at(clock, kantor.settings.data, "2026-01-16T17:00:01+00:00")
        until(lambda: _kata(kantor, "seklur.depok")[-1] is None)
    assert kantor.putus("seklur", task, "setuju", claims=SEKLUR).status_code == 403


@pytest.mark.parametrize(
    ("oleh", "claims", "fields", "status"),
    [
        ("lurah", {}, {}, 201),
        ("lurah", {}, {"cara": "an"}, 201),
        ("admin_kecamatan", {}, {}, 201),
        ("admin_kecamatan", {}, {"cara": "an"}, 403),
        ("admin_kecamatan", {"sub": "seklur.depok"}, {}, 403),
        ("admin_kecamatan", {"wilayah": ["327605"]}, {}, 403),
        ("lurah", {"wilayah": ["3276051004"]}, {}, 403),
        ("lurah", {}, {"akun": "lurah.depok"}, 403),
        ("camat", {}, {}, 403),
        ("admin_kantor", {}, {}, 403),
        ("seklur", SEKLUR, {}, 403),
        ("camat", {}, {"peran": "camat", "kantor": OFFICE[:6], "akun": "sekcam.pancoranmas"}, 201),
        ("admin_kecamatan", {}, {"peran": "camat", "kantor": OFFICE[:6], "akun": "sekcam.pancoranmas"}, 403),
        ("lurah", {}, {"sampai": "2026-01-14", "mulai": "2026-01-13"}, 409),
        ("lurah", {}, {"mulai": "2026-01-17"}, 409),
        ("lurah", {}, {"akun": "siapa.pun"}, 409),
        ("lurah", {}, {"dasar": ""}, 422),
    ],
)
def test_who_may_name_whom(
    kantor: Meja, oleh: str, claims: dict[str, Any], fields: dict[str, Any], status: int
) -> None:
    answer = _tunjuk(kantor, oleh, claims, **fields)

    assert answer.status_code == status, answer.text


def test_one_post_has_one_deputy_at_a_time(kantor: Meja) -> None:
    assert _tunjuk(kantor, "lurah").status_code == 201

    second = _tunjuk(kantor, "lurah", akun="kasi.depok", mulai="2026-01-16", sampai="2026-01-20")
    later = _tunjuk(kantor, "lurah", akun="kasi.depok", mulai="2026-01-17", sampai="2026-01-20")

    assert (second.status_code, later.status_code) == (409, 201)


def test_it_is_ended_at_once(kantor: Meja) -> None:
    _, task = _sampai_lurah(kantor)
    made = _tunjuk(kantor, "lurah").get_json()
    path = f"/v1/delegasi/seklur.depok/{made['id']}"
    assert kantor.client.delete(path, headers=kantor._caller("seklur", **SEKLUR)).status_code == 403

    assert kantor.client.delete(path, headers=kantor._caller("lurah")).status_code == 204

    assert kantor.putus("seklur", task, "setuju", claims=SEKLUR).status_code == 403
    assert _kata(kantor, "seklur.depok")[-1] is None
    listed = kantor.get("lurah", f"/v1/delegasi?kantor={OFFICE}").get_json()["delegasi"]
    assert [d["dicabut"] for d in listed] == [True]


def test_that_somebody_was_entered_or_ended_is_told_at_once_and_once(kantor: Meja) -> None:
    made = _tunjuk(kantor, "admin_kecamatan", mulai="2026-01-16").get_json()
    path = f"/v1/delegasi/seklur.depok/{made['id']}"
    assert _kabar(kantor, made["id"]) == (1, "admin_kecamatan", "admin_kecamatan", False)

    for ender in ("lurah", "admin_kecamatan"):
        assert kantor.client.delete(path, headers=kantor._caller(ender)).status_code == 204

    assert _kabar(kantor, made["id"]) == (2, "lurah.depok", "lurah", True)


def test_nobody_decides_his_own_case_as_a_deputy_either(kantor: Meja) -> None:
    _, task = _sampai_lurah(kantor)
    _tunjuk(kantor, "lurah")
    own = SEKLUR | {"nik_h": kantor.samar("nik", "3276015203959001")}

    answer = kantor.putus("seklur", task, "setuju", claims=own)

    assert (answer.status_code, answer.get_json()["type"].rsplit(":", 1)[-1]) == (403, "perkara-sendiri")


def test_the_same_request_names_nobody_twice(kantor: Meja) -> None:
    headers = kantor._caller("lurah") | {"Idempotency-Key": "kunci-delegasi-1"}
    first = kantor.client.post("/v1/delegasi", json=PLH, headers=headers)
    again = kantor.client.post("/v1/delegasi", json=PLH, headers=headers)

    assert first.get_json() == again.get_json()


def test_a_changed_record_keeps_who_stands_in(kantor: Meja) -> None:
    _tunjuk(kantor, "lurah")
    etag = f'"{kantor.app.pejabat.read("acuan", "seklur.depok").version}"'  # type: ignore[union-attr]
    body = {"nama": "Nama Baru", "jabatan": "Sekretaris", "peran": "seklur", "kantor": OFFICE}
    saved = kantor.put("admin_kecamatan", "/v1/pejabat/seklur.depok", body, **{"If-Match": etag})

    assert saved.status_code == 200, saved.text
    assert _kata(kantor, "seklur.depok")[-1] == WEWENANG
