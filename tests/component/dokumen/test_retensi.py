"""What is erased by itself, by real time only, and that nothing of it stays (R15)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from dokumen.check import check
from support.neighbours import OFFICE, example
from support.ruang_surat import ASLI, Ruang, foto
from support.waiting import until


def later(ruang: Ruang, days: float) -> None:
    """Let real time pass, and the timers with it."""
    now = datetime.now(UTC)
    ruang.app.clock.real = lambda: now + timedelta(days=days)
    ruang.quiet()


def swept(ruang: Ruang) -> list[str]:
    """Objects left after the next sweep."""
    ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(minutes=61))
    return ruang.objects()


def case(ruang: Ruang, *papers: str) -> str:
    """An application with clean papers, every picture another one."""
    id = new_id()
    ruang.diajukan(id)
    ruang.pribadi(id)
    rules = [{"kode": kode, "maks_berkas": 1} for kode in papers]
    for n, kode in enumerate(papers):
        ruang.berkas(id, foto(900 + n), syarat=kode, izin=ruang.izin(id, syarat=rules))
    return id


def statuses(ruang: Ruang, id: str) -> dict[str, str]:
    return {b["syarat"]: b["status"] for b in ruang.perkara(id)["berkas"].values()}


def wrong(ruang: Ruang) -> list[Any]:
    return list(check(ruang.app)["wrong"])


ENDS = {
    "dibatalkan": ("pengajuan", "permohonan.dibatalkan", 30),
    "ditolak": ("persetujuan", "permohonan.ditolak", 365),
    "ditutup": ("pengajuan", "permohonan.ditutup", 365),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_case_without_a_letter_loses_papers_and_person_when_its_time_is_over(
    ruang: Ruang, end: str
) -> None:
    source, event, days = ENDS[end]
    id = case(ruang, "PENGANTAR_RT_RW")
    ruang.near.say(source, id, (event, example(f"{source}.{event}", putaran=1)))
    ruang.quiet()
    ruang.jam("2030-01-01T00:00:00+00:00")
    later(ruang, days - 0.1)
    assert statuses(ruang, id) == {"PENGANTAR_RT_RW": "bersih"}
    assert len(swept(ruang)) == 2

    later(ruang, days + 0.1)
    assert statuses(ruang, id) == {"PENGANTAR_RT_RW": "dihapus"}
    assert wrong(ruang) == []
    assert swept(ruang) == []
    assert wrong(ruang) == []
    assert "Contohwati" not in json.dumps(ruang.perkara(id))
    assert ruang.perkara(id)["dihapus"]["perkara"]["jumlah"] == 1


def test_copies_of_ktp_and_kk_go_90_days_after_the_case_closed_and_others_stay(ruang: Ruang) -> None:
    ruang.acuan()
    id = case(ruang, "PENGANTAR_RT_RW", "KTP", "KK")
    ruang.lengkap(id)
    ruang.disetujui(id)
    ruang.quiet()
    [letter] = ruang.perkara(id)["surat"]
    later(ruang, 200)  # a letter that nobody fetched closes nothing
    assert statuses(ruang, id)["KTP"] == "bersih"

    assert ruang.serah(letter, ASLI["SKDOM"]).status_code == 200
    later(ruang, 289)
    assert statuses(ruang, id)["KK"] == "bersih"
    later(ruang, 291)
    assert statuses(ruang, id) == {"PENGANTAR_RT_RW": "bersih", "KTP": "dihapus", "KK": "dihapus"}
    assert len(swept(ruang)) == 3
    assert wrong(ruang) == []
    assert ruang.get(f"/v1/surat/{letter}/pdf", ruang.warga()).status_code == 200


def test_copies_go_also_where_the_case_was_forwarded_and_yields_no_letter_here(ruang: Ruang) -> None:
    id = case(ruang, "KTP", "PENGANTAR_RT_RW")
    told = example("pengajuan.permohonan.diteruskan", putaran=1)
    ruang.near.say("pengajuan", id, ("permohonan.diteruskan", told))
    ruang.quiet()
    assert ruang.perkara(id)["tahap"] == "diteruskan"
    later(ruang, 89)
    assert statuses(ruang, id)["KTP"] == "bersih"

    later(ruang, 91)
    assert statuses(ruang, id) == {"KTP": "dihapus", "PENGANTAR_RT_RW": "bersih"}
    assert len(swept(ruang)) == 2
    assert wrong(ruang) == []


def test_an_erased_paper_is_said_to_be_erased(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    [paper] = ruang.perkara(id)["berkas"]
    told = example("pengajuan.permohonan.dibatalkan", putaran=1)
    ruang.near.say("pengajuan", id, ("permohonan.dibatalkan", told))
    ruang.quiet()
    later(ruang, 31)

    answer = ruang.get(f"/v1/berkas/{paper}/isi", ruang.petugas())
    assert (answer.status_code, json.loads(answer.text)["type"]) == (
        410,
        "urn:ekelurahan:masalah:berkas-dihapus",
    )
    assert json.loads(ruang.get(f"/v1/berkas/{paper}", ruang.petugas()).text)["status"] == "dihapus"


def test_the_office_clock_erases_nothing(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    told = example("pengajuan.permohonan.dibatalkan", putaran=1)
    ruang.near.say("pengajuan", id, ("permohonan.dibatalkan", told))
    ruang.quiet()
    ruang.jam("2040-01-01T00:00:00+00:00")
    other = case(ruang, "KTP")  # the timers have run meanwhile

    assert statuses(ruang, id) == statuses(ruang, other) == {"KTP": "bersih"}


def test_a_removed_personal_half_leaves_verification_as_it_was(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", None))
    ruang.quiet()
    until(lambda: "pribadi" not in ruang.perkara(id), what="the half removed")

    stored = json.dumps(ruang.perkara(id))
    assert "Contohwati" not in stored
    assert "3276015203959001" not in stored
    code = ruang.app.rahasia.kode(letter).token
    answer = ruang.client.post(f"/v1/verifikasi/{code}/cocokkan", json={"nik": "9001"})
    assert json.loads(answer.text)["hasil"] == "cocok"
    assert ruang.app.perkara.read(OFFICE, id) is not None
