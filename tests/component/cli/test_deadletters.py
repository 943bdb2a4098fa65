"""An operator's way out of a parked application: see it, mend the cause, replay or skip."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from chassis.settings import Settings
from ekel.__main__ import app
from ekel.check import quiet
from ekel.stores import Stores, opened
from support.small_office import CASE, OFFICE, decide, running

POISON = "surat.diserahkan"


@pytest.fixture
def parked(office: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    """notifikasi could not handle the hand-over of the small office's case."""
    monkeypatch.setenv("EKEL_DATA", str(office.data))
    monkeypatch.setenv("EKEL_ENV", "test")
    with opened(office) as stores:
        with running(stores, POISON):
            decide(stores.cases["dokumen"], (POISON,))
            assert quiet.wait(stores, 30) == []
        yield stores


def test_a_parked_application_is_listed_with_its_place(parked: Stores) -> None:
    shown = CliRunner().invoke(app, ["dlq", "list"]).output

    assert f"notifikasi {OFFICE} {CASE}" in shown
    assert "1 parked" in shown


def test_replay_without_a_worker_says_that_nobody_answered(parked: Stores) -> None:
    result = CliRunner().invoke(app, ["dlq", "replay", "notifikasi", "--wait", "0.2"])

    assert result.exit_code == 1
    assert "no worker has answered" in result.output


def test_replay_after_the_cause_is_mended_empties_the_queue(parked: Stores) -> None:
    with running(parked):
        result = CliRunner().invoke(app, ["dlq", "replay", "notifikasi", CASE])

    assert result.exit_code == 0, result.output
    assert "nothing is parked" in CliRunner().invoke(app, ["dlq", "list"]).output


def test_replay_while_the_cause_remains_keeps_the_application_parked(parked: Stores) -> None:
    with running(parked, POISON):
        result = CliRunner().invoke(app, ["dlq", "replay", "notifikasi", CASE])

    assert result.exit_code == 1
    assert "0 of 1 done" in result.output


def test_a_skip_gives_up_the_event_and_is_audited(parked: Stores, office: Settings) -> None:
    from chassis.audit import COLLECTION
    from engines.open import open_documents

    with running(parked):
        result = CliRunner().invoke(app, ["dlq", "skip", "notifikasi", CASE])

    assert result.exit_code == 0, result.output
    chain = open_documents(office.documents("notifikasi", "audit"))
    entries = [doc.body["action"] for doc in chain.find(COLLECTION.name, {"scope": OFFICE})]
    chain.close()
    assert entries == ["dlq.skip"]
