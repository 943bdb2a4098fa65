"""After a restore: registers wait for their paper agenda, destroyed letters and erased papers do not come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dokumen.adapters.nomor import NomorDokumen
from dokumen.adapters.pulih import KunciRegister, RegisterTerkunci
from dokumen.check import check
from dokumen.domain.galat import AgendaSalah
from dokumen.domain.nomor import DIPESAN, Register
from dokumen.entrypoints import pulih
from support.neighbours import OFFICE
from support.ruang_surat import Ruang

NOTE = {
    "dasar": "jra_2043",
    "usul": {"oleh": "a", "peran": "kasi", "waktu": "2026-11-20T00:00:00.000Z"},
    "setuju": {"oleh": "b", "peran": "lurah", "waktu": "2026-11-21T00:00:00.000Z"},
}


def asked(nomor: int, **other: Any) -> Mapping[str, Any]:
    return {"kantor": OFFICE, "tahun": 0, "klasifikasi": "", "nomor": nomor, **other}


def given(ruang: Ruang) -> list[int]:
    rows = ruang.app.documents.find("nomor", {"scope": OFFICE}, limit=100)
    return sorted(row.body["urut"] for row in rows)


def test_a_locked_register_gives_no_number_until_its_last_one_is_known(ruang: Ruang) -> None:
    ruang.acuan()
    _, first = ruang.terbit()
    pulih.setelah(ruang.app, [])
    year = ruang.app.clock.now().year
    register = Register(kantor=OFFICE, seri="umum", tahun=year)

    with pytest.raises(RegisterTerkunci):
        ruang.app.nomor.ambil(register, "baru", {})
    assert ruang.app.nomor.ambil(register, first, {}) == 1, "a redo finds the number that a letter has"
    with pytest.raises(AgendaSalah):
        pulih.buka(ruang.app, asked(0))
    with pytest.raises(AgendaSalah):
        pulih.buka(ruang.app, asked(pulih.MOST + 2))

    assert pulih.buka(ruang.app, asked(4)) == [2, 3, 4]
    assert given(ruang) == [1, 2, 3, 4]
    booked = [
        r.body for r in ruang.app.documents.find("nomor", {"scope": OFFICE}, limit=9) if r.body["urut"] > 1
    ]
    assert {(b["status"], b["alasan"]) for b in booked} == {(DIPESAN, "pemulihan")}
    ruang.terbit()
    assert given(ruang)[-1] == 5
    assert check(ruang.app)["wrong"] == []
    with pytest.raises(AgendaSalah):
        pulih.buka(ruang.app, asked(9))  # nothing is locked any more


def test_years_after_the_restore_are_not_locked_and_another_restore_locks_again(ruang: Ruang) -> None:
    lock, numbers = KunciRegister(ruang.app.documents), NomorDokumen(ruang.app.documents)
    old = Register(kantor=OFFICE, seri="umum", tahun=2026)
    assert lock.sejak(old) == ""
    lock.kunci("2026-11-22T00:00:00.000Z", 2026)
    assert lock.sejak(old)
    assert not lock.sejak(Register(kantor=OFFICE, seri="umum", tahun=2027))
    lock.buka(old)
    assert not lock.sejak(old)
    lock.kunci("2026-11-23T00:00:00.000Z", 2026)
    assert lock.sejak(old) == "2026-11-23T00:00:00.000Z"
    assert numbers.akhir(old) == 0


def test_a_letter_that_was_destroyed_after_the_backup_is_destroyed_again(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()
    line = {"service": "dokumen", "scope": OFFICE, "id": id, "what": "surat", "surat": letter, "musnah": NOTE}

    assert pulih.setelah(ruang.app, [line]) == {"erased": 1}

    assert ruang.objects() == []
    assert ruang.perkara(id)["surat"][letter]["status"] == "dimusnahkan"
    assert pulih.setelah(ruang.app, [line]) == {"erased": 0}
    assert check(ruang.app)["wrong"] == []


def test_a_ledger_may_name_what_the_backup_does_not_know(ruang: Ruang) -> None:
    lines: list[dict[str, Any]] = [
        {"scope": OFFICE, "id": "nobody", "what": "perkara"},
        {"scope": OFFICE, "id": "nobody", "what": "surat", "surat": "none", "musnah": NOTE},
    ]
    assert pulih.setelah(ruang.app, lines) == {"erased": 0}
