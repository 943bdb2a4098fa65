"""The archive of an office: letters found by number, day, service and name; the book of a year as a file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from chassis.audit import COLLECTION
from dokumen.adapters.arsip import COLLECTION as INDEKS
from dokumen.check import check
from dokumen.domain.arsip import Nomor, kata, nomor
from support.neighbours import OFFICE
from support.ruang_surat import KECAMATAN, Ruang


def cari(ruang: Ruang, peran: str = "petugas_loket", kode: str = OFFICE, **query: str) -> Any:
    asked = {"kantor": OFFICE, **query}
    return ruang.client.get("/v1/arsip", query_string=asked, headers=ruang.petugas(peran, kode))


def ketemu(ruang: Ruang, **query: str) -> list[str]:
    """Cases found, through every page."""
    found: list[str] = []
    cursor = ""
    while True:
        answer = cari(ruang, **query, cursor=cursor)
        assert answer.status_code == 200, answer.text
        page = answer.get_json()
        found += [one["permohonan"] for one in page["arsip"]]
        if not (cursor := page["cursor"] or ""):
            return found


def unduh(ruang: Ruang, bentuk: str) -> bytes:
    path = f"/v1/agenda/unduh?kantor={OFFICE}&tahun=2026&bentuk={bentuk}"
    answer = ruang.client.get(path, headers=ruang.petugas(), buffered=True)
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


@pytest.fixture(scope="module")
def penuh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ruang, list[str]]]:
    """Three letters in January and February: two of Sari, one of Budi, who needs a certificate of poverty.

    One room for all tests: who changes something puts it right again.
    """
    with Ruang(tmp_path_factory.mktemp("arsip")) as ruang:
        ruang.acuan()
        one = ruang.setujui(nama="Sari Ayu Contohwati")
        ruang.jam("2026-02-02T03:00:00+00:00")
        two = ruang.setujui("SKTM", nama="Budi Contohnugroho, S.Pd.")
        three = ruang.setujui(nama="Sari Dewi")
        yield ruang, [one, two, three]


def test_letters_are_found_by_name_number_day_and_service(penuh: tuple[Ruang, list[str]]) -> None:
    ruang, [one, two, three] = penuh

    assert ketemu(ruang) == [three, two, one]
    assert ketemu(ruang, batas="1") == [three, two, one]
    for typed, wanted in (
        ("sari", [three, one]),
        ("  DEWI,  sari ", [three]),
        ("Contohnugroho", [two]),
        ("budi sari", []),
        ("sar", []),
    ):
        assert ketemu(ruang, nama=typed) == wanted, typed
    assert ketemu(ruang, nama="sari", batas="1") == [three, one]
    assert ketemu(ruang, dari="2026-02-01") == [three, two]
    assert ketemu(ruang, sampai="2026-01-31") == [one]
    assert ketemu(ruang, layanan="SKTM") == [two]
    assert ketemu(ruang, nama="sari", dari="2026-02-01") == [three]
    for typed in ("1", "0001", "1/2026", "400.12.2.1/0001/01.1006/I/2026"):
        assert ketemu(ruang, nomor=typed) == [one], typed
    assert ketemu(ruang, nomor="1/2025") == []
    assert ketemu(ruang, nomor="300/0001") == []
    assert ketemu(ruang, nama="sari", nomor="1") == [one]
    assert check(ruang.app)["wrong"] == []


def test_what_is_found_masks_the_name_and_says_what_the_letter_is(penuh: tuple[Ruang, list[str]]) -> None:
    ruang, [one, *_] = penuh
    [found] = cari(ruang, nama="ayu").get_json()["arsip"]

    assert (found["permohonan"], found["kantor"], found["layanan"]) == (one, OFFICE, "SKDOM")
    assert found["nama"] == "S*** A** C*********"
    assert found["nomor"] == "400.12.2.1/0001/01.1006/I/2026"
    assert (found["tanggal"], found["status"]) == ("2026-01-15", "berlaku")


def test_the_kecamatan_finds_what_it_numbered_and_what_its_kelurahan_did(
    penuh: tuple[Ruang, list[str]],
) -> None:
    ruang, [_, two, three] = penuh
    above = {"peran": "sekcam", "kode": KECAMATAN}

    [own] = cari(ruang, **above, kantor=KECAMATAN, nama="budi").get_json()["arsip"]
    assert (own["permohonan"], own["kantor"]) == (two, OFFICE)
    assert own["nomor"].endswith("/01/II/2026")
    assert cari(ruang, **above, kantor=KECAMATAN, nama="dewi").get_json()["arsip"] == []
    [below] = cari(ruang, **above, nama="dewi").get_json()["arsip"]
    assert below["permohonan"] == three
    assert cari(ruang, **above, kantor="3276051004").status_code == 403
    assert cari(ruang, kantor=KECAMATAN).status_code == 403


def test_neither_the_index_nor_the_audit_chain_holds_a_name(penuh: tuple[Ruang, list[str]]) -> None:
    ruang, _ = penuh
    cari(ruang, nama="Sari Dewi")
    cari(ruang, nama="dewi  SARI")

    stored = json.dumps([doc.body for doc in ruang.app.documents.find(INDEKS.name, {}, limit=100)])
    entries = [
        doc.body["subject"]
        for doc in ruang.app.chain.find(COLLECTION.name, {"scope": OFFICE}, limit=1000)
        if doc.body["action"] == "arsip.dicari"
    ]
    assert stored != "[]"
    for text in (stored, *entries):
        assert "sari" not in text.casefold()
        assert "dewi" not in text.casefold()
    # However it was typed, who looked for this name can be found by it.
    assert entries[-1].startswith("nama.")
    assert entries[-1] == entries[-2]


def test_a_letter_that_is_not_in_the_index_is_told_by_check(penuh: tuple[Ruang, list[str]]) -> None:
    ruang, [one, *_] = penuh
    [letter] = ruang.perkara(one)["surat"]
    ruang.app.arsip.lupakan(letter)

    assert ketemu(ruang, nama="ayu") == []
    assert ketemu(ruang, nomor="1") == [one]
    [wrong] = check(ruang.app)["wrong"]
    assert (wrong["invariant"], wrong["id"]) == ("C12", letter)

    case = ruang.app.perkara.read(OFFICE, one)
    assert case is not None
    ruang.app.arsip.catat(case, letter)
    assert ketemu(ruang, nama="ayu") == [one]
    assert check(ruang.app)["wrong"] == []


def test_a_store_without_an_index_gets_one(penuh: tuple[Ruang, list[str]]) -> None:
    ruang, [one, _, three] = penuh
    for doc in ruang.app.documents.find(INDEKS.name, {}, limit=100):
        ruang.app.documents.delete(INDEKS.name, doc.scope, doc.id, doc.rev)
    assert ketemu(ruang, nama="sari") == []

    ruang.app.arsip.lengkapi()

    assert ketemu(ruang, nama="sari") == [three, one]
    ruang.app.arsip.lengkapi()  # the next start has nothing to do
    assert check(ruang.app)["wrong"] == []


def test_an_entry_of_no_letter_is_found_by_check(penuh: tuple[Ruang, list[str]]) -> None:
    ruang, _ = penuh
    ruang.app.indeks.catat(OFFICE, "tidak-ada", ["sari"], {"tanggal": "2026-01-15", "layanan": "SKDOM"})

    assert [(w["invariant"], w["id"]) for w in check(ruang.app)["wrong"]] == [("C12", "tidak-ada")]
    assert len(ketemu(ruang, nama="sari")) == 2
    ruang.app.arsip.lupakan("tidak-ada")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"nomor": "dua belas"}, "/nomor"),
        ({"nama": "x"}, "/nama"),
        ({"dari": "2026-02-01", "sampai": "2026-01-01"}, "/sampai"),
        ({"kantor": "3276"}, "/kantor"),
    ],
)
def test_a_question_without_sense_says_which_field(
    penuh: tuple[Ruang, list[str]], query: dict[str, str], field: str
) -> None:
    answer = cari(penuh[0], **query)
    assert answer.status_code == 422
    assert field in {e["pointer"] for e in json.loads(answer.text)["errors"]}


def test_the_book_of_a_year_is_a_file_with_every_number(ruang: Ruang) -> None:
    ruang.acuan()
    ruang.terbit()
    book = f"/v1/agenda/{OFFICE}"
    ruang.post(f"{book}/pesan", ruang.petugas(), {"jumlah": 3, "alasan": "pemadaman"})
    noted = {"klasifikasi": "400.12.2.1", "tanggal": "2026-01-14", "perihal": "=1+1", "kepada": "Ketua RW 03"}
    ruang.post(f"{book}/2026/umum/2/catat", ruang.petugas(), noted)
    ruang.post(f"{book}/2026/umum/4/batal", ruang.petugas(), {"alasan": "tidak_terpakai"})

    rows = list(csv.DictReader(io.StringIO(unduh(ruang, "csv").decode("utf-8-sig"))))

    assert [(r["No. urut"], r["Nomor surat"], r["Tanggal surat"], r["Keadaan"]) for r in rows] == [
        ("1", "400.12.2.1/0001/01.1006/I/2026", "15/01/2026", "Surat"),
        ("2", "400.12.2.1/0002/01.1006/I/2026", "14/01/2026", "Dipakai di luar sistem"),
        ("3", "", "", "Dipesan, belum dicatat"),
        ("4", "", "", "Batal"),
    ]
    assert [r["Perihal"] for r in rows[:2]] == ["Surat Keterangan Domisili", "'=1+1"]
    assert [r["Sebab"] for r in rows] == ["", "listrik padam", "listrik padam", "tidak terpakai"]
    assert zipfile.ZipFile(io.BytesIO(unduh(ruang, "xlsx"))).testzip() is None


def test_words_of_a_name_are_the_same_however_it_is_typed() -> None:
    assert kata(["SITI  Rahmawati, S.Pd."]) == ("rahmawati", "siti", "pd")
    assert kata(["Nur'aini", "nuraini"]) == ("nuraini",)
    assert kata(["A", "", "…"]) == ()


def test_a_number_is_read_in_every_form_people_write_it() -> None:
    assert nomor(" 12 ") == Nomor(urut=12)
    assert nomor("0012/2026") == Nomor(urut=12, tahun=2026)
    assert nomor("300/5") == Nomor(urut=5, klasifikasi="300")
    full = nomor("400.12.2.1 / 0012 / 05.1004 / XI / 2026")
    assert full == Nomor(urut=12, tahun=2026, klasifikasi="400.12.2.1")
    for wrong in ("", "XI/2026", "12a", "400.12.2.1/0012x/2026"):
        assert nomor(wrong) is None, wrong
