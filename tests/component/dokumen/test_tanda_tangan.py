"""Signing with one's own certificate: whose turn it is, one passphrase for many letters, nothing of it kept (R2)."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from chassis.ports.errors import Unavailable
from dokumen.adapters.otoritas import akar
from dokumen.adapters.verifier import Verdict, inspect
from dokumen.check import check
from support.neighbours import OFFICE, bearer
from support.ruang_surat import CAMAT, KECAMATAN, LURAH, Ruang, kantor

FRASA = {LURAH: "kebun mangga di tepi situ", CAMAT: "perahu kayu menuju pulau"}
TTE = {"SKDOM": "tte", "SKTM": "tte"}


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def pejabat(ruang: Ruang, akun: str) -> dict[str, str]:
    peran, kode = ("lurah", OFFICE) if akun == LURAH else ("camat", KECAMATAN)
    return bearer(ruang.settings, sub=akun, peran=peran, wilayah=[kode])


def admin(ruang: Ruang) -> dict[str, str]:
    return bearer(ruang.settings, sub="admin.pancoranmas", peran="admin_kecamatan", wilayah=[KECAMATAN])


def daftarkan(ruang: Ruang, akun: str) -> None:
    """Enrolled by the administrator; the passphrase changed by its owner."""
    given = body(ruang.post("/v1/surat/sertifikat", admin(ruang), {"akun": akun}))["frasa_sementara"]
    asked = {"lama": given, "baru": FRASA[akun]}
    assert ruang.post("/v1/surat/sertifikat/frasa", pejabat(ruang, akun), asked).status_code == 200


def acuan(ruang: Ruang, kelurahan: dict[str, str] = TTE, kecamatan: dict[str, str] = TTE) -> None:
    ruang.acuan(tanda_tangan=kelurahan)
    camat = kantor(KECAMATAN, "Pancoran Mas") | {"tingkat": "kecamatan", "kode_unit": "01"}
    told = ("kantor.diubah", camat | {"tanda_tangan": kecamatan})
    ruang.near.say("pengajuan", KECAMATAN, told, scope=KECAMATAN)
    ruang.quiet()


def tanda(ruang: Ruang, akun: str, ids: list[str], frasa: str = "") -> TestResponse:
    asked = {"ids": ids, "frasa": frasa or FRASA[akun]}
    return ruang.post("/v1/surat/tanda-tangan", pejabat(ruang, akun), asked)


def menunggu(ruang: Ruang, akun: str) -> list[str]:
    return [s["id"] for s in body(ruang.get("/v1/surat/tanda-tangan", pejabat(ruang, akun)))["surat"]]


def surat(ruang: Ruang, layanan: str = "SKDOM") -> tuple[str, str]:
    id = ruang.setujui(layanan)
    [letter] = ruang.perkara(id)["surat"]
    return id, letter


def test_a_letter_waits_with_its_number_and_is_issued_by_its_signature(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    id, letter = surat(ruang)

    assert ruang.told(id) == ["surat.disiapkan"]
    waiting = ruang.perkara(id)["surat"][letter]
    assert (waiting["status"], waiting["tertulis"][0]["nomor"]) == (
        "menunggu_tanda_tangan", "400.12.2.1/0001/01.1006/I/2026"
    )  # fmt: skip
    assert check(ruang.app)["wrong"] == []
    assert menunggu(ruang, LURAH) == [letter]
    sheet = ruang.get(f"/v1/surat/{letter}/cetakan", pejabat(ruang, LURAH))
    assert sheet.data.startswith(b"%PDF-")
    assert ruang.get(f"/v1/surat/{letter}/pdf", pejabat(ruang, LURAH)).status_code == 409

    told = body(tanda(ruang, LURAH, [letter]))
    assert (told["ringkasan"], told["hasil"][0]["berhasil"]) == ("1 ditandatangani, 0 gagal", True)
    ruang.quiet()
    assert ruang.told(id) == ["surat.disiapkan", "surat.diterbitkan"]
    assert menunggu(ruang, LURAH) == []
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", pejabat(ruang, LURAH)).data
    found = inspect(pdf, *akar(ruang.settings))
    assert (found.verdict, [s.signer for s in found.seals]) == (Verdict.ASLI, ["Ratna Contohningrum, S.STP."])
    assert pdf.startswith(sheet.data)
    verified = body(ruang.client.post("/v1/verifikasi", data=pdf))
    assert verified["hasil"] == "asli"
    assert "sertifikat uji coba" in verified["surat"]["tanda_tangan"]
    assert check(ruang.app)["wrong"] == []


def test_the_lurah_signs_first_and_the_camat_adds_to_the_same_file(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    daftarkan(ruang, CAMAT)
    id, letter = surat(ruang, "SKTM")
    early = body(tanda(ruang, CAMAT, [letter]))
    assert early["hasil"][0]["alasan"] == "bukan-giliran-tanda-tangan"
    assert (menunggu(ruang, LURAH), menunggu(ruang, CAMAT)) == ([letter], [])

    assert body(tanda(ruang, LURAH, [letter]))["ditandatangani"] == 1
    half = ruang.get(f"/v1/surat/{letter}/cetakan", pejabat(ruang, CAMAT)).data
    assert (menunggu(ruang, LURAH), menunggu(ruang, CAMAT)) == ([], [letter])
    assert ruang.told(id) == ["surat.disiapkan"]

    assert body(tanda(ruang, CAMAT, [letter]))["ditandatangani"] == 1
    ruang.quiet()
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", pejabat(ruang, CAMAT)).data
    assert pdf.startswith(half)
    found = inspect(pdf, *akar(ruang.settings))
    assert [(s.field, s.covers) for s in found.seals] == [("Lurah", "revision"), ("Camat", "file")]
    assert found.verdict is Verdict.ASLI
    assert ruang.told(id) == ["surat.disiapkan", "surat.diterbitkan"]


@pytest.mark.parametrize(("lurah", "camat"), [("segel", "tte"), ("tte", "segel")])
def test_a_seal_of_one_office_and_a_signature_of_the_other_meet_on_one_letter(
    ruang: Ruang, lurah: str, camat: str
) -> None:
    acuan(ruang, {"SKTM": lurah}, {"SKTM": camat})
    signer = LURAH if lurah == "tte" else CAMAT
    daftarkan(ruang, signer)
    id, letter = surat(ruang, "SKTM")

    assert menunggu(ruang, signer) == [letter]
    assert body(tanda(ruang, signer, [letter]))["ditandatangani"] == 1
    ruang.quiet()
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", pejabat(ruang, LURAH)).data
    found = inspect(pdf, *akar(ruang.settings))
    assert (found.verdict, [s.field for s in found.seals]) == (Verdict.ASLI, ["Lurah", "Camat"])
    issued = ruang.perkara(id)["surat"][letter]
    assert issued["tanda_tangan"] == "segel"  # not every signature is an official's own


def test_many_letters_with_one_passphrase_and_two_that_fail_are_told_apart(
    ruang: Ruang, monkeypatch: pytest.MonkeyPatch
) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    letters = [surat(ruang)[1] for _ in range(8)]
    sheets = {
        ruang.perkara(ruang.app.penunjuk.cari("surat", s).permohonan)["surat"][s]["lembar"]["objek"]  # type: ignore[union-attr]
        for s in letters[3:5]
    }
    real = ruang.app.objects.open

    def away(key: str) -> Any:
        if key in sheets:
            raise Unavailable("planted")
        return real(key)

    monkeypatch.setattr(ruang.app.objects, "open", away)
    told = body(tanda(ruang, LURAH, letters))
    monkeypatch.undo()
    assert told["ringkasan"] == "6 ditandatangani, 2 gagal"
    assert [r["berhasil"] for r in told["hasil"]] == [True] * 3 + [False] * 2 + [True] * 3
    assert all(r["pesan"] for r in told["hasil"] if not r["berhasil"])
    numbers = [ruang.app.documents.find("nomor", {"surat": s})[0].body["urut"] for s in letters]
    assert menunggu(ruang, LURAH) == letters[3:5]

    again = body(tanda(ruang, LURAH, letters))
    assert again["ringkasan"] == "8 ditandatangani, 0 gagal"
    assert [ruang.app.documents.find("nomor", {"surat": s})[0].body["urut"] for s in letters] == numbers
    ruang.quiet()
    assert check(ruang.app)["wrong"] == []


def test_a_wrong_passphrase_signs_nothing_and_is_tried_five_times_at_most(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    _, letter = surat(ruang)

    for _ in range(5):
        refused = tanda(ruang, LURAH, [letter], "tebakan yang salah")
        assert (refused.status_code, slug(refused)) == (403, "frasa-salah")
    assert slug(tanda(ruang, LURAH, [letter])) == "terlalu-sering"
    assert menunggu(ruang, LURAH) == [letter]


def test_a_temporary_passphrase_must_be_changed_before_it_signs(ruang: Ruang) -> None:
    acuan(ruang)
    _, letter = surat(ruang)
    assert slug(tanda(ruang, LURAH, [letter])) == "sertifikat-tidak-ada"
    given = body(ruang.post("/v1/surat/sertifikat", admin(ruang), {"akun": LURAH}))["frasa_sementara"]

    assert slug(tanda(ruang, LURAH, [letter], given)) == "frasa-sementara"
    shown = body(ruang.get("/v1/surat/sertifikat", pejabat(ruang, LURAH)))
    assert (shown["keadaan"], shown["tersertifikasi"]) == ("sementara", False)
    outside = bearer(ruang.settings, sub="admin.lain", peran="admin_kantor", wilayah=["3276051004"])
    assert ruang.post("/v1/surat/sertifikat", outside, {"akun": LURAH}).status_code == 403


def test_only_the_official_whose_record_is_the_signer_may_sign(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    _, letter = surat(ruang)
    asked = {"ids": [letter], "frasa": FRASA[LURAH]}
    other = bearer(ruang.settings, sub="lurah.lain", peran="lurah", wilayah=[OFFICE])

    assert ruang.post("/v1/surat/tanda-tangan", other, asked).status_code == 403  # no official of ours
    assert ruang.post("/v1/surat/tanda-tangan", ruang.petugas(), asked).status_code == 403
    assert ruang.post("/v1/surat/tanda-tangan", ruang.warga(), asked).status_code == 403
    ruang.pejabat("lurah.lain", "lurah", OFFICE, "Lurah Depok", "Contoh Pengganti")
    ruang.quiet()
    told = body(ruang.post("/v1/surat/tanda-tangan", other, asked))
    assert told["hasil"][0]["alasan"] == "bukan-giliran-tanda-tangan"


def test_the_passphrase_is_nowhere_afterwards(
    ruang: Ruang, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    acuan(ruang)
    daftarkan(ruang, LURAH)
    _, letter = surat(ruang)
    wrong = "frasa yang keliru sama sekali"
    tanda(ruang, LURAH, [letter], wrong)
    assert body(tanda(ruang, LURAH, [letter]))["ditandatangani"] == 1
    ruang.quiet()

    needles = [text.encode() for text in (FRASA[LURAH], wrong)]
    for file in Path(ruang.settings.data).rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(needle in content for needle in needles), file
    printed = "".join(capfd.readouterr()) + caplog.text
    assert not any(needle.decode() in printed for needle in needles)


def test_a_repeated_request_signs_once(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    id, letter = surat(ruang)
    headers = {**pejabat(ruang, LURAH), "Idempotency-Key": "kunci-yang-sama"}
    asked = {"ids": [letter], "frasa": FRASA[LURAH]}
    first, second = (
        ruang.client.post("/v1/surat/tanda-tangan", json=asked, headers=headers) for _ in range(2)
    )
    ruang.quiet()

    assert body(first) == body(second)
    assert ruang.told(id).count("surat.diterbitkan") == 1


def test_a_letter_whose_sheet_is_lost_is_held_visibly_and_not_tried_for_ever(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    id, letter = surat(ruang)
    key = ruang.perkara(id)["surat"][letter]["lembar"]["objek"]
    (Path(ruang.settings.data) / "objects" / "objects" / f"{key}=").unlink()

    told = body(tanda(ruang, LURAH, [letter]))
    ruang.quiet()
    assert told["hasil"][0]["alasan"] == "tanda-tangan-gagal"
    assert ruang.told(id) == ["surat.disiapkan", "surat.ditahan"]
    assert ruang.perkara(id)["tertahan"]["alasan"] == "tanda_tangan_gagal"
    held = ruang.near.heard(f"ekelurahan.peristiwa.v1.{OFFICE}", "dokumen", id)[-1].data or {}
    assert (held["peran"], held["kantor"]) == ("lurah", OFFICE)  # whose signature failed is told
    tanda(ruang, LURAH, [letter])
    ruang.quiet()
    assert ruang.told(id).count("surat.ditahan") == 1


def test_a_damaged_authority_holds_the_letter_and_its_repair_releases_it(ruang: Ruang) -> None:
    ruang.acuan()
    ruang.terbit()  # the office's seal exists now
    seal = Path(ruang.settings.key_folder()) / "segel" / "kantor" / f"{OFFICE}.key"
    whole = seal.read_bytes()
    seal.write_bytes(b"nothing")
    id = ruang.setujui()

    assert ruang.told(id) == ["surat.ditahan"]
    held = ruang.perkara(id)["tertahan"]
    assert held["alasan"] == "otoritas_rusak"
    assert check(ruang.app)["wrong"] == []
    seal.write_bytes(whole)
    ruang.acuan(telepon="(021) 0000001")
    assert ruang.told(id)[-2:] == ["surat.disiapkan", "surat.diterbitkan"]
    assert "tertahan" not in ruang.perkara(id)
    assert sorted(d.body["urut"] for d in ruang.app.documents.find("nomor", {"scope": OFFICE})) == [1, 2]


def test_a_letter_given_up_before_it_is_signed_leaves_a_void_number_and_a_new_letter(ruang: Ruang) -> None:
    acuan(ruang)
    daftarkan(ruang, LURAH)
    id, letter = surat(ruang)
    path, asked = f"/v1/surat/{letter}/batal", {"alasan": "data_kantor_keliru"}
    assert ruang.post(path, ruang.petugas(), asked).status_code == 403
    assert body(ruang.post(path, pejabat(ruang, LURAH), asked))["status"] == "batal"
    ruang.quiet()

    [new] = [s for s in ruang.perkara(id)["surat"] if s != letter]
    assert menunggu(ruang, LURAH) == [new]
    book = ruang.app.documents.find("nomor", {"scope": OFFICE})
    assert [(d.body["urut"], d.body["status"], d.body.get("alasan")) for d in book] == [
        (1, "batal", "data_kantor_keliru"), (2, "surat", None)
    ]  # fmt: skip
    assert body(tanda(ruang, LURAH, [new]))["ditandatangani"] == 1
    ruang.quiet()
    assert ruang.post(f"/v1/surat/{new}/batal", pejabat(ruang, LURAH), asked).status_code == 409
    assert check(ruang.app)["wrong"] == []
