"""The service's own check finds nothing in sound stores, and planted damage by name and id."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chassis.ids import new_id
from notifikasi.check import check
from support.kurir import Kurir
from support.neighbours import OFFICE


def test_sound_stores_have_no_findings(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("persetujuan", id, "tugas.dibuat", kantor=OFFICE)
    kurir.quiet()

    report = check(kurir.app)

    assert report["wrong"] == []
    assert report["busy"] == []
    assert report["counts"]["janji"] == 2


def _same_id(state: dict[str, Any]) -> None:
    promise = copy.deepcopy(state["janji"]["diterima.1"])
    state["janji"]["diterima.2"] = {**promise, "kunci": "diterima.2"}


def _forgotten(state: dict[str, Any]) -> None:
    state["janji"]["diterima.1"]["saluran"]["luar"] = "tertunda"


def _lost_row(state: dict[str, Any]) -> None:
    state["janji"]["diterima.1"]["pesan"] = new_id()


@pytest.mark.parametrize("damage", [_same_id, _forgotten, _lost_row])
def test_planted_damage_is_found(kurir: Kurir, damage: Callable[[dict[str, Any]], None]) -> None:
    id = kurir.ajukan()
    kurir.quiet()
    doc = kurir.app.documents.get("kabar", OFFICE, id)
    assert doc is not None
    message = doc.body["state"]["janji"]["diterima.1"]["pesan"]
    body = copy.deepcopy(doc.body)
    damage(body["state"])
    kurir.app.documents.replace("kabar", replace(doc, rev=doc.rev + 1, body=body), doc.rev)

    found = check(kurir.app)["wrong"]

    assert {f["invariant"] for f in found} == {"C8"}
    assert {id, message} & {f["id"] for f in found}


def test_a_missing_personal_half_is_found(kurir: Kurir) -> None:
    id = new_id()
    kurir.say("pengajuan", id, "permohonan.diajukan")
    kurir.quiet()

    assert ("C13", id) in {(f["invariant"], f["id"]) for f in check(kurir.app)["wrong"]}
