"""A bank's view of a letter: the verdict, whose it is without being told, and what guessing leads to (R18)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis import audit
from dokumen.entrypoints.http.aplikasi import create
from support.neighbours import OFFICE
from support.ruang_surat import Ruang
from web.tokens import Signer


@pytest.fixture
def surat(ruang: Ruang) -> str:
    ruang.acuan()
    return ruang.terbit()[1]


def page(ruang: Ruang, letter: str, klien: str = "bank") -> dict[str, Any]:
    code = ruang.app.rahasia.kode(letter).token
    answer = ruang.get(f"/v1/verifikasi/{code}", vouched(ruang, klien))
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.text))


def match(ruang: Ruang, letter: str, client: Any = None, **asked: str) -> tuple[int, str]:
    """Status and answer of one comparison."""
    code = ruang.app.rahasia.kode(letter).pendek
    answer = (client or ruang.client).post(f"/v1/verifikasi/{code}/cocokkan", json=asked)
    body = json.loads(answer.text)
    return answer.status_code, body.get("hasil") or body["type"].rsplit(":", 1)[1]


def vouched(ruang: Ruang, klien: str) -> dict[str, str]:
    """What the gateway says of the client."""
    signer = Signer(ruang.settings.key_folder(), "gateway")
    return {"X-Klien": signer.sign("dokumen", 300, jenis="klien", klien=klien)}


def logged(ruang: Ruang, scope: str) -> list[dict[str, Any]]:
    return [doc.body for doc in ruang.app.chain.find(audit.COLLECTION.name, {"scope": scope}, limit=1000)]


def test_a_clerk_sees_verdict_colour_signer_and_kind_of_signature(ruang: Ruang, surat: str) -> None:
    found = page(ruang, surat)

    assert (found["status"], found["warna"], found["keterangan"]) == (
        "berlaku",
        "hijau",
        "Surat ini asli dan masih berlaku.",
    )
    assert found["penandatangan"] == [{"nama": "Ratna Contohningrum, S.STP.", "jabatan": "Lurah Depok"}]
    assert "belum bertanda tangan elektronik tersertifikasi" in found["tanda_tangan"]
    assert (found["nama"], found["cocokkan"]) == ("S*** C*********", ["nama", "nik"])
    assert "nik" not in found


def test_a_copied_qr_under_another_name_is_found_out(ruang: Ruang, surat: str) -> None:
    assert match(ruang, surat, nama="  sari   CONTOHWATI ") == (200, "cocok")
    assert match(ruang, surat, nama="Budi Contohwati") == (200, "tidak_cocok")
    assert match(ruang, surat, nik="9001") == (200, "cocok")
    assert match(ruang, surat, nik="9002") == (200, "tidak_cocok")


def test_five_tries_an_hour_in_all_processes_together(ruang: Ruang, surat: str) -> None:
    other = create(ruang.app).test_client()
    for digits in ("0000", "0001"):
        assert match(ruang, surat, nik=digits) == (200, "tidak_cocok")
        assert match(ruang, surat, other, nik=digits) == (200, "tidak_cocok")
    assert match(ruang, surat, nama="Orang Lain") == (200, "tidak_cocok")

    assert match(ruang, surat, nik="9001") == (429, "terlalu-sering")
    assert match(ruang, surat, other, nama="Sari Contohwati") == (429, "terlalu-sering")
    assert page(ruang, surat)["status"] == "berlaku"

    ruang.app.clock.real = lambda: datetime.now(UTC) + timedelta(minutes=61)
    assert match(ruang, surat, nik="9001") == (200, "cocok")


def test_every_comparison_is_logged_without_what_was_typed(ruang: Ruang, surat: str) -> None:
    match(ruang, surat, nama="Budi Contohwati")
    match(ruang, surat, nik="0000")

    noted = [e for e in logged(ruang, OFFICE) if e["action"].startswith("verifikasi.")]
    assert [(e["action"], e["subject"]) for e in noted] == [
        ("verifikasi.cocokkan_nama", surat),
        ("verifikasi.cocokkan_nik", surat),
    ]
    assert "Budi" not in json.dumps(noted)


@pytest.mark.parametrize("asked", [{}, {"nama": "A", "nik": "0000"}, {"nik": "123"}, {"nik": "12a4"}])
def test_a_comparison_asks_for_one_thing(ruang: Ruang, surat: str, asked: dict[str, str]) -> None:
    assert match(ruang, surat, **asked) == (422, "isi-salah")


def test_names_and_digits_are_kept_as_keyed_digests(ruang: Ruang, surat: str) -> None:
    place = ruang.app.penunjuk.cari("surat", surat)
    assert place is not None
    kept = ruang.surat(place)["cocok"]

    assert set(kept) == {"nama", "nik"}
    assert kept["nik"] != ruang.app.rahasia.cap("another letter", "nik", "9001")
    assert "9001" not in json.dumps(kept)


def test_guessing_codes_is_limited_per_client_and_logged(ruang: Ruang, surat: str) -> None:
    guesser, bank = vouched(ruang, "penebak"), vouched(ruang, "bank")
    answers = [ruang.get(f"/v1/verifikasi/AAAABBBB{n:04}", guesser).status_code for n in range(2000, 2031)]

    assert answers == [404] * 30 + [429]
    right = ruang.app.rahasia.kode(surat).pendek
    assert ruang.get(f"/v1/verifikasi/{right}", guesser).status_code == 429
    assert ruang.get(f"/v1/verifikasi/{right}", bank).status_code == 200
    noted = logged(ruang, "verifikasi")
    assert [(e["actor"], e["action"]) for e in noted] == [("penebak", "verifikasi.meleset")] * 30
    assert "AAAABBBB" not in json.dumps(noted)


def test_a_header_that_the_gateway_did_not_sign_makes_nobody_another_client(ruang: Ruang) -> None:
    forged = Signer(ruang.settings.key_folder(), "pengajuan").sign("dokumen", 300, jenis="klien", klien="x")
    for n in range(30):
        made = {"X-Klien": forged if n % 2 else f"palsu-{n}"}
        assert ruang.get(f"/v1/verifikasi/CCCCDDDD{n + 2000}", made).status_code == 404

    assert ruang.get("/v1/verifikasi/CCCCDDDD9999", {"X-Klien": "yang-lain"}).status_code == 429


def test_a_revoked_letter_still_answers_in_red_and_does_not_say_why(ruang: Ruang, surat: str) -> None:
    ruang.post(f"/v1/surat/{surat}/cabut", ruang.petugas("lurah"), {"alasan": "data_keliru"})

    found = page(ruang, surat)
    assert (found["status"], found["warna"]) == ("dicabut", "merah")
    assert "data_keliru" not in json.dumps(found)
    assert match(ruang, surat, nik="9001") == (200, "cocok")


def test_an_expired_letter_answers_in_yellow(ruang: Ruang, surat: str) -> None:
    ruang.jam("2026-07-15T03:00:00+00:00")

    found = page(ruang, surat)
    assert (found["status"], found["warna"], found["berlaku_sampai"]) == (
        "kedaluwarsa",
        "kuning",
        "2026-07-14",
    )
