"""`check` finds every damage that was planted, and nothing in a healthy room."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chassis import memory
from chassis.ids import new_id
from chassis.ports.documents import Doc
from dokumen.check import check
from support.neighbours import OFFICE
from support.ruang_surat import Ruang, foto

State = dict[str, Any]


@pytest.fixture
def terisi(ruang: Ruang) -> tuple[Ruang, str, str, str]:
    """A room with a clean paper and both letters: (room, application, letter, paper)."""
    ruang.acuan()
    ruang.terbit("SKTM")
    id = ruang.setujui()
    other = new_id()
    paper = ruang.berkas(other, foto())["id"]
    [letter] = ruang.perkara(id)["surat"]
    return ruang, id, letter, paper


def wrong(ruang: Ruang) -> list[tuple[str, str]]:
    return [(w["invariant"], w["id"]) for w in check(ruang.app)["wrong"]]


def change(ruang: Ruang, collection: str, scope: str, id: str, edit: Callable[[Any], None]) -> None:
    doc = ruang.app.documents.get(collection, scope, id)
    assert doc is not None
    body = memory.copied(doc.body)
    edit(body)
    assert ruang.app.documents.replace(collection, replace(doc, rev=doc.rev + 1, body=body), doc.rev)


def number(ruang: Ruang, letter: str) -> Doc:
    return ruang.app.documents.find("nomor", {"scope": OFFICE, "surat": letter})[0]


def file_of(ruang: Ruang, key: str) -> Path:
    return Path(ruang.settings.data) / "objects" / "objects" / f"{key}="


def test_a_healthy_room_has_nothing_wrong_and_is_quiet(terisi: tuple[Ruang, str, str, str]) -> None:
    report = check(terisi[0].app)

    assert (report["wrong"], report["busy"]) == ([], [])
    assert (report["counts"]["surat"], report["counts"]["nomor"], report["counts"]["berkas"]) == (2, 3, 1)
    assert re.fullmatch(r"[0-9a-f]{64}", report["hash"])


def test_an_unknown_state_is_c3(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, id, _, _ = terisi
    change(ruang, "perkara", OFFICE, id, lambda b: b["state"].update(tahap="entah"))

    assert ("C3", id) in wrong(ruang)


def test_a_lost_letter_is_c4_and_its_number_c5(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, id, letter, _ = terisi
    doc = number(ruang, letter)
    change(ruang, "perkara", OFFICE, id, lambda b: b["state"].update(surat={}, tahap="disetujui"))

    found = wrong(ruang)
    assert ("C4", id) in found
    assert ("C5", f"{OFFICE}/{doc.id}") in found


def test_a_letter_without_approval_is_c4(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, id, _, _ = terisi
    change(ruang, "perkara", OFFICE, id, lambda b: b["state"].update(tahap="terbuka"))

    assert ("C4", id) in wrong(ruang)


def test_a_gap_a_missing_number_and_a_void_without_reason_are_c5(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, _, letter, _ = terisi
    doc = number(ruang, letter)
    change(ruang, "nomor", OFFICE, doc.id, lambda b: b.update(status="batal"))
    assert ("C5", f"{OFFICE}/{doc.id}") in wrong(ruang)

    change(ruang, "nomor", OFFICE, doc.id, lambda b: b.update(status="dipesan", urut=9))
    found = wrong(ruang)
    assert ("C5", f"{OFFICE}/umum/2026") in found
    assert ("C5", letter) in found


def plant(ruang: Ruang, urut: int, **lain: Any) -> str:
    """A line that no step writes; its id as findings name it."""
    body = {
        "register": "umum/2026", "seri": "umum", "tahun": 2026, "urut": urut, "surat": f"pesan.{urut}",
        "status": "dipesan", "kode_unit": "01.1006", **lain,
    }  # fmt: skip
    id = f"tanam.{new_id()}"
    ruang.app.documents.insert("nomor", Doc(scope=OFFICE, id=id, rev=1, body=body))
    return f"{OFFICE}/{id}"


def test_booked_and_void_numbers_are_whole_and_every_damage_to_a_register_is_c5(
    terisi: tuple[Ruang, str, str, str],
) -> None:
    ruang, id, letter, _ = terisi
    plant(ruang, 3)
    plant(ruang, 4, status="batal", alasan="tidak_terpakai")
    assert wrong(ruang) == []  # booked without an entry is fine, void with a reason too

    plant(ruang, 7)
    assert wrong(ruang).count(("C5", f"{OFFICE}/umum/2026")) == 2  # 5 and 6
    twin = plant(ruang, 3, register="umum-b/2026", surat="pesan.kembar")
    assert {("C5", twin), ("C5", f"{OFFICE}/umum/2026")} <= set(wrong(ruang))
    unknown = plant(ruang, 5, status="entah")
    other = plant(
        ruang, 1, register="300/2026", seri="300", klasifikasi="300", status="batal", alasan="salah"
    )
    found = wrong(ruang)
    assert ("C5", unknown) in found
    assert ("C5", other) in found  # the year's book has one series for all

    doc = number(ruang, letter)
    change(ruang, "perkara", OFFICE, id, lambda b: b["state"]["surat"][letter].update(status="batal"))
    assert ("C5", f"{OFFICE}/{doc.id}") in wrong(ruang)


def test_a_register_that_begins_too_late_or_too_early_is_c5(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, _, _, _ = terisi
    change(ruang, "buku", OFFICE, "2026", lambda b: b.update(awal=2))
    assert ("C5", f"{OFFICE}/umum/2026") in wrong(ruang)
    change(ruang, "buku", OFFICE, "2026", lambda b: b.update(awal=1))
    plant(ruang, 2, register="umum/2027", tahun=2027)
    assert wrong(ruang) == [("C5", f"{OFFICE}/umum/2027")]  # 1 is missing


def test_a_missing_a_damaged_and_a_stray_object_are_c6(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, id, letter, paper = terisi
    [case] = ruang.app.perkara.find({"state.berkas": {"exists": True}, "id": _case_of(ruang, paper)})
    file = file_of(ruang, case.state["berkas"][paper]["objek"])
    file.unlink()
    assert wrong(ruang) == [("C6", paper)]

    stray = f"{OFFICE}/{new_id()}/{'0' * 64}"
    ruang.app.objects.put(stray, [b"left behind"])
    assert ("C6", stray) in wrong(ruang)

    pdf = file_of(ruang, ruang.perkara(id)["surat"][letter]["objek"])
    content = bytearray(pdf.read_bytes())
    content[5000] ^= 1
    pdf.write_bytes(content)
    assert ("C6", letter) in wrong(ruang)


def test_a_broken_seal_is_c7_even_if_the_digest_was_made_to_fit(terisi: tuple[Ruang, str, str, str]) -> None:
    ruang, id, letter, _ = terisi
    old = ruang.perkara(id)["surat"][letter]["objek"]
    content = bytearray(b"".join(ruang.app.objects.open(old)))
    content[5000] ^= 1
    info = ruang.app.objects.put(f"{OFFICE}/{id}/forged", [bytes(content)])
    change(
        ruang,
        "perkara",
        OFFICE,
        id,
        lambda b: b["state"]["surat"][letter].update(sha256=info.sha256, objek=info.key),
    )

    assert wrong(ruang) == [("C7", letter)]


def _case_of(ruang: Ruang, paper: str) -> str:
    place = ruang.app.penunjuk.cari("berkas", paper)
    assert place is not None
    return place.permohonan
