"""The signer's day (R12): the order of the inbox, several decisions at once, notes to the next."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from chassis.ids import new_id
from persetujuan.domain.kasus import Ditunggu
from persetujuan.domain.keadaan import from_state, to_state
from support.meja import AKUN, Meja
from support.neighbours import OFFICE


def _kirim(meja: Meja, peran: str, path: str, body: dict[str, Any], **headers: str) -> TestResponse:
    known = meja._caller(peran) | {"Idempotency-Key": new_id()}
    return meja.client.post(path, json=body, headers=known | headers)


def _tunggu(meja: Meja, id: str, menunggu: bool = True) -> TestResponse:
    body = {"permohonan": id, "menunggu_di_loket": menunggu}
    return _kirim(meja, "petugas_loket", "/v1/tugas/ditunggu", body)


def _massal(meja: Meja, peran: str, ids: list[str], keputusan: str, **headers: str) -> TestResponse:
    body = {"ids": ids, "keputusan": keputusan}
    return _kirim(meja, peran, "/v1/keputusan-massal", body, **headers)


def _tiba(meja: Meja, waktu: str) -> str:
    id = new_id()
    meja.pribadi(id)
    meja.lengkap(id, waktu=waktu)
    meja.quiet()
    return id


def _tugas(meja: Meja, id: str) -> str:
    return str(meja.kasus(id)["terbuka"]["id"])


def test_who_waits_at_the_counter_comes_first_then_late_ones_then_by_due_time(meja: Meja) -> None:
    last = _tiba(meja, "2026-01-20T03:00:00.000Z")
    soon = _tiba(meja, "2026-01-14T03:00:00.000Z")
    late = _tiba(meja, "2026-01-12T03:00:00.000Z")
    assert _tunggu(meja, last).status_code == 200

    rows = meja.kotak("kasi")

    assert [row["permohonan"] for row in rows] == [last, late, soon]
    assert [row["menunggu_di_loket"] for row in rows] == [True, False, False]
    assert [row["terlambat"] for row in rows] == [False, True, False]


def test_the_order_holds_over_pages(meja: Meja) -> None:
    ids = [_tiba(meja, f"2026-01-{day}T03:00:00.000Z") for day in (12, 13, 14)]
    _tunggu(meja, ids[2])

    seen, cursor = [], ""
    for _ in range(3):
        page = meja.get("kasi", f"/v1/tugas?batas=1{cursor}").json or {}
        seen += [row["permohonan"] for row in page["tugas"]]
        cursor = f"&cursor={page['cursor']}"

    assert seen == [ids[2], ids[0], ids[1]]


def test_that_somebody_waits_is_told_once_and_follows_the_case(meja: Meja) -> None:
    id = meja.mulai()
    _tunggu(meja, id)
    _tunggu(meja, id)
    meja.jalan(id, ("kasi", "paraf"))
    meja.quiet()

    topic = meja.app.contracts.families["peristiwa"].topic(OFFICE).name
    said = meja.near.heard(topic, "persetujuan", id)
    assert [e.name for e in said].count("tugas.ditunggu") == 1
    assert (said[-1].name, (said[-1].data or {})["ditunggu"]) == ("tugas.dibuat", True)
    assert meja.kotak("lurah")[0]["menunggu_di_loket"]


def _sejak(meja: Meja, id: str) -> dict[str, Any]:
    return dict(meja.get("petugas_loket", f"/v1/tugas/ditunggu?permohonan={id}").json or {})


def test_the_counter_reads_who_said_first_that_somebody_waits_and_takes_it_back(meja: Meja) -> None:
    id = meja.mulai()
    none = {"permohonan": id, "menunggu_di_loket": False, "menunggu_sejak": None, "oleh": None, "bisa": True}
    assert _sejak(meja, id) == none
    _tunggu(meja, id)
    _kirim(
        meja, "petugas_loket_kecamatan", "/v1/tugas/ditunggu", {"permohonan": id, "menunggu_di_loket": True}
    )

    told = _sejak(meja, id)

    assert (told["menunggu_di_loket"], told["oleh"]) == (True, meja.kasus(id)["ditunggu"]["oleh"])
    assert told["menunggu_sejak"].startswith("2026-01-15T03:")
    assert meja.kotak("kasi")[0]["menunggu_sejak"] == told["menunggu_sejak"]
    _tunggu(meja, id, menunggu=False)
    assert _sejak(meja, id) == none


def test_once_decided_nobody_can_be_said_to_wait(meja: Meja) -> None:
    id = meja.mulai()
    _tunggu(meja, id)
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))

    told = _sejak(meja, id)

    assert (told["menunggu_di_loket"], told["bisa"]) == (False, False)
    assert meja.get("petugas_loket", f"/v1/tugas/ditunggu?permohonan={new_id()}").status_code == 404
    assert meja.get("petugas_loket", "/v1/tugas/ditunggu?permohonan=x").status_code == 422


def test_a_mark_of_an_older_release_still_counts(meja: Meja) -> None:
    old = to_state(from_state(meja.kasus(meja.mulai()))) | {"ditunggu": True}

    assert from_state(old).ditunggu == Ditunggu()
    assert to_state(from_state(old))["terbuka"]["urut"].startswith("0 ")


def test_who_has_left_waits_no_longer(meja: Meja) -> None:
    id = meja.mulai()
    _tunggu(meja, id)

    assert _tunggu(meja, id, menunggu=False).status_code == 200
    assert not meja.kotak("kasi")[0]["menunggu_di_loket"]


def test_nobody_waits_for_an_official_who_has_nothing_to_decide(meja: Meja) -> None:
    id = meja.mulai()
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))

    assert _tunggu(meja, id).status_code == 409
    assert _tunggu(meja, new_id()).status_code == 404


def test_one_confirmation_approves_several_cases(meja: Meja) -> None:
    ids = [meja.mulai() for _ in range(3)]
    for id in ids:
        meja.jalan(id, ("kasi", "paraf"))
    tasks = [_tugas(meja, id) for id in ids]

    done = _massal(meja, "lurah", tasks, "setuju", **{"X-Konfirmasi": meja.konfirmasi(AKUN["lurah"], *tasks)})

    assert done.status_code == 200, done.text
    assert done.json is not None
    assert (done.json["selesai"], done.json["gagal"]) == (3, 0)
    assert [row["permohonan"] for row in done.json["hasil"]] == ids
    assert {meja.kasus(id)["tahap"] for id in ids} == {"disetujui"}


def test_a_confirmation_for_other_ids_approves_nothing(meja: Meja) -> None:
    ids = [meja.mulai() for _ in range(2)]
    for id in ids:
        meja.jalan(id, ("kasi", "paraf"))
    tasks = [_tugas(meja, id) for id in ids]

    done = _massal(
        meja, "lurah", tasks, "setuju", **{"X-Konfirmasi": meja.konfirmasi(AKUN["lurah"], tasks[0])}
    )

    assert [row["slug"] for row in (done.json or {})["hasil"]] == ["konfirmasi-wajib"] * 2
    assert {meja.kasus(id)["tahap"] for id in ids} == {"berjalan"}


def test_what_is_refused_is_reported_and_unchanged_and_the_others_are_done(meja: Meja) -> None:
    mine, decided = meja.mulai(), meja.mulai()
    tasks = [_tugas(meja, decided), _tugas(meja, mine), new_id()]
    meja.jalan(decided, ("kasi", "paraf"))
    before = meja.kasus(decided)

    done = _massal(meja, "kasi", tasks, "paraf").json or {}

    assert (done["selesai"], done["gagal"]) == (1, 2)
    assert [row["status"] for row in done["hasil"]] == ["gagal", "selesai", "gagal"]
    assert [row["slug"] for row in done["hasil"]] == ["tugas-sudah-diputus", None, "tidak-ditemukan"]
    assert done["hasil"][0]["alasan"].startswith("Tugas ini sudah diputus")
    assert meja.kasus(decided) == before
    assert meja.kasus(mine)["terbuka"]["peran"] == "lurah"


def test_a_repeated_bulk_decision_is_decided_once(meja: Meja) -> None:
    tasks = [_tugas(meja, meja.mulai()) for _ in range(2)]

    first = _massal(meja, "kasi", tasks, "paraf", **{"Idempotency-Key": "massal-0001"})
    again = _massal(meja, "kasi", tasks, "paraf", **{"Idempotency-Key": "massal-0001"})

    assert first.json == again.json
    assert (again.json or {})["selesai"] == 2


def test_more_than_fifty_or_one_twice_is_refused(meja: Meja) -> None:
    one = new_id()

    assert _massal(meja, "kasi", [new_id() for _ in range(51)], "paraf").status_code == 422
    assert _massal(meja, "kasi", [one, one], "paraf").status_code == 422
    assert _massal(meja, "kasi", [one], "tolak").status_code == 422


def test_a_note_reaches_the_next_official_and_no_event(meja: Meja) -> None:
    id = meja.mulai()
    body = {"teks": "RT sudah saya telepon, alamatnya benar."}

    done = _kirim(meja, "kasi", f"/v1/tugas/{_tugas(meja, id)}/catatan", body)
    meja.jalan(id, ("kasi", "paraf"))
    meja.quiet()

    assert done.status_code == 201, done.text
    (note,) = (meja.get("lurah", f"/v1/tugas/{_tugas(meja, id)}").json or {})["catatan"]
    assert (note["peran"], note["teks"]) == ("kasi", body["teks"])
    for family in ("peristiwa", "pribadi"):
        topic = meja.app.contracts.families[family].topic(OFFICE).name
        assert "telepon" not in str([e.data for e in meja.near.heard(topic, "persetujuan", id)])


def test_only_who_decides_now_leaves_a_note(meja: Meja) -> None:
    task = _tugas(meja, meja.mulai())

    assert _kirim(meja, "lurah", f"/v1/tugas/{task}/catatan", {"teks": "Cepat."}).status_code == 403
    meja.putus("kasi", task)
    assert _kirim(meja, "kasi", f"/v1/tugas/{task}/catatan", {"teks": "Lupa."}).status_code == 409


def test_notes_are_forgotten_with_the_personal_half(meja: Meja) -> None:
    id = meja.mulai()
    _kirim(meja, "kasi", f"/v1/tugas/{_tugas(meja, id)}/catatan", {"teks": "Alamat benar."})

    meja.near.say("pengajuan", id, ("pemohon.dibagikan", None))
    meja.quiet()

    assert "catatan" not in meja.kasus(id)


def test_a_waiting_resident_is_no_reason_to_skip_a_demand(meja: Meja) -> None:
    id = meja.mulai()
    _tunggu(meja, id)

    assert meja.putus("lurah", _tugas(meja, id), "setuju").status_code == 403
