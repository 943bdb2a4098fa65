"""The agenda at the counter: numbers booked for an outage, written up, made void, and the year's end (R5)."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.ids import new_id
from dokumen.check import check
from support.neighbours import OFFICE, bearer
from support.ruang_surat import KECAMATAN, Ruang

AGENDA = f"/v1/agenda/{OFFICE}"
LUAR = {"klasifikasi": "400.12.2.1", "tanggal": "2026-01-14", "perihal": "Undangan rapat RW"}


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def pesan(ruang: Ruang, jumlah: int = 1, *, kunci: str = "", **lain: Any) -> TestResponse:
    headers = {**ruang.petugas(), "Idempotency-Key": kunci or new_id()}
    return ruang.client.post(f"{AGENDA}/pesan", json={"jumlah": jumlah, **lain}, headers=headers)


def buku(ruang: Ruang, tahun: int = 2026, **saring: str) -> list[dict[str, Any]]:
    """The whole agenda, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = ""
    query = "&".join(f"{name}={value}" for name, value in saring.items())
    while True:
        page = body(
            ruang.get(
                f"/v1/agenda?kantor={OFFICE}&tahun={tahun}&batas=2&{query}&cursor={cursor}", ruang.petugas()
            )
        )
        rows += page["agenda"]
        if not (cursor := page["cursor"]):
            return rows


def test_a_block_booked_for_an_outage_is_written_up_or_made_void_and_letters_go_on(ruang: Ruang) -> None:
    ruang.acuan()
    ruang.terbit()
    block = body(pesan(ruang, 3, alasan="pemadaman"))["nomor"]
    assert [row["urut"] for row in block] == [2, 3, 4]
    ruang.terbit()

    noted = ruang.post(f"{AGENDA}/2026/umum/2/catat", ruang.petugas(), LUAR)
    assert body(noted)["nomor"] == "400.12.2.1/0002/01.1006/I/2026"
    void = ruang.post(f"{AGENDA}/2026/umum/4/batal", ruang.petugas(), {"alasan": "tidak_terpakai"})
    assert body(void)["status"] == "batal"

    rows = buku(ruang)
    assert [(r["urut"], r["status"], r["dicatat"], r["alasan"]) for r in rows] == [
        (1, "surat", False, None),
        (2, "dipesan", True, "pemadaman"),
        (3, "dipesan", False, "pemadaman"),
        (4, "batal", False, "tidak_terpakai"),
        (5, "surat", False, None),
    ]
    assert rows[0]["surat"]
    assert rows[1]["surat"] is None
    assert rows[1]["perihal"] == "Undangan rapat RW"
    assert [r["urut"] for r in buku(ruang, belum_dicatat="true")] == [3]
    assert [r["urut"] for r in buku(ruang, status="surat")] == [1, 5]
    assert check(ruang.app)["wrong"] == []


def test_a_repeated_booking_finds_its_numbers_and_another_wish_under_its_key_is_refused(ruang: Ruang) -> None:
    ruang.acuan()
    first, again = pesan(ruang, 2, kunci="pesan-pagi-ini"), pesan(ruang, 2, kunci="pesan-pagi-ini")
    assert [r["urut"] for r in body(first)["nomor"]] == [r["urut"] for r in body(again)["nomor"]] == [1, 2]
    assert pesan(ruang, 5, kunci="pesan-pagi-ini").status_code == 422
    assert [r["urut"] for r in buku(ruang)] == [1, 2]


def test_bookings_and_letters_at_once_leave_no_hole(ruang: Ruang) -> None:
    ruang.acuan()
    with ThreadPoolExecutor(4) as pool:
        booked = [pool.submit(pesan, ruang, 5) for _ in range(4)]
        for _ in range(3):
            ruang.setujui()
        assert all(answer.result().status_code == 201 for answer in booked)
    ruang.quiet()

    assert [row["urut"] for row in buku(ruang)] == list(range(1, 24))
    assert check(ruang.app)["wrong"] == []


def test_an_entry_fits_its_register_and_holds_no_identity_number(ruang: Ruang) -> None:
    ruang.acuan(seri_nomor="per_klasifikasi", nomor_awal_seri={"400.12.2.1": 30})
    assert slug(pesan(ruang)) == "agenda-salah"
    [row] = body(pesan(ruang, klasifikasi="400.12.2.1"))["nomor"]
    assert (row["seri"], row["urut"]) == ("400.12.2.1", 30)
    path = f"{AGENDA}/2026/400.12.2.1/30/catat"
    for wrong in (
        {"klasifikasi": "300"},
        {"tanggal": "2025-12-31"},
        {"tanggal": "2026-01-16"},
        {"perihal": "Pengantar 3276 0112 0395 9001"},
    ):
        assert slug(ruang.post(path, ruang.petugas(), LUAR | wrong)) == "agenda-salah"
    assert ruang.post(path, ruang.petugas(), LUAR).status_code == 200
    corrected = ruang.post(path, ruang.petugas(), LUAR | {"perihal": "Undangan rapat RW 03"})
    assert body(corrected)["perihal"] == "Undangan rapat RW 03"
    [line] = ruang.app.documents.find("nomor", {"scope": OFFICE})
    assert [past["perihal"] for past in line.body["riwayat"]] == ["Undangan rapat RW"]
    assert (
        slug(ruang.post(f"{AGENDA}/2026/400.12.2.1/30/batal", ruang.petugas(), {"alasan": "salah"}))
        == "agenda-salah"
    )


def test_a_letter_s_number_is_neither_written_up_nor_made_void_here(ruang: Ruang) -> None:
    ruang.acuan()
    ruang.terbit()
    for act, asked in (("catat", LUAR), ("batal", {"alasan": "salah"})):
        assert slug(ruang.post(f"{AGENDA}/2026/umum/1/{act}", ruang.petugas(), asked)) == "agenda-salah"
    assert ruang.post(f"{AGENDA}/2026/umum/9/batal", ruang.petugas(), {"alasan": "salah"}).status_code == 404


def test_each_office_keeps_its_own_register(ruang: Ruang) -> None:
    ruang.acuan()
    lowly = ruang.petugas("petugas_loket_kecamatan", KECAMATAN)
    assert ruang.post(f"/v1/agenda/{KECAMATAN}/pesan", lowly, {}).status_code == 201
    assert ruang.post(f"{AGENDA}/pesan", lowly, {}).status_code == 403
    assert ruang.post(f"/v1/agenda/{KECAMATAN}/pesan", ruang.petugas(), {}).status_code == 403
    assert ruang.post(f"{AGENDA}/pesan", ruang.petugas(kode="3276051004"), {}).status_code == 403
    assert ruang.post(f"{AGENDA}/pesan", ruang.petugas("lurah"), {}).status_code == 403
    above = bearer(ruang.settings, sub="admin.kec", peran="admin_kecamatan", wilayah=[KECAMATAN])
    assert ruang.post(f"{AGENDA}/pesan", above, {}).status_code == 201


def test_booked_numbers_belong_to_the_year_of_the_office_clock(ruang: Ruang) -> None:
    ruang.acuan(nomor_awal=41)
    ruang.jam("2026-12-31T16:59:00+00:00")
    assert [r["urut"] for r in body(pesan(ruang, 2))["nomor"]] == [41, 42]
    ruang.jam("2026-12-31T17:01:00+00:00")
    assert [(r["tahun"], r["urut"]) for r in body(pesan(ruang, 2))["nomor"]] == [(2027, 1), (2027, 2)]
    # What the outage of the old year used is written up in the new one.
    old = LUAR | {"tanggal": "2026-12-31"}
    assert ruang.post(f"{AGENDA}/2026/umum/41/catat", ruang.petugas(), old).status_code == 200
    assert slug(ruang.post(f"{AGENDA}/2027/umum/1/catat", ruang.petugas(), old)) == "agenda-salah"
    assert check(ruang.app)["wrong"] == []


@pytest.mark.parametrize("setting", ["per_klasifikasi", "per_kantor"])
def test_a_changed_setting_waits_for_the_new_year(ruang: Ruang, setting: str) -> None:
    before = {"per_klasifikasi": "per_kantor", "per_kantor": "per_klasifikasi"}[setting]
    ruang.acuan(seri_nomor=before)
    ruang.terbit()
    ruang.acuan(seri_nomor=setting)
    ruang.terbit()
    ruang.jam("2026-12-31T17:01:00+00:00")
    ruang.terbit()

    series = {"per_kantor": "umum", "per_klasifikasi": "400.12.2.1"}
    assert [(r["seri"], r["urut"]) for r in buku(ruang)] == [(series[before], 1), (series[before], 2)]
    assert [(r["seri"], r["urut"]) for r in buku(ruang, 2027)] == [(series[setting], 1)]
    assert check(ruang.app)["wrong"] == []
