"""Read before signing: drafts without number and code, forms filled in; each for those who may, each reading noted."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdfium2
import pytest

from chassis import audit
from chassis.ids import new_id
from support.letters import answers
from support.neighbours import OFFICE, example
from support.ruang_surat import KECAMATAN, WARGA, Ruang


def words(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def isi(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def permohonan(ruang: Ruang, layanan: str, jawaban: dict[str, Any]) -> str:
    """A filed application; its id."""
    id = new_id()
    who = {"nama": jawaban.get("nama") or jawaban["alm_nama"]}
    data = example(
        "pengajuan.pemohon.dibagikan", akun=WARGA, layanan=layanan, jawaban=jawaban, pemohon=who, subjek=[who]
    )
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", data))
    ruang.quiet()
    return id


def pratinjau(ruang: Ruang, id: str, peran: str = "lurah", kode: str = OFFICE) -> Any:
    return ruang.get(f"/v1/surat/pratinjau?permohonan={id}", ruang.petugas(peran, kode))


def test_the_lurah_reads_the_letter_before_he_signs_it(ruang: Ruang) -> None:
    ruang.acuan()
    id = permohonan(ruang, "SKDOM", answers("skdom"))
    shown = pratinjau(ruang, id)

    assert (shown.status_code, shown.content_type) == (200, "application/pdf")
    assert shown.headers["Cache-Control"] == "no-store"
    text = words(shown.data)
    for part in (
        "KONSEP",
        "(belum bernomor)",
        "Sari Contohwati",
        "Ratna Contohningrum, S.STP.",
        "LURAH DEPOK",
    ):
        assert part in text
    assert ruang.app.documents.count("nomor", {}) == 0
    assert ruang.perkara(id)["surat"] == {}
    entries = ruang.app.chain.find(audit.COLLECTION.name, {})
    assert {"surat.pratinjau"} <= {e.body["action"] for e in entries}


def test_who_does_not_sign_reads_the_same_draft_without_a_name(ruang: Ruang) -> None:
    ruang.acuan()
    id = permohonan(ruang, "SKTM", answers("sktm"))
    text = words(pratinjau(ruang, id, "kasi").data)

    assert "Ratna Contohningrum" not in text
    assert "LURAH DEPOK" in text
    assert "CAMAT PANCORAN MAS" in text


def test_a_draft_is_for_officials_of_the_area_only(ruang: Ruang) -> None:
    ruang.acuan()
    id = permohonan(ruang, "SKDOM", answers("skdom"))

    assert ruang.get(f"/v1/surat/pratinjau?permohonan={id}", ruang.warga()).status_code == 403
    assert pratinjau(ruang, id, kode="3276051004").status_code == 403
    assert pratinjau(ruang, new_id()).status_code == 404
    assert pratinjau(ruang, id, "camat", KECAMATAN).status_code == 200


@pytest.mark.parametrize(
    ("layanan", "case", "ganti", "kurang"),
    [
        ("SKDOM", "skdom", {"tinggal_sejak": ""}, "Tinggal di sini sejak belum diisi"),
        ("SKBM", "skbm", {"status_kawin": "kawin"}, "Status perkawinan: jawabannya tidak sesuai"),
        ("SKCK_P", "skck_p", {}, "tujuan_polsek"),
        ("SKDOM", "skdom", {"nama": "Sari 漢"}, "tidak dapat dicetak"),
        ("PBG", "skdom", {}, "tidak berakhir dengan surat"),
    ],
)
def test_what_is_missing_is_named_instead_of_left_blank(
    ruang: Ruang, layanan: str, case: str, ganti: dict[str, Any], kurang: str
) -> None:
    ruang.acuan()
    id = permohonan(ruang, layanan, {**answers(case), **ganti})
    refused = pratinjau(ruang, id)

    assert (refused.status_code, isi(refused)["type"].rsplit(":", 1)[1]) == (422, "naskah-tidak-lengkap")
    assert kurang in isi(refused)["detail"]


@pytest.mark.parametrize(
    ("layanan", "case", "codes"),
    [
        ("NIKAH", "nikah", ["N2", "N4"]),
        ("NIKAH", "nikah-muda", ["N2", "N4", "N5"]),
        ("NIKAH", "nikah-sipil", []),
        ("LAHIR", "lahir", ["F_2_01_LAHIR"]),
        ("KKKTP", "kkktp-baru", ["F_1_01", "F_1_02"]),
        ("SKDOM", "skdom", []),
    ],
)
def test_a_case_offers_the_forms_that_its_answers_ask_for(
    ruang: Ruang, layanan: str, case: str, codes: list[str]
) -> None:
    ruang.acuan()
    id = permohonan(ruang, layanan, answers(case))
    listed = isi(ruang.get(f"/v1/surat/formulir?permohonan={id}", ruang.warga()))["formulir"]

    assert [f["kode"] for f in listed] == codes
    for form in listed:
        sheet = ruang.get(f"/v1/surat/formulir/{form['kode']}?permohonan={id}", ruang.warga())
        assert answers(case)["nama"] in words(sheet.data)
        assert form["model"] in words(sheet.data)


def test_forms_are_for_the_applicant_and_the_office(ruang: Ruang) -> None:
    ruang.acuan()
    id = permohonan(ruang, "NIKAH", answers("nikah"))
    path = f"/v1/surat/formulir/N2?permohonan={id}"

    assert ruang.get(path, ruang.petugas()).status_code == 200
    assert ruang.get(path, ruang.warga("w-0002")).status_code == 404
    assert ruang.get(path, ruang.petugas(kode="3276051004")).status_code == 403
    assert ruang.get(path.replace("N2", "N5"), ruang.petugas()).status_code == 404
