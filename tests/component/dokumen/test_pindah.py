"""Papers of a misfiled case come along to the right office, as copies of their own (R7)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.aggregate import Cause, Decision, Outcome
from chassis.ids import new_id
from dokumen.application.pindah import TerimaPindahan
from dokumen.check import check, wrong_moved
from dokumen.domain.pindah import dibawa, id_baru
from support.neighbours import OFFICE, example
from support.ruang_surat import Ruang, foto
from support.waiting import until

TUJUAN = "3276011008"
RULES = [{"kode": kode, "maks_berkas": 1} for kode in ("PENGANTAR_RT_RW", "KTP", "KK")]


@pytest.fixture(autouse=True)
def _topics(ruang: Ruang) -> None:
    ruang.near.events.ensure(ruang.near.contracts.topics([TUJUAN]))


def case(ruang: Ruang, *papers: str) -> str:
    id = new_id()
    ruang.diajukan(id)
    ruang.pribadi(id)
    for n, kode in enumerate(papers):
        ruang.berkas(id, foto(900 + n), syarat=kode, izin=ruang.izin(id, syarat=RULES))
    ruang.quiet()
    return id


def close(ruang: Ruang, id: str, new: str) -> None:
    told = example("pengajuan.permohonan.ditutup", sebab="dipindah") | {
        "pindah_ke": {"kantor": TUJUAN, "permohonan": new}
    }
    ruang.near.say("pengajuan", id, ("permohonan.ditutup", told))


def file(ruang: Ruang, id: str, new: str) -> None:
    moved = {"pindah_dari": {"kantor": OFFICE, "permohonan": id}}
    told = example("pengajuan.permohonan.diajukan") | moved
    ruang.near.say("pengajuan", new, ("permohonan.diajukan", told), scope=TUJUAN)
    ruang.pribadi(new, scope=TUJUAN)


def move(ruang: Ruang, id: str) -> str:
    new = new_id()
    close(ruang, id, new)
    file(ruang, id, new)
    until(lambda: _tiba(ruang, new), what="all papers there")
    ruang.quiet()
    return new


def _tiba(ruang: Ruang, new: str) -> bool:
    found = ruang.app.perkara.read(TUJUAN, new)
    return found is not None and bool(found.state.get("pindahan", {}).get("tiba"))


def told(ruang: Ruang, id: str) -> list[str]:
    return ruang.near.told("dokumen", id, scope=TUJUAN)


def there(ruang: Ruang, id: str) -> dict[str, Any]:
    return dict(ruang.perkara(id, TUJUAN)["berkas"])


def test_clean_papers_are_copied_and_told_and_shown_at_the_new_office(ruang: Ruang) -> None:
    id = case(ruang, "PENGANTAR_RT_RW", "KTP", "KK")

    new = move(ruang, id)

    before, after = ruang.perkara(id)["berkas"], there(ruang, new)
    assert told(ruang, new) == ["berkas.diterima"] * 3
    assert [b["syarat"] for b in after.values()] == ["PENGANTAR_RT_RW", "KTP", "KK"]
    assert sorted(b["sha256"] for b in after.values()) == sorted(b["sha256"] for b in before.values())
    assert not before.keys() & after.keys()
    clerk = ruang.petugas(kode=TUJUAN)
    for paper in after:
        seen = ruang.get(f"/v1/berkas/{paper}/isi", clerk)
        assert (seen.status_code, bool(seen.headers["X-Tanda-Lihat"])) == (200, True)
        assert ruang.get(f"/v1/berkas/{paper}/gambar", ruang.warga()).status_code == 200
        assert ruang.get(f"/v1/berkas/{paper}/isi", ruang.petugas()).status_code == 403
    assert check(ruang.app)["wrong"] == []


def test_a_paper_still_under_examination_follows_when_it_is_clean(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    [paper] = ruang.perkara(id)["berkas"].values()
    late = new_id()
    unchecked = paper | {"status": "diperiksa", "syarat": "KK"}
    _write(ruang, id, lambda state: state | {"berkas": state["berkas"] | {late: unchecked}})
    new = new_id()
    close(ruang, id, new)
    file(ruang, id, new)
    until(lambda: told(ruang, new) == ["berkas.diterima"], what="the first paper")
    assert not _tiba(ruang, new)

    _write(ruang, id, lambda state: state | {"berkas": state["berkas"] | {late: paper | {"syarat": "KK"}}})
    until(lambda: _tiba(ruang, new), what="the late paper")
    ruang.quiet()

    assert _tiba(ruang, new)
    assert {b["syarat"] for b in there(ruang, new).values()} == {"KTP", "KK"}


def test_the_order_in_which_the_two_halves_are_heard_does_not_matter(ruang: Ruang) -> None:
    id, new = case(ruang, "KTP"), new_id()

    file(ruang, id, new)
    until(lambda: told(ruang, new) == ["berkas.diterima"], what="what is clean comes at once")
    assert not _tiba(ruang, new)
    close(ruang, id, new)
    until(lambda: _tiba(ruang, new), what="all of it")

    assert told(ruang, new) == ["berkas.diterima"]


def test_nothing_more_is_sent_to_a_case_that_was_moved(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    move(ruang, id)

    answer = ruang.unggah(id, foto(950), syarat="KK", izin=ruang.izin(id, syarat=RULES))

    assert answer.status_code == 403


def test_a_picture_that_nobody_sent_as_it_is_stays_behind_for_good(ruang: Ruang) -> None:
    id = case(ruang)
    sent = ruang.berkas(id, foto(700), izin=ruang.izin(id, syarat=RULES))
    assert sent["status"] == "peringatan"
    new = move(ruang, id)

    late = ruang.post(f"/v1/berkas/{sent['id']}/kirim-tetap", ruang.warga(), {})

    assert (late.status_code, there(ruang, new)) == (409, {})
    assert check(ruang.app)["wrong"] == []


def test_copies_left_behind_go_after_thirty_days_and_those_that_came_along_stay(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    new = move(ruang, id)
    now = datetime.now(UTC)
    ruang.app.clock.real = lambda: now + timedelta(days=30.1)
    ruang.quiet()
    ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(minutes=61))

    assert [b["status"] for b in ruang.perkara(id)["berkas"].values()] == ["dihapus"]
    assert [b["status"] for b in there(ruang, new).values()] == ["bersih"]
    assert {key.split("/")[0] for key in ruang.objects()} == {TUJUAN}
    assert check(ruang.app)["wrong"] == []


def test_a_copy_that_was_cut_is_made_again_and_leaves_nothing(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    new, app = new_id(), ruang.app
    close(ruang, id, new)
    ruang.quiet()
    fetch = TerimaPindahan(perkara=app.perkara, objects=app.objects, niat=app.niat, penunjuk=app.penunjuk)
    lost = _outcome(ruang, id, new)
    assert fetch.run(lost, {"percobaan": 0}).berkas == fetch.run(lost, {"percobaan": 0}).berkas

    file(ruang, id, new)
    until(lambda: _tiba(ruang, new), what="all papers there")
    ruang.quiet()

    assert told(ruang, new) == ["berkas.diterima"]
    assert check(ruang.app)["wrong"] == []


def test_of_each_requirement_the_latest_round_comes_along_and_nothing_unsent() -> None:
    def paper(syarat: str, putaran: int, status: str, at: str) -> dict[str, Any]:
        return {"syarat": syarat, "putaran": putaran, "status": status, "diunggah": at}

    papers = {
        "a": paper("KTP", 1, "bersih", "1"),
        "b": paper("KK", 1, "bersih", "2"),
        "c": paper("KTP", 2, "bersih", "3"),
        "d": paper("KK", 2, "ditolak", "4"),
        "e": paper("KK", 2, "peringatan", "5"),
    }

    assert list(dibawa({"berkas": papers})) == ["b", "c"]


def test_the_check_counts_papers_that_did_not_come_along(ruang: Ruang) -> None:
    id = case(ruang, "KTP")
    new = move(ruang, id)
    state = ruang.perkara(new, TUJUAN)

    assert wrong_moved(ruang.app, new, state, {}) == []
    assert wrong_moved(ruang.app, new, state | {"berkas": {}}, {}) == [
        "1 papers of the misfiled case did not come along"
    ]


def test_a_papers_new_id_is_an_id_and_always_the_same() -> None:
    old, new = new_id(), new_id()

    made = id_baru(new, old)

    assert made == id_baru(new, old) != id_baru(old, old)
    assert (len(made), made[:18], made[14]) == (36, old[:18], "7")


def _write(ruang: Ruang, id: str, change: Any) -> None:
    ruang.app.perkara.update(OFFICE, id, lambda state, at: Decision(change(state)), Cause.command(new_id()))


def _outcome(ruang: Ruang, id: str, new: str) -> Any:
    came = {"pindahan": {"kantor": OFFICE, "permohonan": id, "tiba": False}}
    state = {"tahap": "terbuka", "putaran": 1, "berkas": {}, "surat": {}, **came}
    return Outcome(scope=TUJUAN, id=new, state=state, version=1)
