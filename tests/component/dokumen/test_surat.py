"""Letters from approval to the hand: numbered, sealed, released as the rule says, verified, revoked."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdfium2
import pytest

from chassis.ids import new_id
from dokumen.adapters.rahasia import berkelompok
from support.neighbours import OFFICE, example
from support.ruang_surat import ASLI, KECAMATAN, Ruang
from support.ruang_surat import pdf as pdf_lain


def words(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def test_an_approved_domicile_becomes_a_sealed_letter_with_its_number(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()

    assert ruang.told(id) == ["surat.disiapkan", "surat.diterbitkan"]
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data
    text = words(pdf)
    for part in (
        "NOMOR: 400.12.2.1/0001/01.1006/I/2026",
        "Depok, 15 Januari 2026",
        "sejak Agustus 2023",
        "Jalan Contoh Lama Nomor 1 RT 001 RW 002, Kota Bandung",
        "Jalan Belimbing Contoh Nomor 12 RT 003 RW 008",
        "Ratna Contohningrum, S.STP.",
        "LURAH DEPOK",
        "pembukaan rekening atau urusan bank",
    ):
        assert part in text
    shown = body(ruang.get(f"/v1/surat/{letter}", ruang.warga()))
    assert (shown["status"], shown["boleh_unduh"]) == ("berlaku", False)
    assert shown["nomor"] == [{"kantor": OFFICE, "nomor": "400.12.2.1/0001/01.1006/I/2026"}]
    assert shown["berlaku_sampai"] == "2026-07-14"


def test_a_legalised_letter_bears_two_numbers_and_two_seals(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit("SKTM")

    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("camat", KECAMATAN)).data
    found = body(ruang.client.post("/v1/verifikasi", data=pdf))
    assert (found["hasil"], [s["penyegel"] for s in found["segel"]]) == (
        "asli",
        ["Segel Kelurahan Depok", "Segel Kecamatan Pancoran Mas"],
    )
    assert found["surat"]["nomor"] == ["400.9.14.1/0001/01.1006/I/2026", "400.9.14.1/0001/01/I/2026"]
    [told] = [
        e.data
        for e in ruang.near.heard(f"ekelurahan.peristiwa.v1.{OFFICE}", "dokumen", id)
        if e.name == "surat.diterbitkan"
    ]
    assert told is not None
    assert [n["kantor"] for n in told["nomor"]] == [OFFICE, KECAMATAN]


def test_halves_and_approval_may_come_in_any_order(ruang: Ruang) -> None:
    ruang.acuan()
    id = new_id()
    ruang.disetujui(id)
    ruang.quiet()
    assert ruang.perkara(id)["surat"] == {}
    ruang.diajukan(id)
    ruang.pribadi(id)
    ruang.quiet()

    [letter] = ruang.perkara(id)["surat"].values()
    assert letter["status"] == "berlaku"


def test_a_letter_without_office_or_official_is_held_with_a_reason_and_goes_on_later(ruang: Ruang) -> None:
    id = ruang.setujui()
    assert ruang.told(id) == ["surat.ditahan"]
    assert ruang.perkara(id)["tertahan"]["alasan"] == "kantor_belum_diketahui"
    listed = body(ruang.get(f"/v1/surat?permohonan={id}", ruang.petugas()))
    assert listed == {"surat": [], "ditahan": "kantor_belum_diketahui"}

    ruang.acuan(telepon=None)
    assert ruang.perkara(id)["tertahan"]["medan"] == "kop_telepon"
    ruang.acuan()
    ruang.quiet()
    assert ruang.told(id)[-2:] == ["surat.disiapkan", "surat.diterbitkan"]
    assert "tertahan" not in ruang.perkara(id)


def test_a_blank_is_never_printed(ruang: Ruang) -> None:
    ruang.acuan(telepon=None)
    id = ruang.setujui()

    held = ruang.perkara(id)["tertahan"]
    assert (held["alasan"], held["medan"]) == ("data_belum_lengkap", "kop_telepon")
    assert ruang.app.documents.count("nomor", {}) == 0


def test_the_applicant_downloads_after_originals_were_seen(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()
    path = f"/v1/surat/{letter}/pdf"
    refused = ruang.get(path, ruang.warga())
    assert (refused.status_code, slug(refused)) == (403, "surat-belum-dilepas")
    assert ruang.get(path, ruang.warga("w-0002")).status_code == 404
    assert ruang.get(path, ruang.petugas(kode="3276051004")).status_code == 403

    for asli in ({}, {"KTP": "ditunjukkan"}, ASLI["SKDOM"] | {"KK": "ditunjukkan"}):
        missing = ruang.serah(letter, asli)
        assert (missing.status_code, slug(missing)) == (409, "asli-belum-dilihat")
    assert "KK" in body(missing)["detail"]
    by_proxy = ruang.serah(letter, ASLI["SKDOM"], kepada="kuasa")
    assert "SURAT_KUASA" in body(by_proxy)["detail"]
    assert ruang.post(f"/v1/surat/{letter}/serah", ruang.warga(), {}).status_code == 403

    assert ruang.serah(letter, ASLI["SKDOM"]).status_code == 200
    assert slug(ruang.serah(letter, ASLI["SKDOM"])) == "transisi-salah"
    assert ruang.get(path, ruang.warga()).data.startswith(b"%PDF-")
    ruang.quiet()
    assert ruang.told(id)[-1] == "surat.diserahkan"


def test_with_release_at_once_the_first_download_hands_it_over(ruang: Ruang) -> None:
    ruang.acuan(rilis={"SKDOM": "langsung"})
    id, letter = ruang.terbit()
    for _ in range(2):
        assert ruang.get(f"/v1/surat/{letter}/pdf", ruang.warga()).status_code == 200
    ruang.quiet()

    assert ruang.told(id).count("surat.diserahkan") == 1


def test_anybody_may_verify_by_code_and_learns_no_name(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    code = ruang.app.rahasia.kode(letter)
    pages = [
        body(ruang.get(f"/v1/verifikasi/{text}"))
        for text in (code.token, code.pendek, berkelompok(code.pendek).lower())
    ]

    assert pages[0] == pages[1] == pages[2]
    page = pages[0]
    assert (page["status"], page["nama"]) == ("berlaku", "S*** C*********")
    assert page["penandatangan"] == [{"nama": "Ratna Contohningrum, S.STP.", "jabatan": "Lurah Depok"}]
    assert len(code.token) == 24
    assert slug(ruang.get("/v1/verifikasi/AAAABBBBCCCC")) == "token-verifikasi-salah"
    stored = json.dumps([d.body for d in ruang.app.documents.find("penunjuk", {})])
    stored += json.dumps(ruang.perkara(ruang.app.penunjuk.cari("surat", letter).permohonan))  # type: ignore[union-attr]
    assert code.token not in stored
    assert code.pendek not in stored


def test_a_changed_or_foreign_pdf_is_told_apart(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data
    middle = len(pdf) // 2
    changed = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]

    assert body(ruang.client.post("/v1/verifikasi", data=pdf))["hasil"] == "asli"
    for damaged in (changed, pdf + b"\n%%EOF\n", b"x" + pdf[1:]):
        found = body(ruang.client.post("/v1/verifikasi", data=damaged))
        assert (found["hasil"], found["surat"]) == ("berubah", None)
    assert body(ruang.client.post("/v1/verifikasi", data=pdf_lain()))["hasil"] == "tidak_dikenal"
    assert slug(ruang.client.post("/v1/verifikasi", data=b"no pdf")) == "bukan-pdf"
    assert slug(ruang.client.post("/v1/verifikasi", data=b"%PDF-" + b"x" * 3_000_000)) == "terlalu-besar"


def test_a_revoked_letter_keeps_its_number_and_says_so(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()
    path = f"/v1/surat/{letter}/cabut"
    assert ruang.post(path, ruang.petugas(), {"alasan": "data_keliru"}).status_code == 403
    assert ruang.post(path, ruang.petugas("lurah"), {"alasan": "data_keliru"}).status_code == 200
    ruang.quiet()

    code = ruang.app.rahasia.kode(letter)
    assert body(ruang.get(f"/v1/verifikasi/{code.token}"))["status"] == "dicabut"
    assert ruang.told(id)[-1] == "surat.dicabut"
    assert ruang.app.documents.count("nomor", {"surat": letter}) == 1


def test_a_letter_too_old_is_expired_by_the_office_clock(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    ruang.jam("2026-07-15T03:00:00+00:00")

    assert body(ruang.get(f"/v1/surat/{letter}", ruang.petugas()))["status"] == "kedaluwarsa"


def test_the_year_of_a_number_is_the_office_clock_s(ruang: Ruang) -> None:
    ruang.acuan(nomor_awal=41)
    ruang.jam("2026-12-31T16:59:00+00:00")
    _, old = ruang.terbit()
    ruang.jam("2026-12-31T17:01:00+00:00")
    _, new = ruang.terbit()

    shown = [body(ruang.get(f"/v1/surat/{s}", ruang.petugas())) for s in (old, new)]
    assert [s["nomor"][0]["nomor"] for s in shown] == [
        "400.12.2.1/0041/01.1006/XII/2026",
        "400.12.2.1/0001/01.1006/I/2027",
    ]
    book = body(ruang.get(f"/v1/agenda?kantor={OFFICE}&tahun=2027", ruang.petugas()))
    assert [(r["urut"], r["nomor"], r["status"]) for r in book["agenda"]] == [
        (1, "400.12.2.1/0001/01.1006/I/2027", "surat")
    ]
    assert ruang.get(f"/v1/agenda?kantor={OFFICE}&tahun=2027", ruang.warga()).status_code == 403


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_cancellation_is_granted_only_before_the_number(ruang: Ruang, when: str) -> None:
    asked = ("pembatalan.diminta", example("pengajuan.pembatalan.diminta", putaran=1))
    id = new_id()
    if when == "before":
        ruang.near.say("pengajuan", id, asked)
        ruang.pribadi(id)
        ruang.quiet()
    ruang.acuan()
    if when == "after":
        ruang.pribadi(id)
    ruang.disetujui(id)
    ruang.quiet()
    if when == "after":
        ruang.near.say("pengajuan", id, asked)
        ruang.quiet()

    expected = {"before": "pembatalan.dikabulkan", "after": "pembatalan.ditolak"}[when]
    assert ruang.told(id)[-1] == expected
    assert bool(ruang.perkara(id)["surat"]) == (when == "after")


def test_an_earlier_round_is_noted_and_changes_nothing(ruang: Ruang) -> None:
    ruang.acuan()
    id = new_id()
    ruang.diajukan(id)
    ruang.near.say(
        "pengajuan", id, ("permohonan.diperbaiki", example("pengajuan.permohonan.diperbaiki", putaran=2))
    )
    ruang.pribadi(id)
    ruang.disetujui(id, putaran=1)
    ruang.quiet()

    assert ruang.perkara(id)["tahap"] == "terbuka"
    assert ruang.perkara(id)["surat"] == {}
