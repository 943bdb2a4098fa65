"""What happens by itself: office time for the resident's days, real time for erasing drafts."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from support import jam
from support.loket import KODE, Layanan, loops, permohonan
from support.waiting import running, until


def test_a_case_nobody_completes_expires_by_office_time(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]
    until(lambda: layanan.told(id))

    office_time(layanan, days=13)
    assert layanan.kasus(id)["status"] == "menunggu_berkas"
    office_time(layanan, days=15)

    until(lambda: layanan.kasus(id)["tampilan"] == "Kedaluwarsa")
    until(lambda: layanan.told(id)[-1:] == ["permohonan.ditutup"])


def test_a_draft_is_erased_by_real_time_only(layanan: Layanan) -> None:
    made = layanan.post("/v1/permohonan", layanan.warga(), permohonan()).get_json()
    path = f"/v1/permohonan/{made['id']}"
    office_time(layanan, days=60)
    with running(*loops(layanan)):
        filed = layanan.ajukan(layanan.warga("w-2"))["id"]
        until(lambda: layanan.told(filed))
        assert layanan.get(path, layanan.warga()).status_code == 200

        layanan.app.clock.real = lambda: datetime.now(UTC) + timedelta(days=15)
        until(lambda: layanan.get(path, layanan.warga()).status_code == 404)

    doc = layanan.app.documents.get("permohonan", KODE, made["id"])
    assert doc is not None
    assert doc.body["state"] is None
    assert "Sari" not in json.dumps(doc.body)


def office_time(layanan: Layanan, *, days: int) -> None:
    jam.shift(layanan.app.clock.shift_file, seconds=days * 86400)
