"""Letters signed in ink: printed at the counter, scanned back, compared with the text, confirmed (R2)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from werkzeug.test import TestResponse

from chassis.ids import new_id
from dokumen.adapters.otoritas import akar
from dokumen.adapters.verifier import Verdict, inspect
from dokumen.check import check
from support.clamav import EICAR, Clamd
from support.letters import dipindai
from support.neighbours import OFFICE
from support.ruang_surat import Ruang, foto

BASAH = {"SKDOM": "basah", "SKTM": "basah"}


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def dicetak(ruang: Ruang, layanan: str = "SKDOM") -> tuple[str, str, bytes]:
    """Application, letter and the sheet as the counter prints it."""
    ruang.acuan(tanda_tangan=BASAH)
    id = ruang.setujui(layanan)
    [letter] = ruang.perkara(id)["surat"]
    sheet = ruang.get(f"/v1/surat/{letter}/cetakan", ruang.petugas())
    assert sheet.status_code == 200
    return id, letter, sheet.data


def unggah(
    ruang: Ruang, letter: str, isi: bytes, siapa: dict[str, str] | None = None, kunci: str = ""
) -> TestResponse:
    headers = {**(siapa or ruang.petugas()), "Idempotency-Key": kunci or new_id()}
    return ruang.client.post(f"/v1/berkas/pindaian?surat={letter}", data=isi, headers=headers)


def sahkan(ruang: Ruang, letter: str, sha256: str) -> TestResponse:
    asked = {"sha256": sha256, "sama": True}
    return ruang.post(f"/v1/surat/{letter}/pindaian/sahkan", ruang.petugas(), asked)


def pindaian(ruang: Ruang, letter: str) -> dict[str, Any]:
    return body(ruang.get(f"/v1/surat/{letter}/pindaian", ruang.petugas()))


@pytest.mark.parametrize("kind", ["JPEG", "PDF"])
def test_a_scan_compared_and_confirmed_is_the_official_copy(ruang: Ruang, kind: str) -> None:
    id, letter, sheet = dicetak(ruang)
    assert ruang.told(id) == ["surat.disiapkan"]
    [row] = body(ruang.get("/v1/surat/basah", ruang.petugas()))["surat"]
    assert (row["id"], row["nomor"][0]["nomor"]) == (letter, "400.12.2.1/0001/01.1006/I/2026")

    assert unggah(ruang, letter, dipindai(sheet, kind)).status_code == 202
    ruang.quiet()
    shown = pindaian(ruang, letter)
    assert (shown["status"], shown["halaman"], shown["disahkan"]) == ("bersih", 1, False)
    assert "400.12.2.1/0001/01.1006/I/2026" in shown["naskah"][0]
    scan = ruang.get(f"/v1/surat/{letter}/pindaian/isi", ruang.petugas())
    assert scan.content_length == len(scan.data)
    assert check(ruang.app)["wrong"] == []

    assert sahkan(ruang, letter, shown["sha256"]).status_code == 200
    waiting = body(ruang.get("/v1/surat/basah", ruang.petugas()))["surat"]
    assert [row["pindaian"] for row in waiting] in (["disahkan"], [])  # confirmed, until the seal is on it
    ruang.quiet()
    assert ruang.told(id) == ["surat.disiapkan", "surat.diterbitkan"]
    issued = ruang.perkara(id)["surat"][letter]
    assert (issued["status"], issued["tanda_tangan"]) == ("berlaku", "basah")
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas()).data
    assert inspect(pdf, *akar(ruang.settings)).verdict is Verdict.ASLI
    found = body(ruang.client.post("/v1/verifikasi", data=pdf))
    assert found["hasil"] == "asli"
    assert "hasil pindai" in found["surat"]["tanda_tangan"]
    assert body(ruang.get("/v1/surat/basah", ruang.petugas()))["surat"] == []
    assert check(ruang.app)["wrong"] == []


def test_the_sheet_of_a_legalised_letter_already_bears_the_camat_s_block(ruang: Ruang) -> None:
    _, letter, sheet = dicetak(ruang, "SKTM")
    text = " ".join(pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range().split())

    assert "CAMAT PANCORAN MAS" in text
    assert "400.9.14.1/0001/01/I/2026" in text
    assert "Belum bertanda tangan elektronik tersertifikasi" in text
    unggah(ruang, letter, dipindai(sheet))
    ruang.quiet()
    sahkan(ruang, letter, pindaian(ruang, letter)["sha256"])
    ruang.quiet()
    place = ruang.app.penunjuk.cari("surat", letter)
    assert place is not None
    assert [t["cara"] for t in ruang.surat(place)["tanda"]] == ["basah", "basah"]
    assert ruang.surat(place)["status"] == "berlaku"


def test_only_the_scan_that_was_compared_can_be_confirmed(ruang: Ruang) -> None:
    _, letter, sheet = dicetak(ruang)
    assert slug(sahkan(ruang, letter, "0" * 64)) == "pindaian-belum-siap"
    unggah(ruang, letter, dipindai(sheet))
    ruang.quiet()
    first = pindaian(ruang, letter)["sha256"]
    unggah(ruang, letter, foto(1200, 1700))
    ruang.quiet()

    assert slug(sahkan(ruang, letter, first)) == "pindaian-berubah"
    assert pindaian(ruang, letter)["sha256"] != first


def test_what_is_no_picture_and_no_pdf_is_refused_and_the_letter_waits_on(ruang: Ruang) -> None:
    _, letter, _ = dicetak(ruang)
    unggah(ruang, letter, b"<html>bukan pindaian</html>" * 50)
    ruang.quiet()

    shown = pindaian(ruang, letter)
    assert shown["status"] == "ditolak"
    assert shown["pesan"]
    assert ruang.get(f"/v1/surat/{letter}/pindaian/isi", ruang.petugas()).status_code == 409
    assert slug(sahkan(ruang, letter, "0" * 64)) == "pindaian-belum-siap"


def test_only_the_office_s_counter_scans_and_only_while_the_letter_waits(ruang: Ruang) -> None:
    _, letter, sheet = dicetak(ruang)
    scan = dipindai(sheet)
    assert unggah(ruang, letter, scan, ruang.warga()).status_code == 403
    assert unggah(ruang, letter, scan, ruang.petugas(kode="3276051004")).status_code == 403
    assert unggah(ruang, letter, scan, ruang.petugas("lurah")).status_code == 403

    same = new_id()
    assert [unggah(ruang, letter, scan, kunci=same).status_code for _ in range(2)] == [202, 202]
    ruang.quiet()
    sahkan(ruang, letter, pindaian(ruang, letter)["sha256"])
    ruang.quiet()
    assert slug(unggah(ruang, letter, scan)) == "pindaian-belum-siap"
    left = [key for key in ruang.objects() if "/karantina/" in key and key.startswith(OFFICE)]
    intents = {d.body["objek"] for d in ruang.app.documents.find("unggahan", {})}
    assert set(left) <= intents  # what is left behind is known to the sweeper


@pytest.mark.needs_clamd
def test_a_scan_with_a_virus_is_refused(tmp_path: Path) -> None:
    with Clamd(tmp_path / "clamav") as scanner, Ruang(tmp_path / "ruang", clamd=scanner.url) as ruang:
        _, letter, sheet = dicetak(ruang)
        unggah(ruang, letter, EICAR)
        ruang.quiet()
        assert pindaian(ruang, letter)["alasan"] == "berkas-berbahaya"
        unggah(ruang, letter, dipindai(sheet))
        ruang.quiet()
        assert pindaian(ruang, letter)["status"] == "bersih"
