"""N6 beside N1: two letters of one case, each with its own number and file; the case ends with the last of them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest

from chassis import memory
from dokumen.check import check
from support.neighbours import OFFICE, bearer, confirmation
from support.ruang_surat import ASLI, LURAH, Ruang

SEMUA = ASLI["NIKAH"]


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def words(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def keduanya(ruang: Ruang, id: str) -> dict[str, str]:
    """Kind → letter, of those that were not given up or replaced."""
    letters = ruang.perkara(id)["surat"].items()
    return {s.get("jenis", "NIKAH"): i for i, s in letters if s["status"] not in ("batal", "diganti")}


def nikah(ruang: Ruang, **ganti: Any) -> tuple[str, str, str]:
    """Application, N1 and N6 of a widow."""
    id = ruang.setujui("NIKAH", **ganti)
    found = keduanya(ruang, id)
    return id, found["NIKAH"], found["N6"]


def kabar(ruang: Ruang, id: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Names and data of what dokumen told of the case's letters."""
    events = ruang.near.heard(f"ekelurahan.peristiwa.v1.{OFFICE}", "dokumen", id)
    return [(e.name, e.data or {}) for e in events]


def lurah(ruang: Ruang) -> dict[str, str]:
    return bearer(ruang.settings, sub=LURAH, peran="lurah", wilayah=[OFFICE])


def halaman(ruang: Ruang, surat: str) -> dict[str, Any]:
    return body(ruang.get(f"/v1/verifikasi/{ruang.app.rahasia.kode(surat).token}"))


def test_a_widow_gets_two_letters_with_numbers_files_and_codes_of_their_own(ruang: Ruang) -> None:
    ruang.acuan(seri_nomor="per_klasifikasi")
    id, n1, n6 = nikah(ruang)

    listed = {s["id"]: s for s in body(ruang.get(f"/v1/surat?permohonan={id}", ruang.warga()))["surat"]}
    assert [listed[s]["jenis"] for s in (n1, n6)] == ["NIKAH", "N6"]
    assert [listed[s]["nomor"][0]["nomor"] for s in (n1, n6)] == [
        "400.12.3.2/0001/01.1006/I/2026",
        "400.12.3.1/0001/01.1006/I/2026",
    ]
    for letter, model in ((n1, "Model N1"), (n6, "Model N6")):
        pdf = ruang.get(f"/v1/surat/{letter}/pdf", lurah(ruang)).data
        found = body(ruang.client.post("/v1/verifikasi", data=pdf))
        assert (found["hasil"], found["surat"]["status"]) == ("asli", "berlaku")
        assert halaman(ruang, letter)["jenis"] == listed[letter]["judul"]
        assert model in words(pdf)
    first, last = (data for name, data in kabar(ruang, id) if name == "surat.diterbitkan")
    assert (first["sisa"], last.get("sisa")) == (1, None)
    assert {first["surat"], last["surat"]} == {n1, n6}
    assert first["hasil"] == last["hasil"] == ["NIKAH", "N6"]
    assert ruang.perkara(id)["tahap"] == "terbit"
    assert check(ruang.app)["wrong"] == []


@pytest.mark.parametrize("ganti", [{"status_kawin": "cerai_hidup"}, {"agama": "kristen"}])
def test_who_was_divorced_or_marries_elsewhere_gets_one_letter(ruang: Ruang, ganti: dict[str, str]) -> None:
    ruang.acuan(surat={"tujuan": {"disdukcapil": "Kepala Dinas Contoh"}})
    id = ruang.setujui("NIKAH", **ganti)

    assert list(keduanya(ruang, id)) == ["NIKAH"]
    [issued] = [data for name, data in kabar(ruang, id) if name == "surat.diterbitkan"]
    assert not {"jenis", "sisa", "hasil"} & set(issued)


def test_what_only_the_second_letter_lacks_holds_both_and_gives_no_number(ruang: Ruang) -> None:
    ruang.acuan()
    id = ruang.setujui("NIKAH", pasangan_dulu_meninggal_di="")

    assert ruang.perkara(id)["tertahan"]["medan"] == "jawaban_pasangan_dulu_meninggal_di"
    assert ruang.perkara(id)["surat"] == {}
    assert ruang.app.documents.count("nomor", {}) == 0
    ruang.pribadi(id, "NIKAH")
    ruang.quiet()
    assert set(keduanya(ruang, id)) == {"NIKAH", "N6"}


def test_both_go_out_in_one_action_on_one_look_at_the_originals_and_one_code(ruang: Ruang) -> None:
    ruang.acuan()
    id, n1, n6 = nikah(ruang)
    assert body(ruang.serah(n6, {}))["type"].endswith("asli-belum-dilihat")
    asked = {"untuk": "kurir"}
    old = body(ruang.post(f"/v1/surat/{n1}/kode-ambil", ruang.warga(), asked))["kode"]
    code = body(ruang.post(f"/v1/surat/{n6}/kode-ambil", ruang.warga(), asked))["kode"]
    wrong = ruang.serah(n1, SEMUA, kepada="kurir", kode_ambil=old)
    assert body(wrong)["type"].endswith("kode-ambil-salah")

    assert ruang.serah(n1, SEMUA, kepada="kurir", kode_ambil=code).status_code == 200
    ruang.quiet()
    told = [data for name, data in kabar(ruang, id) if name == "surat.diserahkan"]
    assert [(d["surat"], d["cara"], d.get("sisa")) for d in told] == [(n1, "loket", 1), (n6, "loket", None)]
    assert ruang.perkara(id)["tahap"] == "diserahkan"
    for letter in (n1, n6):
        assert ruang.get(f"/v1/surat/{letter}/pdf", ruang.warga()).status_code == 200
    assert body(ruang.serah(n6, SEMUA))["type"].endswith("transisi-salah")


def test_released_at_once_the_case_is_over_with_the_second_download(ruang: Ruang) -> None:
    ruang.acuan(rilis={"NIKAH": "langsung"})
    id, n1, n6 = nikah(ruang)
    assert ruang.get(f"/v1/surat/{n6}/pdf", ruang.warga()).status_code == 200
    assert ruang.perkara(id)["tahap"] == "terbit"
    assert "akhir" not in ruang.perkara(id)  # nothing begins to age yet
    assert ruang.get(f"/v1/surat/{n1}/pdf", ruang.warga()).status_code == 200

    assert ruang.perkara(id)["tahap"] == "diserahkan"
    assert "akhir" in ruang.perkara(id)


def test_signed_by_hand_the_case_waits_for_both_and_a_letter_given_up_is_made_anew(ruang: Ruang) -> None:
    ruang.acuan(tanda_tangan={"NIKAH": "basah"})
    id, n1, n6 = nikah(ruang)
    rows = body(ruang.get("/v1/surat/basah", ruang.petugas()))["surat"]
    assert [row["id"] for row in rows] == [n1, n6]
    _sahkan(ruang, n1)
    assert (ruang.perkara(id)["tahap"], kabar(ruang, id)[-1][1]["sisa"]) == ("disetujui", 1)
    assert body(ruang.get(f"/v1/surat/{n1}", ruang.warga()))["status"] == "berlaku"
    assert check(ruang.app)["wrong"] == []

    given_up = ruang.post(f"/v1/surat/{n6}/batal", lurah(ruang), {"alasan": "salah_cetak"})
    assert given_up.status_code == 200, given_up.text
    ruang.quiet()
    again = keduanya(ruang, id)["N6"]
    assert (again != n6, keduanya(ruang, id)["NIKAH"]) == (True, n1)
    assert ruang.serah(n1, SEMUA).status_code == 200  # the first need not wait for the second
    ruang.quiet()
    assert (ruang.perkara(id)["tahap"], kabar(ruang, id)[-1][1]["sisa"]) == ("disetujui", 1)
    _sahkan(ruang, again)
    assert ruang.perkara(id)["tahap"] == "terbit"
    assert "sisa" not in kabar(ruang, id)[-1][1]
    assert ruang.serah(again, {}).status_code == 200  # originals were seen for the first letter
    assert ruang.perkara(id)["tahap"] == "diserahkan"
    status = [
        d.body["status"] for d in ruang.app.documents.find("nomor", {"scope": OFFICE}, order=("urut", "id"))
    ]
    assert sorted(status) == ["batal", "surat", "surat"]
    ruang.quiet()
    assert check(ruang.app)["wrong"] == []


def _sahkan(ruang: Ruang, letter: str) -> None:
    """The sheet comes back signed."""
    sheet = ruang.get(f"/v1/surat/{letter}/cetakan", ruang.petugas()).data
    page, scan = pypdfium2.PdfDocument(sheet)[0].render(scale=1.6).to_pil().convert("RGB"), io.BytesIO()
    page.save(scan, "JPEG", quality=88)
    sent = ruang.client.post(
        f"/v1/berkas/pindaian?surat={letter}",
        data=scan.getvalue(),
        headers={**ruang.petugas(), "Idempotency-Key": f"pindai-{letter}"},
    )
    assert sent.status_code == 202
    ruang.quiet()
    shown = body(ruang.get(f"/v1/surat/{letter}/pindaian", ruang.petugas()))
    asked = {"sha256": shown["sha256"], "sama": True}
    assert ruang.post(f"/v1/surat/{letter}/pindaian/sahkan", ruang.petugas(), asked).status_code == 200
    ruang.quiet()


def test_one_entry_of_the_passphrase_signs_both(ruang: Ruang) -> None:
    ruang.acuan(tanda_tangan={"NIKAH": "tte"})
    admin = bearer(ruang.settings, sub="admin.pancoranmas", peran="admin_kecamatan", wilayah=[OFFICE[:6]])
    given = body(ruang.post("/v1/surat/sertifikat", admin, {"akun": LURAH}))["frasa_sementara"]
    phrase = "kebun mangga di tepi situ"
    ruang.post("/v1/surat/sertifikat/frasa", lurah(ruang), {"lama": given, "baru": phrase})
    id, n1, n6 = nikah(ruang)
    waiting = body(ruang.get("/v1/surat/tanda-tangan", lurah(ruang)))["surat"]
    assert [row["judul"] for row in waiting] == [
        "Surat Pengantar Nikah",
        "Surat Keterangan Kematian Suami/Istri",
    ]

    told = body(ruang.post("/v1/surat/tanda-tangan", lurah(ruang), {"ids": [n1, n6], "frasa": phrase}))
    assert told["ringkasan"] == "2 ditandatangani, 0 gagal"
    ruang.quiet()
    assert ruang.perkara(id)["tahap"] == "terbit"
    assert check(ruang.app)["wrong"] == []


def test_one_of_them_is_corrected_and_the_other_stays(ruang: Ruang) -> None:
    ruang.acuan()
    id, n1, n6 = nikah(ruang)
    ruang.serah(n1, SEMUA)
    asked = {"alasan": "salah_ketik", "koreksi": {"pasangan_dulu_meninggal_di": "Bogor"}}
    ruang.post(f"/v1/surat/{n6}/perbaikan", ruang.petugas(), asked)
    sure = confirmation(ruang.settings, "dokumen", LURAH, n6)
    assert ruang.post(f"/v1/surat/{n6}/perbaikan/setuju", lurah(ruang) | sure, {}).status_code == 200
    ruang.quiet()

    new = keduanya(ruang, id)["N6"]
    state = ruang.perkara(id)
    assert (state["surat"][n6]["status"], state["surat"][n1]["status"], state["tahap"]) == (
        "diganti",
        "berlaku",
        "terbit",
    )
    issued = kabar(ruang, id)[-1][1]
    assert (issued["jenis"], issued["mengganti"], issued.get("sisa")) == ("N6", n6, None)
    assert [halaman(ruang, s)["status"] for s in (n6, new, n1)] == ["diganti", "berlaku", "berlaku"]
    assert "Bogor" in words(ruang.get(f"/v1/surat/{new}/pdf", ruang.warga()).data)  # originals were seen
    assert ruang.perkara(id)["tahap"] == "diserahkan"
    ruang.quiet()
    assert check(ruang.app)["wrong"] == []


def test_the_lurah_revokes_one_but_an_original_that_does_not_fit_ends_both(ruang: Ruang) -> None:
    ruang.acuan()
    id, n1, n6 = nikah(ruang)
    assert ruang.post(f"/v1/surat/{n6}/cabut", lurah(ruang), {"alasan": "data_keliru"}).status_code == 200
    assert ruang.perkara(id)["tahap"] == "terbit"
    assert [halaman(ruang, s)["status"] for s in (n1, n6)] == ["berlaku", "dicabut"]
    assert ruang.serah(n1, SEMUA).status_code == 200
    assert ruang.perkara(id)["tahap"] == "diserahkan"

    other, n1, n6 = nikah(ruang)
    wrong = {"syarat": ["AKTA_KEMATIAN_PASANGAN"]}
    assert ruang.post(f"/v1/surat/{n1}/tidak-sesuai", ruang.petugas(), wrong).status_code == 200
    ruang.quiet()
    told = [data for name, data in kabar(ruang, other) if name == "surat.dicabut"]
    assert [(d["surat"], d.get("bersama"), d.get("hasil")) for d in told] == [
        (n1, None, ["NIKAH", "N6"]),
        (n6, n1, None),
    ]
    assert ruang.perkara(other)["tahap"] == "dicabut"
    assert check(ruang.app)["wrong"] == []


def test_revoking_what_was_not_fetched_ends_the_case_whose_other_letter_was(ruang: Ruang) -> None:
    ruang.acuan(rilis={"NIKAH": "langsung"})
    id, n1, n6 = nikah(ruang)
    ruang.get(f"/v1/surat/{n1}/pdf", ruang.warga())
    ruang.post(f"/v1/surat/{n6}/cabut", lurah(ruang), {"alasan": "data_keliru"})
    ruang.quiet()

    assert ruang.perkara(id)["tahap"] == "diserahkan"
    assert kabar(ruang, id)[-1][1]["selesai"] is True


def test_papers_and_person_stay_until_the_last_letter_of_the_case_is_destroyed(ruang: Ruang) -> None:
    ruang.acuan()
    id, n1, n6 = nikah(ruang)
    ruang.serah(n1, SEMUA)
    later = datetime.now(UTC) + timedelta(days=6 * 365)
    ruang.app.clock.real = lambda: later
    ruang.quiet()
    for letter, left in ((n1, 1), (n6, 0)):
        for peran in ("kasi", "lurah"):
            asked = {"dasar": "jra_2043"}
            done = ruang.post(f"/v1/surat/{letter}/musnahkan", ruang.petugas(peran), asked)
            assert done.status_code == 200
        ruang.quiet()
        assert len(ruang.objects()) == left
        assert bool(ruang.perkara(id).get("pribadi")) == bool(left)
        assert halaman(ruang, letter)["status"] == "dimusnahkan"
    assert ruang.perkara(id)["surat"][n6]["jenis"] == "N6"
    assert check(ruang.app)["wrong"] == []


def test_the_signer_reads_the_drafts_of_both(ruang: Ruang) -> None:
    ruang.acuan()
    id = ruang.setujui("NIKAH")
    draft = ruang.get(f"/v1/surat/pratinjau?permohonan={id}", lurah(ruang))

    assert draft.status_code == 200
    assert len(pypdfium2.PdfDocument(draft.data)) == 2
    assert words(draft.data).count("KONSEP") >= 2


def test_a_letter_that_the_case_still_owes_or_never_had_is_c4(ruang: Ruang) -> None:
    ruang.acuan()
    id, _, n6 = nikah(ruang)

    def plant(edit: Any) -> list[tuple[str, str]]:
        doc = ruang.app.documents.get("perkara", OFFICE, id)
        assert doc is not None
        whole = memory.copied(doc.body)
        changed = memory.copied(doc.body)
        edit(changed["state"])
        assert ruang.app.documents.replace("perkara", replace(doc, rev=doc.rev + 1, body=changed), doc.rev)
        found = [(w["invariant"], w["detail"]) for w in check(ruang.app)["wrong"] if w["id"] == id]
        back = replace(doc, rev=doc.rev + 2, body=whole)
        assert ruang.app.documents.replace("perkara", back, doc.rev + 1)
        return found

    assert ("C4", "issued, but letter N6 is missing") in plant(lambda s: s["surat"].pop(n6))
    assert ("C4", "all letters are issued, but the case is not") in plant(
        lambda s: s.update(tahap="disetujui")
    )
    assert ("C4", "a letter that the case does not yield: N6") in plant(lambda s: s.pop("hasil"))
    assert check(ruang.app)["wrong"] == []
