"""The service's own check finds nothing in sound stores, and each planted damage by name and id."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from persetujuan.check import check
from support.meja import Meja
from support.neighbours import OFFICE


def test_sound_stores_have_no_findings(meja: Meja) -> None:
    meja.mulai("SKTM")
    done = meja.mulai()
    meja.jalan(done, ("kasi", "paraf"), ("lurah", "setuju"))
    meja.quiet()

    report = check(meja.app)

    assert report["wrong"] == []
    assert report["busy"] == []
    assert report["counts"]["kasus_disetujui"] == 1


def _second_open(state: dict[str, Any]) -> None:
    state["tugas"].append({**state["tugas"][-1], "id": "x"})


def _approved_early(state: dict[str, Any]) -> None:
    state["tahap"] = "disetujui"
    state["tugas"][-1]["keputusan"] = "paraf"
    state.pop("terbuka")


def _inbox_empty(state: dict[str, Any]) -> None:
    state.pop("terbuka")


def _never_started(state: dict[str, Any]) -> None:
    state.update(tahap="menunggu", tugas=[])
    state.pop("terbuka")


def _no_personal_half(state: dict[str, Any]) -> None:
    _never_started(state)
    state["pribadi"] = None


@pytest.mark.parametrize(
    ("damage", "invariant"),
    [
        (_second_open, "C3"),
        (_approved_early, "C3"),
        (_inbox_empty, "C3"),
        (_never_started, "C3"),
        (_no_personal_half, "C13"),
    ],
)
def test_planted_damage_is_found(
    meja: Meja, damage: Callable[[dict[str, Any]], None], invariant: str
) -> None:
    id = meja.mulai()
    doc = meja.app.documents.get("kasus", OFFICE, id)
    assert doc is not None
    body = copy.deepcopy(doc.body)
    damage(body["state"])
    meja.app.documents.replace("kasus", replace(doc, rev=doc.rev + 1, body=body), doc.rev)

    found = check(meja.app)["wrong"]

    assert (invariant, id) in {(f["invariant"], f["id"]) for f in found}
