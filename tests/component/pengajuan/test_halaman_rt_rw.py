"""The pages around a confirmation by RT and RW, over the real pages and the real service."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.ids import new_id
from pengajuan.domain.pengantar import Keadaan
from pengajuan.entrypoints.http.application import flask_app
from support.halaman_depan import halaman
from support.loket import KODE, Layanan, permohonan
from support.rt_rw import nyalakan, tautan


@pytest.fixture
def kantor(layanan: Layanan) -> Layanan:
    return nyalakan(layanan)


def test_rt_answers_without_an_account_and_a_used_link_says_so(kantor: Layanan, tmp_path: Path) -> None:
    id = str(kantor.ajukan()["id"])
    assert kantor.post(f"/v1/permohonan/{id}/pengantar", kantor.warga()).status_code == 200
    path = f"/rt-rw/{tautan(kantor, id, 1)}"
    nobody = {"bearer": "", "akun": "", "peran": "", "wilayah": ""}
    with halaman(flask_app(kantor.app), tmp_path, **nobody) as layar:
        with layar.session_transaction() as session:
            session.clear()
        page = layar.get(path).text
        assert all(word in page for word in ("Sari Contohwati", "RT 003 RW 008", "Surat Keterangan Domisili"))
        assert "3276015203959001" not in page
        assert layar.post(path, data={"kunci": new_id()}).status_code == 422

        sent = layar.post(path, data={"jawaban": "benar", "kunci": new_id()})
        assert (sent.status_code, "Jawaban tercatat" in sent.text) == (200, True)
        again = layar.get(path)
        assert (again.status_code, "Tautan ini tidak berlaku" in again.text) == (404, True)
    assert kantor.kasus(id)["pengantar"]["keadaan"] == Keadaan.MENUNGGU_RW.value


def test_a_resident_asks_on_the_page_that_wants_the_number_of_the_paper(
    kantor: Layanan, tmp_path: Path
) -> None:
    answers = {k: v for k, v in permohonan()["jawaban"].items() if not k.startswith("pengantar_")}
    draft = kantor.post(
        "/v1/permohonan",
        kantor.warga(),
        {"layanan": "SKDOM", "kantor": KODE, "jawaban": answers, "hubungan": "diri_sendiri"},
    ).get_json()
    who = {"bearer": kantor.warga()["Authorization"], "akun": "w-1", "peran": "warga", "wilayah": ""}
    with halaman(flask_app(kantor.app), tmp_path, **who) as layar:
        pages = [layar.get(f"/permohonan/{draft['id']}/isi/{n}") for n in range(1, 9)]
        ke = next(n for n, page in enumerate(pages, 1) if "minta konfirmasi RT/RW" in page.text)
        etag = kantor.get(f"/v1/permohonan/{draft['id']}", kantor.warga()).headers["ETag"]
        given = {**answers, "etag": etag, "kunci": new_id(), "pengantar": "ya"}

        saved = layar.post(f"/permohonan/{draft['id']}/isi/{ke}", data=given)

        assert saved.status_code == 303, saved.text
        assert "boleh dikosongkan" in layar.get(f"/permohonan/{draft['id']}/isi/{ke}").text
        back = layar.post(f"/permohonan/{draft['id']}/pengantar", data={"kunci": new_id(), "minta": "tidak"})
        assert back.status_code == 303
    mine = kantor.get(f"/v1/permohonan/{draft['id']}", kantor.warga()).get_json()
    assert (mine["pengantar"]["keadaan"], mine["pengantar"]["boleh_minta"]) == (None, True)


def test_the_counter_keeps_the_register_and_sees_how_a_confirmation_stands(
    kantor: Layanan, tmp_path: Path
) -> None:
    id = str(kantor.ajukan()["id"])
    kantor.post(f"/v1/permohonan/{id}/pengantar", kantor.warga())
    clerk = {"bearer": kantor.loket()["Authorization"], "akun": "loket.depok", "peran": "petugas_loket"}
    with halaman(flask_app(kantor.app), tmp_path, wilayah=KODE, **clerk) as layar:
        assert "Ketua Contoh 003" in layar.get("/loket/rt-rw").text
        new = {"rw": "9", "rt": "1", "nama": "Ketua Baru", "telepon": "0812"}
        wrong = layar.post("/loket/rt-rw", data={**new, "kunci": new_id()})
        assert (wrong.status_code, "Ketua Baru" in wrong.text) == (422, True)
        right = {**new, "telepon": "0812 5550 0109", "kunci": new_id()}
        assert layar.post("/loket/rt-rw", data=right).status_code == 303
        assert "RT 001 RW 009" in layar.get("/loket/rt-rw").text
        assert layar.post("/loket/rt-rw/rw009-rt001/hapus", data={"kunci": new_id()}).status_code == 303
        assert "RT 001 RW 009" not in layar.get("/loket/rt-rw").text
