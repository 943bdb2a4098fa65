"""`check`: nothing to find after a quiet run, and each planted damage by its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pengajuan import check, roles
from support.loket import KODE, Layanan, loops
from support.waiting import running, until

NIK = "3276015203959001"


def report(layanan: Layanan) -> dict[str, Any]:
    return check.check(layanan.app, layanan.events)


def damage(layanan: Layanan, id: str, change: Callable[[dict[str, Any]], None]) -> None:
    doc = layanan.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    change(doc.body["state"])
    assert layanan.app.documents.replace("permohonan", replace(doc, rev=doc.rev + 1), doc.rev)


@pytest.fixture
def id(layanan: Layanan) -> str:
    with running(*loops(layanan)):
        made = str(layanan.ajukan()["id"])
        layanan.lengkap(made)
        until(lambda: not layanan.app.documents.waiting() and len(layanan.told(made)) == 3)
    return made


def test_a_quiet_run_has_nothing_wrong(layanan: Layanan, id: str) -> None:
    found = roles.check(layanan.settings)

    assert (found["wrong"], found["busy"]) == ([], [])
    assert found["counts"]["diproses"] == 1
    assert found["hash"] == report(layanan)["hash"]


@pytest.mark.parametrize(
    ("invariant", "change"),
    [
        ("C3", lambda state: state.update(status="terbit")),
        ("C3", lambda state: state["riwayat"].pop(1)),
        ("C9", lambda state: state.update(resi=NIK)),
        ("C9", lambda state: state["riwayat"][0].update(rincian={"nama": NIK})),
    ],
)
def test_planted_damage_is_named(
    layanan: Layanan, id: str, invariant: str, change: Callable[[dict[str, Any]], None]
) -> None:
    damage(layanan, id, change)

    assert (invariant, id) in {(w["invariant"], w["id"]) for w in report(layanan)["wrong"]}


def test_a_missing_personal_half_is_named(layanan: Layanan, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = layanan.events.read
    monkeypatch.setattr(
        layanan.events, "read", lambda topic, *more: [] if "pribadi" in topic else whole(topic, *more)
    )

    assert ("C13", id) in {(w["invariant"], w["id"]) for w in report(layanan)["wrong"]}


def test_a_damaged_document_is_never_fine(layanan: Layanan, id: str) -> None:
    damage(layanan, id, lambda state: state.pop("kanal"))

    assert [w["invariant"] for w in report(layanan)["wrong"]] == ["C0"]
    assert NIK not in json.dumps(report(layanan))
