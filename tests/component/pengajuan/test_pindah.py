"""A misfiled case moves to the right office: closed here, filed there, and both receipts lead to it (R7)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.audit import COLLECTION as AUDIT
from chassis.ports.errors import Unavailable
from ekel import cases
from ekel.stores import Stores
from pengajuan.application import langkah, pindah
from pengajuan.application.queries import satu
from pengajuan.check import check
from support.loket import KODE, SYARAT, Layanan, bersih, loops
from support.waiting import running, until

TUJUAN = "3276011008"  # Kelurahan Pancoran Mas
KURANG = {"jenis": "syarat", "kode": "KTP", "alasan": "buram"}


@pytest.fixture
def segera(monkeypatch: pytest.MonkeyPatch) -> None:
    """The promise is kept at once: nobody waits whether the request does it."""
    monkeypatch.setattr(langkah, "TENGGANG", timedelta())


def move(layanan: Layanan, id: str, kode: str = TUJUAN, **options: Any) -> TestResponse:
    who = options.pop("who", layanan.loket())
    return layanan.post(f"/v1/permohonan/{id}/pindah", who, {"kantor": kode}, **options)


def there(layanan: Layanan, id: str) -> dict[str, Any]:
    """The case as the clerk of the right office sees it."""
    return dict(layanan.get(f"/v1/permohonan/{id}", layanan.loket("loket.pm", TUJUAN)).get_json())


def papers(layanan: Layanan, id: str, *, kode: str = KODE) -> None:
    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat), kode=kode)


def slug(answer: TestResponse) -> str:
    return str(answer.get_json()["type"].rsplit(":", 1)[1])


def track(layanan: Layanan, nomor: str, rahasia: str) -> dict[str, Any]:
    asked = {"nomor_resi": nomor, "rahasia": rahasia}
    return dict(layanan.client.post("/v1/lacak", json=asked).get_json())


def test_a_misfiled_case_ends_here_and_goes_on_at_the_right_office(layanan: Layanan, pekerja: None) -> None:
    made = layanan.ajukan()
    papers(layanan, made["id"])
    until(lambda: layanan.kasus(made["id"])["status"] == "diperiksa")

    done = move(layanan, made["id"])
    old = done.get_json()
    new = there(layanan, old["pindah_ke"]["id"])

    assert (done.status_code, old["status"], old["izin_unggah"]) == (200, "dipindah", None), done.text
    assert old["pindah_ke"]["kantor"]["nama"] == "Kelurahan Pancoran Mas, Kecamatan Pancoran Mas"
    assert old["pindah_ke"]["nomor_resi"] == new["nomor_resi"]
    assert (new["kantor"]["kode"], new["status"], new["putaran"]) == (TUJUAN, "menunggu_berkas", 1)
    assert new["pindah_dari"]["nomor_resi"] == made["nomor_resi"]
    kept = ("jawaban", "pemohon", "subjek", "hubungan", "kanal", "layanan")
    assert {name: new[name] for name in kept} == {name: made[name] for name in kept}
    assert new["izin_unggah"]
    papers(layanan, new["id"], kode=TUJUAN)
    until(lambda: there(layanan, new["id"])["status"] == "diperiksa")
    lines = [
        r["kode"]
        for r in layanan.get(f"/v1/permohonan/{new['id']}/riwayat", layanan.warga()).get_json()["isi"]
    ]
    assert lines[:2] == ["pindahan", "diajukan"]
    until(lambda: layanan.told(made["id"])[-1] == "permohonan.ditutup")
    until(lambda: check(layanan.app, layanan.events)["busy"] == [])
    assert check(layanan.app, layanan.events)["wrong"] == []


def test_the_events_of_both_halves_name_each_other(layanan: Layanan, pekerja: None) -> None:
    made = layanan.ajukan()
    new = move(layanan, made["id"]).get_json()["pindah_ke"]["id"]
    until(lambda: any(r.headers["ce_subject"] == new for r in layanan.log(kode=TUJUAN)))
    until(lambda: layanan.told(made["id"])[-1] == "permohonan.ditutup")

    closed = [r for r in layanan.log() if r.headers["ce_type"].endswith("permohonan.ditutup.v1")]
    filed = [r for r in layanan.log(kode=TUJUAN) if r.headers["ce_type"].endswith("diajukan.v1")]

    assert '"sebab":"dipindah"' in closed[0].value.decode()
    assert f'"pindah_ke":{{"kantor":"{TUJUAN}","permohonan":"{new}"}}' in closed[0].value.decode()
    assert f'"pindah_dari":{{"kantor":"{KODE}","permohonan":"{made["id"]}"}}' in filed[0].value.decode()


def test_both_receipts_and_the_secret_on_paper_lead_to_the_new_case(layanan: Layanan) -> None:
    made = layanan.ajukan()
    first = move(layanan, made["id"]).get_json()
    again = move(
        layanan, first["pindah_ke"]["id"], "3276011009", who=layanan.loket("loket.pm", TUJUAN)
    ).get_json()
    receipts = [made["nomor_resi"], first["pindah_ke"]["nomor_resi"], again["pindah_ke"]["nomor_resi"]]

    seen = [track(layanan, nomor, made["rahasia_resi"]) for nomor in receipts]

    assert {s["nomor_resi"] for s in seen} == {receipts[-1]}
    assert {s["kantor"]["kode"] for s in seen} == {"3276011009"}
    assert {s["tampilan"] for s in seen} == {"Diterima"}
    assert made["rahasia_resi"] == first["rahasia_resi"] == again["rahasia_resi"]


def test_the_resident_sees_where_it_went_and_owns_it_there(layanan: Layanan) -> None:
    made = layanan.ajukan()
    new = move(layanan, made["id"]).get_json()["pindah_ke"]["id"]

    old = layanan.get(f"/v1/permohonan/{made['id']}", layanan.warga()).get_json()
    mine = layanan.get(f"/v1/permohonan/{new}", layanan.warga())
    stranger = layanan.get(f"/v1/permohonan/{new}", layanan.warga("w-2"))

    assert (old["tampilan"], old["keterangan"]) == ("Diteruskan", ["dipindah ke kelurahan lain"])
    assert old["pindah_ke"]["id"] == new
    assert (mine.status_code, stranger.status_code) == (200, 404)


def test_both_offices_find_in_their_chains_who_moved_it(layanan: Layanan) -> None:
    made = layanan.ajukan()
    new = move(layanan, made["id"]).get_json()["pindah_ke"]["id"]

    told = [doc.body for doc in layanan.app.chain.find(AUDIT.name, {}, limit=100)]

    acts = {(t["actor"], t["action"], t["subject"]) for t in told}
    assert {("loket.depok", "pindah", made["id"]), ("loket.depok", "pindahan", new)} <= acts


def test_a_repeated_command_moves_once(layanan: Layanan) -> None:
    made = layanan.ajukan()

    once, twice = (move(layanan, made["id"], key="kunci-pindah-1").get_json() for _ in range(2))

    assert once["pindah_ke"] == twice["pindah_ke"]
    assert slug(move(layanan, made["id"])) == "status-tidak-sesuai"


def test_a_crash_between_the_two_writes_is_made_good_by_the_worker(
    layanan: Layanan, segera: None, monkeypatch: pytest.MonkeyPatch
) -> None:

    made = layanan.ajukan()
    with monkeypatch.context() as away:
        away.setattr(pindah, "datang", _away)
        assert move(layanan, made["id"]).status_code == 503
    moved = layanan.kasus(made["id"])
    assert moved["status"] == "dipindah"
    assert track(layanan, made["nomor_resi"], made["rahasia_resi"])["tampilan"] == "Diteruskan"

    with running(*loops(layanan)):
        until(lambda: there(layanan, moved["pindah_ke"]["id"]).get("status") == "menunggu_berkas")
        until(lambda: check(layanan.app, layanan.events)["busy"] == [])

    assert check(layanan.app, layanan.events)["wrong"] == []


def test_request_and_worker_may_make_the_new_case_at_the_same_moment(
    layanan: Layanan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, di = layanan.ajukan(), layanan.app.lingkup
    with monkeypatch.context() as away:
        away.setattr(pindah, "datang", _away)
        move(layanan, made["id"])
    lama = satu(di, made["id"]).kasus
    start = Barrier(6)

    def make(_: int) -> None:
        start.wait()
        pindah.datang(di, lama)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(make, range(6))) == [None] * 6
    assert lama.pindah_ke is not None
    assert there(layanan, lama.pindah_ke.permohonan)["status"] == "menunggu_berkas"


def _away(*_: object) -> None:
    raise Unavailable("between the two writes")


def test_a_returned_case_moves_and_its_list_stays_behind(layanan: Layanan, pekerja: None) -> None:
    made = layanan.ajukan()
    papers(layanan, made["id"])
    until(lambda: layanan.kasus(made["id"])["status"] == "diperiksa")
    listed = {"hasil": "kurang", "kekurangan": [KURANG]}
    assert layanan.post(f"/v1/permohonan/{made['id']}/periksa", layanan.loket(), listed).status_code == 200

    new = there(layanan, move(layanan, made["id"]).get_json()["pindah_ke"]["id"])

    assert (new["status"], new["kekurangan"], new["putaran"]) == ("menunggu_berkas", [], 1)


def test_only_the_counter_of_the_wrong_office_moves_it_and_only_to_an_active_one(layanan: Layanan) -> None:
    id = layanan.ajukan()["id"]
    own = layanan.loket(nik_h=layanan.samaran("nik", "3276015203959001"))

    assert slug(move(layanan, id, KODE)) == "pindah-kantor-sama"
    assert slug(move(layanan, id, "3276031003")) == "kantor-belum-aktif"
    assert slug(move(layanan, id, "327601")) == "isi-salah"
    assert slug(move(layanan, id, "3171011001")) == "tidak-ditemukan"
    assert slug(move(layanan, id, who=layanan.loket("loket.pm", TUJUAN))) == "dilarang"
    assert slug(move(layanan, id, who=own)) == "permohonan-sendiri"
    assert move(layanan, id, who=layanan.warga()).status_code == 403
    assert layanan.kasus(id)["status"] == "menunggu_berkas"


def test_a_complete_case_is_not_moved(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]
    papers(layanan, id)
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    assert layanan.lengkap(id).status_code == 200

    assert slug(move(layanan, id)) == "status-tidak-sesuai"


def test_a_restricted_service_moves_only_where_it_was_opened(layanan: Layanan) -> None:
    who = layanan.token("op", "operator", wilayah=["3276"])
    path = f"/v1/kantor/{KODE}"
    opened = layanan.client.put(
        f"{path}/layanan/SKU",
        json={"dibuka": True},
        headers={**who, "If-Match": layanan.client.get(path).headers["ETag"]},
    )
    assert opened.status_code == 200, opened.text
    draft = layanan.post(
        "/v1/permohonan",
        layanan.loket(),
        {"layanan": "SKU", "kantor": KODE, "pemohon": {"nama": "Tono Contoh"}},
    ).get_json()

    assert slug(move(layanan, draft["id"])) == "layanan-dibatasi"


def test_ekel_case_finds_both_halves_from_either_receipt(layanan: Layanan) -> None:
    made = layanan.ajukan()
    there = move(layanan, made["id"]).get_json()["pindah_ke"]
    app = layanan.app
    held = {"pengajuan": app.lingkup.permohonan}
    stores = Stores(
        settings=layanan.settings, contracts=app.contracts, events=None, cases=held, unreadable={}
    )

    found = [cases.find(stores, number) for number in (made["nomor_resi"], there["nomor_resi"])]

    halves = [(KODE, made["id"]), (TUJUAN, there["id"])]
    assert found == halves
    assert [cases.moved(stores, place) for place in halves] == [halves, halves]
    stayed = layanan.ajukan(layanan.warga("w-3"))["id"]
    assert cases.moved(stores, (KODE, stayed)) == [(KODE, stayed)]


def test_the_check_names_a_moved_case_of_which_nothing_arrived(layanan: Layanan, segera: None) -> None:
    made = layanan.ajukan()
    new = move(layanan, made["id"]).get_json()["pindah_ke"]["id"]
    documents = layanan.app.documents
    with running(*loops(layanan)):
        until(lambda: not documents.get("permohonan", KODE, made["id"]).body["todos"].get("pindah"))  # type: ignore[union-attr]
    doc = documents.get("permohonan", TUJUAN, new)
    assert doc is not None
    lost = {**doc.body, "state": {**doc.body["state"], "pindah_dari": None}}
    assert documents.replace("permohonan", replace(doc, rev=doc.rev + 1, body=lost), doc.rev)

    wrong = check(layanan.app, layanan.events)["wrong"]

    assert [w["id"] for w in wrong if w["invariant"] == "C3"] == [made["id"]]
