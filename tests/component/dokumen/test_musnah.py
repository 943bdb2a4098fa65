"""Letters are destroyed by two officials at the end of their time, and still answer for themselves (R15, R18)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dokumen.check import check
from support.neighbours import OFFICE
from support.ruang_surat import ASLI, Ruang


@pytest.fixture
def tua(ruang: Ruang) -> tuple[str, str]:
    """An issued letter of six years ago: (application, letter)."""
    ruang.acuan()
    id, letter = ruang.terbit()
    assert ruang.serah(letter, ASLI["SKDOM"]).status_code == 200
    later(ruang, 6 * 365)
    return id, letter


def later(ruang: Ruang, days: float) -> None:
    now = datetime.now(UTC)
    ruang.app.clock.real = lambda: now + timedelta(days=days)
    ruang.quiet()


def destroy(ruang: Ruang, surat: str, peran: str, dasar: str = "jra_2043") -> Any:
    return ruang.post(f"/v1/surat/{surat}/musnahkan", ruang.petugas(peran), {"dasar": dasar})


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def test_two_officials_destroy_a_letter_and_a_record_stays(ruang: Ruang, tua: tuple[str, str]) -> None:
    id, letter = tua
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data
    assert body(destroy(ruang, letter, "kasi"))["disetujui"] is False
    assert len(ruang.objects()) == 1
    assert ruang.app.documents.count("arsip", {"surat": letter}) > 0
    assert body(destroy(ruang, letter, "lurah"))["disetujui"] is True
    ruang.quiet()

    assert ruang.objects() == []
    record = ruang.perkara(id)["surat"][letter]
    assert (record["status"], record["judul"], record["tanggal"]) == (
        "dimusnahkan",
        "Surat Keterangan Domisili",
        "2026-01-15",
    )
    assert record["tertulis"] == [{"kantor": OFFICE, "nomor": "400.12.2.1/0001/01.1006/I/2026"}]
    stored = json.dumps(ruang.perkara(id))
    assert "C*********" not in stored
    assert "cocok" not in record
    assert ruang.told(id)[-1] == "surat.dimusnahkan"
    assert ruang.app.documents.count("nomor", {"surat": letter}) == 1
    assert ruang.app.documents.count("arsip", {"surat": letter}) == 0  # not found by a name any more
    assert check(ruang.app)["wrong"] == []

    page = body(ruang.get(f"/v1/verifikasi/{ruang.app.rahasia.kode(letter).token}"))
    assert (page["status"], page["warna"], page["nama"], page["cocokkan"]) == (
        "dimusnahkan",
        "abu-abu",
        "",
        [],
    )
    assert page["nomor"] == ["400.12.2.1/0001/01.1006/I/2026"]
    assert body(ruang.client.post("/v1/verifikasi", data=pdf))["surat"]["status"] == "dimusnahkan"
    matched = ruang.client.post(
        f"/v1/verifikasi/{ruang.app.rahasia.kode(letter).token}/cocokkan", json={"nik": "9001"}
    )
    assert slug(matched) == "tidak-dapat-dicocokkan"


def test_one_person_alone_or_two_without_a_head_destroy_nothing(ruang: Ruang, tua: tuple[str, str]) -> None:
    _, letter = tua
    assert destroy(ruang, letter, "petugas_loket").status_code == 403
    destroy(ruang, letter, "kasi")
    again = ruang.post(f"/v1/surat/{letter}/musnahkan", ruang.petugas("kasi"), {"dasar": "jra_2043"})
    assert (again.status_code, slug(again)) == (403, "perlu-orang-kedua")
    assert slug(destroy(ruang, letter, "seklur")) == "perlu-orang-kedua"
    assert body(destroy(ruang, letter, "lurah", "jra_lain"))["disetujui"] is False
    ruang.quiet()

    assert len(ruang.objects()) == 1


def test_a_letter_whose_time_is_not_over_stays(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    ruang.jam("2040-01-01T00:00:00+00:00")

    assert slug(destroy(ruang, letter, "lurah")) == "transisi-salah"


def test_the_report_lists_what_went_and_what_is_due_without_a_name(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()
    ruang.serah(letter, ASLI["SKDOM"])
    path = f"/v1/retensi?kantor={OFFICE}"
    due = body(ruang.get(path, ruang.petugas("lurah")))["akan"]
    assert [(line["permohonan"], line["apa"]) for line in due] == [(id, "salinan")]

    later(ruang, 91)
    report = ruang.get(path, ruang.petugas("admin_kecamatan", OFFICE[:6]))
    found = body(report)
    assert [(line["apa"], line["jumlah"]) for line in found["dihapus"]] == [("salinan", 0)]
    assert found["akan"] == []
    assert "Contohwati" not in report.text
    assert ruang.get(path, ruang.petugas("lurah", "3276051004")).status_code == 403
    assert ruang.get(path, ruang.warga()).status_code == 403
