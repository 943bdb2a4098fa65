"""A task that grows late is told, to its officials and then to those above, and is decided by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chassis.clock import rfc3339
from persetujuan.entrypoints.timers import claims
from support.meja import Meja
from support.neighbours import OFFICE, at
from support.waiting import running, until

Waktu = Callable[[str], None]


@pytest.fixture
def pukul(meja: Meja) -> Waktu:
    """Move the office clock and let everything that is due then happen."""

    def move(moment: str) -> None:
        at(meja.app.clock, meja.settings.data, moment)
        now = meja.app.clock.now().astimezone().isoformat()
        with running(claims(meja.app).run):
            until(lambda: not _due(meja), what=f"nothing due at {now}")
        meja.quiet()

    return move


def _due(meja: Meja) -> int:
    return meja.app.documents.count("kasus", {"due.office": {"lte": rfc3339(meja.app.clock.now())}})


def _kata(meja: Meja, id: str) -> list[tuple[str, dict[str, Any]]]:
    topic = meja.app.contracts.families["peristiwa"].topic(OFFICE).name
    late = {"tenggat.didekati", "tenggat.terlewati", "tugas.dieskalasi"}
    return [(e.name, dict(e.data or {})) for e in meja.near.heard(topic, "persetujuan", id) if e.name in late]


def test_four_hours_before_the_due_time_the_task_is_near_due(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai()  # due Monday 19 January 16.00

    pukul("2026-01-19T11:59:00+07:00")
    assert _kata(meja, id) == []
    pukul("2026-01-19T12:00:00+07:00")

    (name, data), *rest = _kata(meja, id)
    assert (name, rest) == ("tenggat.didekati", [])
    assert (data["peran"], data["kantor"], data["bagian"]) == ("kasi", OFFICE, "kelurahan")


def test_at_the_due_time_the_office_and_the_next_above_are_told(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai()

    pukul("2026-01-19T12:00:00+07:00")
    pukul("2026-01-19T16:00:00+07:00")

    names = [name for name, _ in _kata(meja, id)]
    assert names == ["tenggat.didekati", "tenggat.terlewati", "tugas.dieskalasi"]
    assert _kata(meja, id)[-1][1]["kepada_peran"] == "seklur"
    assert meja.kotak("kasi")[0]["terlambat"]


def test_each_further_working_day_one_higher_is_told_up_to_the_camat(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai()
    for day in ("19", "20", "21", "22"):
        pukul(f"2026-01-{day}T16:00:00+07:00")

    told = [data for name, data in _kata(meja, id) if name == "tugas.dieskalasi"]
    assert [(d["kepada_peran"], d["kepada_kantor"], d["urut"]) for d in told] == [
        ("seklur", OFFICE, 1),
        ("lurah", OFFICE, 2),
        ("camat", OFFICE[:6], 3),
    ]


def test_escalation_never_moves_the_power_to_decide(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai()
    pukul("2026-01-20T16:00:00+07:00")

    waiting = meja.kasus(id)["terbuka"]
    assert (waiting["peran"], waiting["kantor"]) == ("kasi", OFFICE)
    assert meja.kotak("lurah") == []
    assert meja.putus("lurah", waiting["id"]).status_code == 403


def test_a_task_that_was_decided_in_time_is_never_told_late(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai()
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))

    pukul("2026-01-30T16:00:00+07:00")

    assert _kata(meja, id) == []
    doc = meja.app.documents.get("kasus", OFFICE, id)
    assert doc is not None
    assert doc.body["todos"] == {}


def test_who_gets_a_late_task_hears_at_once_that_it_is_late(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai()
    pukul("2026-01-19T17:00:00+07:00")
    meja.jalan(id, ("kasi", "paraf"))

    pukul("2026-01-19T17:01:00+07:00")

    late = [data["peran"] for name, data in _kata(meja, id) if name == "tenggat.terlewati"]
    assert late == ["kasi", "lurah"]


def test_the_camats_part_is_late_by_its_own_due_time(meja: Meja, pukul: Waktu) -> None:
    id = meja.mulai("SKTM")
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))

    pukul("2026-01-20T16:00:00+07:00")

    late = [data for name, data in _kata(meja, id) if name == "tenggat.terlewati"]
    assert [(d["bagian"], d["kantor"]) for d in late] == [("kecamatan", OFFICE[:6])]
