"""The rules of a pile of scans, without engines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dokumen.domain import berkas, tumpukan
from dokumen.domain import perkara as p
from dokumen.domain.berkas import Izin, Unggahan
from dokumen.domain.tumpukan import Bagian

NOW = datetime(2026, 1, 15, 3, tzinfo=UTC)
PILE = "0190b2c0-0000-7000-8000-000000009001"
IZIN = Izin(permohonan="a", kantor="3276011006", pemilik="w", putaran=1, syarat={"KTP": 1}, maks_byte=1)


def ditunggu() -> dict[str, Any]:
    """A case with an examined pile of two pages."""
    pile = {
        "syarat": "TUMPUKAN",
        "putaran": 1,
        "status": "tumpukan",
        "halaman": 2,
        "asal": "f" * 64,
        "objek": "k/x",
    }
    return {**p.baru(), "putaran": 1, "berkas": {PILE: pile}}


def dibagi() -> dict[str, Any]:
    return tumpukan.bagi(ditunggu(), PILE, IZIN, [Bagian(syarat="KTP", halaman=(1,))], "petugas").perkara


def bagian(state: dict[str, Any]) -> Unggahan:
    part = state["berkas"][PILE]["bagian"][0]
    return Unggahan(
        id=part["berkas"],
        syarat="KTP",
        oleh="petugas",
        karantina="q",
        sha256="a" * 64,
        ukuran=1,
        perintah="b",
    )


def test_papers_of_a_round_that_closed_during_the_division_are_refused_and_the_pile_waits() -> None:
    state = {**dibagi(), "tahap": p.DIPROSES}
    step = tumpukan.dibagi(state, PILE, [bagian(state)], NOW, NOW)

    pile = step.perkara["berkas"][PILE]
    assert (pile["status"], pile["bagian"], list(step.perkara["berkas"])) == (berkas.TUMPUKAN, [], [PILE])
    assert "Muat ulang" in pile["pesan"]


def test_a_pile_is_divided_once() -> None:
    state = dibagi()
    first = tumpukan.dibagi(state, PILE, [bagian(state)], NOW, NOW)
    again = tumpukan.dibagi(first.perkara, PILE, [bagian(state)], NOW, NOW)

    assert [j.jenis for j in first.janji] == ["periksa_berkas"]
    assert first.selesai == (f"buang.{PILE}",)
    assert again.perkara == first.perkara
    assert again.janji == ()


def test_a_day_later_an_undivided_pile_is_erased_and_one_at_work_is_not() -> None:
    gone = tumpukan.buang(ditunggu(), PILE, NOW).perkara["berkas"][PILE]
    assert gone["status"] == p.DIHAPUS
    assert "objek" not in gone
    assert tumpukan.buang(dibagi(), PILE, NOW).perkara == dibagi()
