"""The client of BSrE's eSign service against a stand-in that answers as public code of its users shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dokumen.adapters.otoritas import akar, otoritas
from dokumen.adapters.verifier import Verdict, inspect
from dokumen.check import check
from dokumen.settings import Settings
from support import bsre
from support.neighbours import OFFICE, bearer
from support.ruang_surat import CAMAT, KECAMATAN, LURAH, Ruang, kantor

FRASA = "frasa sandi bsre"
SUREL = {LURAH: "lurah@depok.example", CAMAT: "camat@depok.example"}


@pytest.fixture
def layanan(tmp_path: Path) -> Iterator[bsre.Bsre]:
    with bsre.Bsre(tmp_path) as service:
        service.people = dict.fromkeys(SUREL.values(), (FRASA, "ISSUE"))
        yield service


@pytest.fixture
def kamar(tmp_path: Path, layanan: bsre.Bsre) -> Iterator[Ruang]:
    """A letter room whose officials sign at BSrE."""
    with Ruang(
        tmp_path / "data",
        tte="bsre",
        tte_url=layanan.url,
        tte_pengguna=bsre.USER,
        tte_sandi=bsre.PASSWORD,
        tte_akar=layanan.roots,
    ) as room:
        room.acuan(tanda_tangan={"SKDOM": "tte", "SKTM": "tte"})
        camat = kantor(KECAMATAN, "Pancoran Mas") | {"tingkat": "kecamatan", "kode_unit": "01"}
        told = ("kantor.diubah", camat | {"tanda_tangan": {"SKTM": "tte"}})
        room.near.say("pengajuan", KECAMATAN, told, scope=KECAMATAN)
        admin = bearer(room.settings, sub="admin.pancoranmas", peran="admin_kecamatan", wilayah=[KECAMATAN])
        for akun, surel in SUREL.items():
            asked = {"akun": akun, "surel": surel}
            assert body(room.post("/v1/surat/sertifikat", admin, asked))["tersertifikasi"] is True
        room.quiet()
        yield room


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def tanda(ruang: Ruang, akun: str, ids: list[str], frasa: str = FRASA) -> TestResponse:
    peran, kode = ("lurah", OFFICE) if akun == LURAH else ("camat", KECAMATAN)
    who = bearer(ruang.settings, sub=akun, peran=peran, wilayah=[kode])
    return ruang.post("/v1/surat/tanda-tangan", who, {"ids": ids, "frasa": frasa})


def surat(ruang: Ruang, layanan: str = "SKDOM") -> str:
    [letter] = ruang.perkara(ruang.setujui(layanan))["surat"]
    return str(letter)


def isi(ruang: Ruang, letter: str) -> bytes:
    return bytes(ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data)


def test_both_officials_sign_one_file_at_bsre(kamar: Ruang, layanan: bsre.Bsre) -> None:
    letter = surat(kamar, "SKTM")
    assert body(tanda(kamar, LURAH, [letter]))["ditandatangani"] == 1
    assert body(tanda(kamar, CAMAT, [letter]))["ditandatangani"] == 1
    kamar.quiet()

    pdf = isi(kamar, letter)
    found = inspect(pdf, *akar(kamar.settings))
    assert (found.verdict, [s.signer for s in found.seals]) == (Verdict.ASLI, list(SUREL.values()))
    shown = body(kamar.client.post("/v1/verifikasi", data=pdf))
    assert shown["surat"]["tanda_tangan"].startswith(
        "Surat ini ditandatangani secara elektronik oleh pejabatnya"
    )
    assert check(kamar.app)["wrong"] == []
    asked = [call for path, call in layanan.calls if path == "/api/v2/sign/pdf"]
    assert [(a["email"], a["signatureProperties"][0]["tampilan"]) for a in asked] == [
        (SUREL[LURAH], "INVISIBLE"), (SUREL[CAMAT], "INVISIBLE")
    ]  # fmt: skip
    assert inspect(pdf, akar(kamar.settings)[0]).verdict is not Verdict.ASLI  # trusted by its own root alone


def test_its_letters_carry_the_footer_of_certified_ones(kamar: Ruang) -> None:
    from dokumen.adapters.teks_pdf import words

    letter = surat(kamar)
    tanda(kamar, LURAH, [letter])
    kamar.quiet()
    text = " ".join(" ".join(words(isi(kamar, letter))).split())
    assert "sertifikat elektronik yang diterbitkan BSrE" in text
    assert "Belum bertanda tangan" not in text


def test_two_of_six_fail_and_keep_number_and_place(kamar: Ruang, layanan: bsre.Bsre) -> None:
    letters = [surat(kamar) for _ in range(6)]
    layanan.broken = {3, 5}
    told = body(tanda(kamar, LURAH, letters))
    assert told["ringkasan"] == "4 ditandatangani, 2 gagal"
    failed = [r["id"] for r in told["hasil"] if not r["berhasil"]]
    assert {r["alasan"] for r in told["hasil"]} == {None, "tte-tidak-tersedia"}

    assert body(tanda(kamar, LURAH, failed))["ditandatangani"] == 2
    kamar.quiet()
    books = [kamar.app.documents.find("nomor", {"surat": s})[0].body["urut"] for s in letters]
    assert books == [1, 2, 3, 4, 5, 6]
    assert check(kamar.app)["wrong"] == []


def test_a_wrong_passphrase_is_asked_once_and_not_for_every_letter(kamar: Ruang, layanan: bsre.Bsre) -> None:
    letters = [surat(kamar) for _ in range(3)]
    refused = tanda(kamar, LURAH, letters, "frasa yang salah")

    assert (refused.status_code, slug(refused)) == (403, "frasa-salah")
    assert sum(path == "/api/v2/sign/pdf" for path, _ in layanan.calls) == 1


def test_who_cannot_sign_there_is_told_so(kamar: Ruang, layanan: bsre.Bsre) -> None:
    letter = surat(kamar)
    layanan.people[SUREL[LURAH]] = (FRASA, "EXPIRED")
    refused = tanda(kamar, LURAH, [letter])
    assert slug(refused) == "sertifikat-tidak-ada"
    assert "EXPIRED" in body(refused)["detail"]


def test_a_service_that_is_away_leaves_everything_as_it_was(kamar: Ruang, layanan: bsre.Bsre) -> None:
    letter = surat(kamar)
    layanan.stop()
    refused = tanda(kamar, LURAH, [letter])
    assert (refused.status_code, slug(refused)) == (503, "tte-tidak-tersedia")
    place = kamar.app.penunjuk.cari("surat", letter)
    assert place is not None
    assert kamar.surat(place)["status"] == "menunggu_tanda_tangan"


def test_another_file_than_the_one_sent_is_not_taken(kamar: Ruang, layanan: bsre.Bsre) -> None:
    first, second = surat(kamar), surat(kamar)
    tanda(kamar, LURAH, [first])
    kamar.quiet()
    layanan.swap = isi(kamar, first)  # a good signature, under another letter
    told = body(tanda(kamar, LURAH, [second]))
    assert told["hasil"][0]["alasan"] == "tanda-tangan-gagal"
    kamar.quiet()
    place = kamar.app.penunjuk.cari("surat", second)
    assert place is not None
    assert kamar.told(place.permohonan) == ["surat.disiapkan", "surat.ditahan"]


def test_settings_say_what_is_missing_and_production_has_no_test_authority(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="EKEL_TTE_URL"):
        Settings(env="test", data=tmp_path, tte="bsre")
    assert otoritas(Settings(env="production", data=tmp_path)) is None
    assert otoritas(Settings(env="test", data=tmp_path, tte="")) is None
