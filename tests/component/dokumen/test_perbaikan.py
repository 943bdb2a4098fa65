"""A corrected letter gets a new number and names the old one, which then answers "diganti" (R10)."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdfium2

from chassis.aggregate import Cause
from chassis.ids import new_id
from dokumen.application.keputusan import keputusan
from dokumen.check import check
from dokumen.domain.perbaikan import Usul, usulkan
from support.neighbours import OFFICE, bearer, confirmation
from support.ruang_surat import ASLI, KECAMATAN, Ruang
from web.pseudonyms import Pseudonyms

NAMA = "Sari Contohwati Wulandari"


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def words(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def propose(ruang: Ruang, surat: str, **koreksi: Any) -> Any:
    asked = {"alasan": "salah_ketik", "koreksi": koreksi or {"nama": NAMA}}
    return ruang.post(f"/v1/surat/{surat}/perbaikan", ruang.petugas(), asked)


def agree(ruang: Ruang, surat: str, peran: str = "lurah", **claims: Any) -> Any:
    area = OFFICE if peran == "lurah" else KECAMATAN
    account = {"lurah": "lurah.depok", "camat": "camat.pancoranmas"}[peran]
    who = bearer(ruang.settings, sub=account, peran=peran, wilayah=[area], **claims)
    sure = confirmation(ruang.settings, "dokumen", account, surat)
    return ruang.post(f"/v1/surat/{surat}/perbaikan/setuju", who | sure, {})


def test_who_agrees_proves_anew_who_he_is_for_exactly_this_letter(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    propose(ruang, letter)
    account, path = "lurah.depok", f"/v1/surat/{letter}/perbaikan/setuju"
    who = bearer(ruang.settings, sub=account, peran="lurah", wilayah=[OFFICE])

    for sure in (
        {},
        confirmation(ruang.settings, "dokumen", account, new_id()),
        confirmation(ruang.settings, "dokumen", "orang.lain", letter),
        confirmation(ruang.settings, "persetujuan", account, letter),
    ):
        refused = ruang.post(path, who | sure, {})
        assert (refused.status_code, body(refused)["type"].rsplit(":", 1)[1]) == (403, "konfirmasi-wajib")
    assert (
        ruang.post(path, who | confirmation(ruang.settings, "dokumen", account, letter), {}).status_code
        == 200
    )


def test_a_corrected_letter_replaces_the_old_one(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit()
    assert ruang.serah(old, ASLI["SKDOM"]).status_code == 200
    assert body(propose(ruang, old))["menunggu"] == "lurah"
    ruang.quiet()
    assert list(ruang.perkara(id)["surat"]) == [old]

    assert agree(ruang, old).status_code == 200
    ruang.quiet()
    [new] = set(ruang.perkara(id)["surat"]) - {old}
    text = words(ruang.get(f"/v1/surat/{new}/pdf", ruang.petugas("lurah")).data)
    assert NAMA in text
    assert "NOMOR: 400.12.2.1/0002/01.1006/I/2026" in text
    assert "mengganti surat Nomor 400.12.2.1/0001/01.1006/I/2026 tanggal 15 Januari 2026" in text

    pages = [body(ruang.get(f"/v1/verifikasi/{ruang.app.rahasia.kode(s).token}")) for s in (old, new)]
    assert [(p["status"], p["warna"]) for p in pages] == [("diganti", "kuning"), ("berlaku", "hijau")]
    assert (
        pages[0]["keterangan"] == "Surat ini sudah diganti dengan surat nomor 400.12.2.1/0002/01.1006/I/2026."
    )
    shown = body(ruang.get(f"/v1/surat/{old}", ruang.warga()))
    assert (shown["status"], shown["diganti_oleh"], shown["boleh_unduh"]) == ("diganti", new, False)
    assert ruang.told(id)[-2:] == ["surat.disiapkan", "surat.diterbitkan"]
    told = ruang.near.heard(f"ekelurahan.peristiwa.v1.{OFFICE}", "dokumen", id)[-1]
    assert told.data is not None
    assert told.data["mengganti"] == old
    assert check(ruang.app)["wrong"] == []


def test_originals_that_were_seen_for_the_old_letter_need_not_come_again(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit()
    ruang.serah(old, ASLI["SKDOM"])
    propose(ruang, old)
    agree(ruang, old)
    ruang.quiet()
    [new] = set(ruang.perkara(id)["surat"]) - {old}

    assert ruang.get(f"/v1/surat/{new}/pdf", ruang.warga()).status_code == 200
    ruang.quiet()
    assert ruang.told(id)[-1] == "surat.diserahkan"


def test_the_corrected_name_is_the_one_that_matches(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit()
    propose(ruang, old)
    agree(ruang, old)
    ruang.quiet()
    [new] = set(ruang.perkara(id)["surat"]) - {old}
    path = f"/v1/verifikasi/{ruang.app.rahasia.kode(new).token}/cocokkan"

    assert body(ruang.client.post(path, json={"nama": NAMA}))["hasil"] == "cocok"
    assert body(ruang.client.post(path, json={"nama": "Sari Contohwati"}))["hasil"] == "tidak_cocok"


def test_a_letter_of_two_offices_is_corrected_by_both_signers(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit("SKTM")
    propose(ruang, old, pekerjaan="Buruh harian")
    assert slug(agree(ruang, old, "camat")) == "bukan-wewenang"
    assert body(agree(ruang, old))["menunggu"] == "camat"
    ruang.quiet()
    assert len(ruang.perkara(id)["surat"]) == 1

    assert agree(ruang, old, "camat").status_code == 200
    ruang.quiet()
    [new] = set(ruang.perkara(id)["surat"]) - {old}
    assert [n["urut"] for n in ruang.perkara(id)["surat"][new]["nomor"]] == [2, 2]


def test_who_may_propose_and_agree(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    assert slug(agree(ruang, letter)) == "transisi-salah"
    asked = {"alasan": "salah_ketik", "koreksi": {"nama": NAMA}}
    assert ruang.post(f"/v1/surat/{letter}/perbaikan", ruang.warga(), asked).status_code == 403
    assert slug(propose(ruang, letter, warna_mata="hijau")) == "kode-tak-dikenal"
    propose(ruang, letter)
    nik_h = Pseudonyms(ruang.settings.key_folder()).of("nik", "3276015203959001")
    assert slug(agree(ruang, letter, nik_h=nik_h)) == "perkara-sendiri"
    assert agree(ruang, letter).status_code == 200
    assert slug(propose(ruang, letter)) == "transisi-salah"


def test_a_letter_revoked_before_its_correction_is_made_stays_revoked(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit()
    propose(ruang, old)
    ruang.post(f"/v1/surat/{old}/cabut", ruang.petugas("lurah"), {"alasan": "data_keliru"})

    assert slug(agree(ruang, old)) == "transisi-salah"
    ruang.quiet()
    assert list(ruang.perkara(id)["surat"]) == [old]


def waiting(ruang: Ruang, peran: str = "lurah", area: str = OFFICE) -> list[dict[str, Any]]:
    who = bearer(ruang.settings, sub=f"{peran}.contoh", peran=peran, wilayah=[area])
    return list(body(ruang.get("/v1/surat/perbaikan", who))["surat"])


def test_a_signer_finds_what_waits_for_his_word_and_what_it_changes(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit("SKTM")
    assert waiting(ruang) == []
    before = ruang.perkara(id)["pribadi"]["jawaban"]["pekerjaan"]
    propose(ruang, letter, pekerjaan="Tukang kayu")

    [row] = waiting(ruang)
    assert (row["id"], row["permohonan"], row["alasan"]) == (letter, id, "salah_ketik")
    assert row["perubahan"] == [{"medan": "pekerjaan", "lama": before, "baru": "Tukang kayu"}]
    seen = ruang.app.chain.find("audit", {"actor": "lurah.contoh"})
    assert [doc.body["action"] for doc in seen] == ["surat.perbaikan_antrean"]
    assert waiting(ruang, area="3276051004") == []
    assert waiting(ruang, "camat", KECAMATAN) == []

    agree(ruang, letter)
    assert waiting(ruang) == []
    assert [row["id"] for row in waiting(ruang, "camat", KECAMATAN)] == [letter]
    agree(ruang, letter, "camat")
    assert waiting(ruang, "camat", KECAMATAN) == []


def test_officials_see_a_proposal_on_the_letter_and_the_applicant_does_not(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    assert body(ruang.get(f"/v1/surat/{letter}", ruang.petugas()))["perbaikan"] is None
    propose(ruang, letter)
    shown = body(ruang.get(f"/v1/surat/{letter}", ruang.petugas()))["perbaikan"]
    assert (shown["menunggu"], shown["disetujui"]) == ("lurah", [])
    assert [p["baru"] for p in shown["perubahan"]] == [NAMA]
    assert body(ruang.get(f"/v1/surat/{letter}", ruang.warga()))["perbaikan"] is None


def test_a_second_correction_keeps_the_first(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit()
    propose(ruang, old)
    agree(ruang, old)
    ruang.quiet()
    [new] = set(ruang.perkara(id)["surat"]) - {old}
    assert body(propose(ruang, new, pekerjaan="Penjahit"))["medan"] == ["nama", "pekerjaan"]
    [row] = waiting(ruang)
    assert [p["medan"] for p in row["perubahan"]] == ["pekerjaan"]
    agree(ruang, new)
    ruang.quiet()

    [newest] = set(ruang.perkara(id)["surat"]) - {old, new}
    text = words(ruang.get(f"/v1/surat/{newest}/pdf", ruang.petugas("lurah")).data)
    assert NAMA in text
    assert "Penjahit" in text


def test_what_the_letter_could_not_say_is_named_at_its_field_and_nobody_is_asked(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()

    refused = propose(ruang, letter, nik="32760", nama=" ", pengantar_nomor="", status_tinggal="istana")

    assert (refused.status_code, slug(refused)) == (422, "isi-salah")
    assert {e["pointer"]: e["detail"] for e in body(refused)["errors"]} == {
        "/koreksi/nik": "NIK harus 16 angka. Lihat di KTP atau Kartu Keluarga.",
        "/koreksi/nama": "Nama lengkap harus diisi.",
        "/koreksi/status_tinggal": "Status tempat tinggal tidak bisa ditulis di surat. Periksa lagi.",
    }
    assert "perbaikan" not in ruang.perkara(id)["surat"][letter]


def test_a_correction_from_which_no_letter_can_be_made_is_proposed_anew(ruang: Ruang) -> None:
    ruang.acuan()
    id, old = ruang.terbit()
    refused = propose(ruang, old, tinggal_sejak="kemarin")
    assert (refused.status_code, slug(refused)) == (422, "isi-salah")
    wish = Usul(alasan="salah_ketik", koreksi={"tinggal_sejak": "kemarin"})  # as release 0.3 took it
    take = lambda state, at: keputusan(usulkan(state or {}, old, wish, "loket.depok", at.now), at)  # noqa: E731
    ruang.app.perkara.update(OFFICE, id, take, Cause.command(new_id()))
    agree(ruang, old)
    ruang.quiet()
    shown = body(ruang.get(f"/v1/surat/{old}", ruang.petugas()))["perbaikan"]
    assert (shown["tertahan"], shown["menunggu"]) == ("data_tidak_sesuai", None)

    assert body(propose(ruang, old, tinggal_sejak="2024-05"))["menunggu"] == "lurah"
    ruang.quiet()
    assert list(ruang.perkara(id)["surat"]) == [old]
    agree(ruang, old)
    ruang.quiet()
    [new] = set(ruang.perkara(id)["surat"]) - {old}
    assert "sejak Mei 2024" in words(ruang.get(f"/v1/surat/{new}/pdf", ruang.petugas("lurah")).data)
