"""Digests: at their hours each official is told what waits for him, and nobody of what does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chassis.clock import rfc3339
from chassis.ids import new_id
from persetujuan.entrypoints.timers import claims
from support.meja import KECAMATAN, Meja
from support.neighbours import OFFICE, at, example
from support.waiting import running, until

PEJABAT = {
    "kasi.depok": ("kasi", OFFICE, "Kepala Seksi Pelayanan"),
    "seklur.depok": ("seklur", OFFICE, "Sekretaris Kelurahan Depok"),
    "lurah.depok": ("lurah", OFFICE, "Lurah Depok"),
    "camat.pancoranmas": ("camat", KECAMATAN, "Camat Pancoran Mas"),
}
Waktu = Callable[[str], None]


def kantor(meja: Meja, kode: str = OFFICE, status: str = "aktif") -> None:
    told = example("pengajuan.kantor.diubah", kode=kode, status=status)
    meja.near.say("pengajuan", kode, ("kantor.diubah", told))
    meja.quiet()


@pytest.fixture
def dinas(meja: Meja) -> Meja:
    """A desk with officials and active offices, on Thursday at ten."""
    for akun, (peran, kode, jabatan) in PEJABAT.items():
        body = {"nama": "Contoh Pejabat", "jabatan": jabatan, "peran": peran, "kantor": kode}
        saved = meja.put("admin_kecamatan", f"/v1/pejabat/{akun}", body, **{"If-None-Match": "*"})
        assert saved.status_code == 200, saved.text
    kantor(meja)
    kantor(meja, KECAMATAN)
    return meja


@pytest.fixture
def pukul(dinas: Meja) -> Waktu:
    def move(moment: str) -> None:
        at(dinas.app.clock, dinas.settings.data, moment)
        with running(claims(dinas.app).run):
            until(lambda: not _due(dinas), what=f"nothing due at {moment}")
        dinas.quiet()

    return move


def _due(meja: Meja) -> int:
    """Due on the office clock, or in hand."""
    now = rfc3339(meja.app.clock.now())
    late = {"due.office": {"lte": now}}, {"due.real": {"exists": True}}
    return sum(meja.app.documents.count(name, where) for name in ("kasus", "rujukan") for where in late)


def _kabar(meja: Meja, akun: str, kode: str = OFFICE) -> list[dict[str, Any]]:
    """The newest digest, if there was one: the log is compacted."""
    subject = f"ringkasan.{kode}.{akun}"
    heard = meja.near.heard("ekelurahan.acuan.v1", "persetujuan", subject)
    return [dict(e.data or {}) for e in heard][-1:]


def test_at_the_next_hour_an_official_is_told_what_waits_for_him(dinas: Meja, pukul: Waktu) -> None:
    first, second = dinas.mulai(), dinas.mulai()

    pukul("2026-01-15T12:59:00+07:00")
    assert _kabar(dinas, "kasi.depok") == []
    pukul("2026-01-15T13:00:00+07:00")

    (told,) = _kabar(dinas, "kasi.depok")
    assert (told["menunggu"], told["terlambat"], told["ditunggu"]) == (2, 0, 0)
    assert [t["permohonan"] for t in told["tugas"]] == [first, second]
    assert _kabar(dinas, "lurah.depok") == []


def test_weekends_and_holidays_have_no_digest_and_each_hour_tells_the_state_of_then(
    dinas: Meja, pukul: Waktu
) -> None:
    id, told_at = dinas.mulai(), []  # due Monday 19 January 16.00
    for moment in ("15T13:00", "16T13:00", "17T08:00", "18T13:00", "19T08:00"):
        pukul(f"2026-01-{moment}:00+07:00")
        told_at.append(_kabar(dinas, "kasi.depok")[0]["waktu"][:13])
    dinas.jalan(id, ("kasi", "paraf"))
    pukul("2026-01-20T08:00:00+07:00")

    thursday, monday = "2026-01-15T06", "2026-01-19T01"
    assert told_at == [thursday, thursday, thursday, thursday, monday]
    assert _kabar(dinas, "kasi.depok")[0]["waktu"][:13] == monday
    (told,) = _kabar(dinas, "lurah.depok")
    assert (told["waktu"][:13], told["terlambat"]) == ("2026-01-20T01", 1)


def test_who_waits_at_the_counter_comes_first_and_is_counted(dinas: Meja, pukul: Waktu) -> None:
    dinas.mulai()
    waited = dinas.mulai()
    headers = dinas._caller("petugas_loket") | {"Idempotency-Key": new_id()}
    asked = {"permohonan": waited, "menunggu_di_loket": True}
    assert dinas.client.post("/v1/tugas/ditunggu", json=asked, headers=headers).status_code == 200

    pukul("2026-01-15T13:00:00+07:00")

    (told,) = _kabar(dinas, "kasi.depok")
    assert told["ditunggu"] == 1
    assert told["tugas"][0]["permohonan"] == waited
    assert told["tugas"][0]["ditunggu"]


def test_who_stands_in_is_told_of_that_post_too(dinas: Meja, pukul: Waktu) -> None:
    id = dinas.mulai()
    dinas.jalan(id, ("kasi", "paraf"))
    body = {
        "akun": "seklur.depok", "peran": "lurah", "kantor": OFFICE, "cara": "plh",
        "mulai": "2026-01-15", "sampai": "2026-01-16", "dasar": "800/12-UMUM/2026",
    }  # fmt: skip
    headers = dinas._caller("lurah") | {"Idempotency-Key": new_id()}
    assert dinas.client.post("/v1/delegasi", json=body, headers=headers).status_code == 201

    pukul("2026-01-15T13:00:00+07:00")

    assert [t["permohonan"] for t in _kabar(dinas, "seklur.depok")[0]["tugas"]] == [id]


def test_the_kecamatan_has_digests_of_its_own(dinas: Meja, pukul: Waktu) -> None:
    id = dinas.mulai("SKTM")
    dinas.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"), ("kasi_kecamatan", "paraf"), ("sekcam", "paraf"))

    pukul("2026-01-15T13:00:00+07:00")

    (told,) = _kabar(dinas, "camat.pancoranmas", KECAMATAN)
    assert [(t["permohonan"], t["kelurahan"]) for t in told["tugas"]] == [(id, OFFICE)]


def test_a_digest_names_the_first_cases_and_counts_the_rest(dinas: Meja, pukul: Waktu) -> None:
    for _ in range(12):
        dinas.mulai()

    pukul("2026-01-15T13:00:00+07:00")

    (told,) = _kabar(dinas, "kasi.depok")
    assert (told["menunggu"], len(told["tugas"])) == (12, 10)


def test_a_digest_that_was_held_up_until_the_office_closed_is_left_out(dinas: Meja, pukul: Waktu) -> None:
    dinas.mulai()

    pukul("2026-01-15T16:30:00+07:00")
    assert _kabar(dinas, "kasi.depok") == []
    pukul("2026-01-19T08:00:00+07:00")

    assert len(_kabar(dinas, "kasi.depok")) == 1


def test_an_office_that_is_switched_off_is_told_no_more_until_it_works_again(
    dinas: Meja, pukul: Waktu
) -> None:
    dinas.mulai()
    kantor(dinas, status="tutup")
    pukul("2026-01-15T13:00:00+07:00")
    assert _kabar(dinas, "kasi.depok") == []

    kantor(dinas)
    pukul("2026-01-19T08:00:00+07:00")

    assert len(_kabar(dinas, "kasi.depok")) == 1


def test_offices_known_before_there_were_digests_get_them_at_the_next_start(tmp_path: Path) -> None:
    with Meja(tmp_path) as meja:
        kantor(meja)
        doc = meja.app.documents.get("rujukan", "acuan", f"kantor.{OFFICE}")
        assert doc is not None
        told = dict(doc.body["todos"])
        for _ in range(2):
            doc = meja.app.documents.get("rujukan", "acuan", f"kantor.{OFFICE}")
            assert doc is not None
            doc.body.update(todos={}, due={})
            assert meja.app.documents.replace("rujukan", doc, doc.rev)
            meja.app.peringkas.pasang()
            meja.app.peringkas.pasang()

        doc = meja.app.documents.get("rujukan", "acuan", f"kantor.{OFFICE}")
        assert doc is not None
        assert doc.body["todos"] == told
