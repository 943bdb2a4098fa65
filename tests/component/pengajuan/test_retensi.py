"""What of an application is erased by itself, by real time only (R15), and what stays to be counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pengajuan.check import check
from support import jam
from support.loket import KODE, SYARAT, WAKTU, Layanan, bersih, loops
from support.waiting import running, until


@pytest.fixture
def bekerja(layanan: Layanan) -> Iterator[Layanan]:
    with running(*loops(layanan)):
        yield layanan


def real(layanan: Layanan, *, days: float) -> None:
    layanan.app.clock.real = lambda: datetime.now(UTC) + timedelta(days=days)


def state(layanan: Layanan, id: str) -> dict[str, Any]:
    doc = layanan.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    return dict(doc.body["state"])


def erased(layanan: Layanan, id: str) -> set[str]:
    return set(state(layanan, id)["dihapus"])


def removed(layanan: Layanan, id: str) -> bool:
    """The newest record about this applicant on the personal topic has no value."""
    found = [r for r in layanan.log("pribadi") if r.headers["ce_subject"] == id]
    return found[-1].value is None


def test_a_cancelled_case_is_emptied_after_30_days(bekerja: Layanan) -> None:
    id = bekerja.ajukan()["id"]
    assert bekerja.post(f"/v1/permohonan/{id}/batal", bekerja.warga()).status_code == 200
    jam.shift(bekerja.app.clock.shift_file, seconds=900 * 86400)
    real(bekerja, days=29)
    other = bekerja.ajukan(bekerja.warga("w-2"))["id"]
    until(lambda: bekerja.told(other))
    assert "Contohwati" in json.dumps(state(bekerja, id))

    real(bekerja, days=31)
    until(lambda: erased(bekerja, id) == {"hapus_pribadi", "hapus_isi"})
    until(lambda: removed(bekerja, id), what="the snapshot removed")
    doc = bekerja.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    assert "Contohwati" not in json.dumps(doc.body)
    assert "3276015203959001" not in json.dumps(doc.body)
    shown = bekerja.get(f"/v1/permohonan/{id}", bekerja.warga())
    assert (shown.status_code, "Contohwati" in shown.text) == (200, False)
    until(lambda: not bekerja.app.documents.waiting())
    assert check(bekerja.app, bekerja.events)["wrong"] == []


def test_tracking_still_answers_when_the_person_is_forgotten(bekerja: Layanan) -> None:
    made = bekerja.ajukan()
    bekerja.post(f"/v1/permohonan/{made['id']}/batal", bekerja.warga())
    real(bekerja, days=31)
    until(lambda: "hapus_isi" in erased(bekerja, made["id"]))

    asked = {"nomor_resi": made["nomor_resi"], "rahasia": made["rahasia_resi"]}
    answer = bekerja.client.post("/v1/lacak", json=asked)
    assert (answer.status_code, answer.get_json()["tampilan"]) == (200, "Dibatalkan")


def test_a_refused_case_is_shared_for_30_days_and_kept_for_a_year(bekerja: Layanan) -> None:
    id = refused(bekerja)
    real(bekerja, days=31)
    until(lambda: erased(bekerja, id) == {"hapus_pribadi"})
    until(lambda: removed(bekerja, id), what="the snapshot removed")
    assert bekerja.kasus(id)["tampilan"] == "Ditolak"
    assert "Contohwati" in json.dumps(state(bekerja, id))

    real(bekerja, days=366)
    until(lambda: "hapus_isi" in erased(bekerja, id))
    assert "Contohwati" not in json.dumps(state(bekerja, id))
    assert [line["kode"] for line in state(bekerja, id)["riwayat"]][-1] == "ditolak"


def test_late_news_of_a_closed_case_erase_nothing_twice(bekerja: Layanan) -> None:
    id = refused(bekerja)
    real(bekerja, days=31)
    until(lambda: removed(bekerja, id), what="the snapshot removed")
    sent = len(bekerja.log("pribadi"))
    data = {"pesan": "p", "saluran": "surel", "langkah": "ditolak", "waktu": WAKTU}
    before = state(bekerja, id)["dihapus"]
    bekerja.tell("notifikasi", "pesan.terkirim", id, data)
    other = bekerja.ajukan(bekerja.warga("w-2"))["id"]
    until(lambda: bekerja.told(other))

    assert state(bekerja, id)["dihapus"] == before
    own = [r for r in bekerja.log("pribadi") if r.headers["ce_subject"] == id]
    assert len(own) == len([r for r in bekerja.log("pribadi")[:sent] if r.headers["ce_subject"] == id])


def refused(layanan: Layanan) -> str:
    """A case that persetujuan refused."""
    id = str(layanan.ajukan()["id"])
    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    assert layanan.lengkap(id).status_code == 200
    data = {"putaran": 1, "alasan": "tidak_berhak", "oleh": "lurah.depok", "waktu": WAKTU}
    layanan.tell("persetujuan", "permohonan.ditolak", id, data)
    until(lambda: layanan.kasus(id)["status"] == "ditolak")
    return id
