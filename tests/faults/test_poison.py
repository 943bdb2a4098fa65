"""An event that dokumen cannot digest: its application waits, the others go on, after the mend nothing is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chassis import deadletters
from chassis.envelope import Event, incoming
from ekel.stores import Stores, opened
from faults.conftest import empty
from support import cacat
from support.balai import Balai
from support.system import System
from support.tree import ROOT
from support.waiting import until

OFFICE, OTHERS = "3276011008", 8
NOTICE = "Tertahan gangguan teknis, petugas sudah diberi tahu"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Defective(System):
    """Every role started from a release with the planted defect."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        super().__init__(folder, environment)
        self._command = [sys.executable, "-m", "support.cacat", *self._command[3:]]
        path = [str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.environment = {**self.environment, "PYTHONPATH": os.pathsep.join(path)}


@dataclass(frozen=True, slots=True)
class Story:
    """What was seen while the victim waited, and after the mend."""

    victim: str
    others: tuple[str, ...]
    waiting: dict[str, Any]
    listed: str
    shown: dict[str, Any]
    replayed: str
    after: dict[str, Any]
    written: list[str]
    report: dict[str, Any]
    log: tuple[Event, ...]


@pytest.fixture(scope="module")
def undisturbed(kind: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of `ekel check` after the same inputs without the defect."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with (
        empty(kind, folder / "servers") as engines,
        System(folder / "data", engines) as system,
        opened(system.settings) as stores,
    ):
        hall = Balai(system.url, OFFICE, datetime.now(ZoneInfo("Asia/Jakarta")).date())
        ids = [hall.ajukan(seed) for seed in range(OTHERS + 1)]
        _decide(hall, ids)
        _issued(stores, ids)
        return system.check()


@pytest.fixture(scope="module")
def story(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("poison")
    with (
        empty(kind, folder / "servers") as engines,
        Defective(folder / "data", engines) as system,
        opened(system.settings) as stores,
    ):
        hall = Balai(system.url, OFFICE, datetime.now(ZoneInfo("Asia/Jakarta")).date())
        victim, *others = [hall.ajukan(seed) for seed in range(OTHERS + 1)]
        cacat.named(system.folder).write_text(victim)
        _decide(hall, [victim, *others])
        _issued(stores, others)
        waiting = _parked(stores, queued=4)
        shown = _shown(hall, victim, noticed=True)
        listed = system.ekel("dlq", "list").stdout
        cacat.named(system.folder).unlink()
        replayed = system.ekel("dlq", "replay", "dokumen", victim).stdout
        _issued(stores, [victim])
        after = _shown(hall, victim, noticed=False)
        report = system.check()
        written = _written(stores, victim)
        log = _log(stores)
        yield Story(victim, tuple(others), waiting, listed, shown, replayed, after, written, report, log)


def _decide(hall: Balai, ids: list[str]) -> None:
    """Complete, initialled and approved, the first before the others."""
    for id in ids:
        hall.lengkap(id)
    tasks = hall.menunggu("kasi", set(ids))
    for id in ids:
        hall.paraf(tasks[id])
    tasks = hall.menunggu("lurah", set(ids))
    for id in ids:
        hall.setuju(tasks[id], hall.konfirmasi(tasks[id]))


def _issued(stores: Stores, ids: list[str]) -> None:
    cases = stores.cases["pengajuan"]

    def all_issued() -> bool:
        found = [cases.read(OFFICE, id) for id in ids]
        return all(case is not None and case.state["status"] == "terbit" for case in found)

    until(all_issued, seconds=120, what="letters issued")


def _parked(stores: Stores, *, queued: int) -> dict[str, Any]:
    """The one parked application, once so many of its events wait."""

    def looked() -> list[dict[str, Any]]:
        return [p for p in deadletters.listing(stores.cases["dokumen"]) if len(p["queue"]) >= queued]

    [parked] = until(looked, what=f"{queued} events of the victim that wait")
    return parked


def _shown(hall: Balai, id: str, *, noticed: bool) -> dict[str, Any]:
    """The case at the counter, once the notice is there or gone."""

    def looked() -> list[dict[str, Any]]:
        case: dict[str, Any] = hall.loket.get(f"/v1/permohonan/{id}")
        return [case] if (NOTICE in case["keterangan"]) is noticed else []

    [case] = until(looked, what="the notice to come or go")
    return case


def _written(stores: Stores, id: str) -> list[str]:
    """To whom messages about the trouble of one application went."""
    kabar = stores.cases["notifikasi"].read(OFFICE, id)
    assert kabar is not None
    return sorted(p["kepada"] for p in kabar.state["janji"].values() if p["langkah"] == "tertahan")


def _log(stores: Stores) -> tuple[Event, ...]:
    """Every event of this office and every trouble told, in the order of each topic."""
    assert stores.events is not None
    families = stores.contracts.families
    topics = [families["peristiwa"].topic(OFFICE).name, *stores.events.topics(families["gangguan"].prefix)]
    events = []
    for topic in topics:
        offset, end = stores.events.bounds([topic])[topic]
        while offset < end and (page := stores.events.read(topic, offset, 500)):
            family = stores.contracts.family_of(topic).name
            events += [incoming(record, family, stores.contracts.scope_extension) for record in page]
            offset = page[-1].offset + 1
    return tuple(events)


def test_only_the_victim_waits_and_its_later_events_wait_behind(story: Story) -> None:
    queue = story.waiting["queue"]

    assert story.waiting["id"] == story.victim
    assert queue[0]["reason"] == "LookupError"
    assert [place["reason"] for place in queue[1:]] == ["queued"] * (len(queue) - 1)
    assert len(queue) >= 3
    assert [place["offset"] for place in queue] == sorted(place["offset"] for place in queue)


def test_fifty_events_of_others_pass_it(story: Story) -> None:
    stumbled = next(n for n, e in enumerate(story.log) if e.type == cacat.STUMBLES_OVER)
    resumed = next(e for e in story.log if e.name == "penanganan.dilanjutkan")
    meanwhile = [e for e in story.log[stumbled:] if e.subject in story.others and e.time < resumed.time]

    assert len(meanwhile) >= 50
    assert {e.subject for e in meanwhile if e.name == "surat.diterbitkan"} == set(story.others)


def test_the_trouble_is_told_once_with_its_place_and_never_its_content(story: Story) -> None:
    told = [e.data or {} for e in story.log if e.name == "penanganan.tertahan"]

    assert [(d["service"], d["id"], d["reason"]) for d in told] == [("dokumen", story.victim, "LookupError")]
    assert (told[0]["topic"], told[0]["offset"]) == (
        story.waiting["queue"][0]["topic"],
        story.waiting["queue"][0]["offset"],
    )
    assert told[0].keys() == {"service", "id", "reason", "topic", "offset", "time"}


def test_the_counter_sees_the_notice_until_it_is_mended(story: Story) -> None:
    assert story.shown["status"] == "disetujui"
    assert story.after["status"] == "terbit"


def test_the_operator_sees_it_and_works_the_queue_off_from_its_head(story: Story) -> None:
    queued = len(story.waiting["queue"])

    assert f"dokumen {OFFICE} {story.victim}" in story.listed
    assert f"{queued} waiting" in story.listed
    assert "1 of 1 done" in story.replayed


def test_the_counter_and_the_operator_are_written_to_once_each(story: Story) -> None:
    assert story.written == [f"peran:operator:{OFFICE[:4]}", f"peran:petugas_loket:{OFFICE}"]


def test_the_state_is_that_of_an_undisturbed_run(story: Story, undisturbed: dict[str, Any]) -> None:
    assert story.report["hashes"].keys() == undisturbed["hashes"].keys()
    different = [name for name, hash in story.report["hashes"].items() if hash != undisturbed["hashes"][name]]
    assert different == []
    assert story.report["hash"] == undisturbed["hash"]
