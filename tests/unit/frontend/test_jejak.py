"""Who looked at a resident's papers is told briefly: the same deed of one day is one line with its count."""

from __future__ import annotations

from frontend.jejak import ringkas


def _row(waktu: str, peran: str = "petugas_loket", keterangan: str = "Membuka berkas") -> dict[str, str]:
    return {"waktu": waktu, "peran": peran, "keterangan": keterangan}


def test_what_one_role_did_again_and_again_on_one_day_is_one_line() -> None:
    told = ringkas(
        [
            _row("2026-11-23T03:20:00Z"),
            _row("2026-11-23T03:15:00Z", "lurah", "Memutuskan permohonan"),
            _row("2026-11-23T01:00:00Z"),
            _row("2026-11-22T16:59:59Z"),
        ]
    )
    assert [(r["peran"], r["waktu"], r["kali"]) for r in told] == [
        ("petugas_loket", "2026-11-23T03:20:00Z", 2),
        ("lurah", "2026-11-23T03:15:00Z", 1),
        ("petugas_loket", "2026-11-22T16:59:59Z", 1),
    ]


def test_a_day_is_the_offices_day_and_not_that_of_greenwich() -> None:
    assert [r["kali"] for r in ringkas([_row("2026-11-23T01:00:00Z"), _row("2026-11-22T17:00:00Z")])] == [2]
