"""Two workers of one service, one killed in the middle: order and effects as the records tell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import combinations

import pytest

from ekel.demo.client import Client
from support import bukti, lakon
from support.system import System, kill
from support.tree import ROOT
from support.waiting import until

pytestmark = pytest.mark.slow
OFFICES = {
    "3276011006": "depok",
    "3276011007": "depokjaya",
    "3276011008": "pancoranmas",
    "3276011009": "mampang",
    "3276011010": "rangkapanjayabaru",
    "3276011011": "rangkapanjaya",
}
EACH = 4  # cases per office
WAY = [
    "permohonan.diajukan",
    "permohonan.dinyatakan_lengkap",
    "tenggat.ditetapkan",
    "tugas.dibuat",
    "tugas.diputuskan",
    "tugas.dibuat",
    "tugas.diputuskan",
    "permohonan.disetujui",
    "surat.disiapkan",
    "surat.diterbitkan",
]


def test_two_workers_share_the_lanes_and_one_dies(system: Callable[..., System]) -> None:
    with system() as running, _second("persetujuan", running) as approving, _second("dokumen", running):
        offices = _offices_of_both(running)
        clerks = {kode: lakon.sign_in(running, f"loket.{OFFICES[kode]}") for kode in offices}
        before = {group: _offsets(running, group, offices) for group in ("persetujuan", "dokumen")}
        ids = {lakon.walk_in(clerks[kode], kode): kode for kode in offices}
        for group, offsets in before.items():
            until(
                partial(_all_moved, running, group, offsets),
                what=f"both workers of {group} at work",
            )
        ids |= {lakon.walk_in(clerks[kode], kode): kode for kode in offices}
        approving.kill()
        for _ in range(EACH - 2):
            ids |= {lakon.walk_in(clerks[kode], kode): kode for kode in offices}
        until(lambda: len(_members(running, "persetujuan", offices)) == 1, what="one owner of all")
        _approve(running, ids, halfway=lambda: kill(running.roles()["dokumen-worker"]["pid"]))
        for id, kode in ids.items():
            until(partial(lakon.has_letter, clerks[kode], id), what=f"letter of {id}")
        lakon.settle(running, *ids)
    assert len(ids) == EACH * len(offices)
    for id in ids:
        _in_order_and_once(running, id)
    assert len({frozenset(bukti.story(running.settings, id).items()) for id in ids}) == 1


def _approve(running: System, ids: dict[str, str], halfway: Callable[[], None]) -> None:
    """Both decisions of every case; `halfway` happens while letters are being made."""
    officials: dict[str, Client] = {}
    for kode in set(ids.values()):
        for post in ("kasi", "lurah"):
            officials[post + kode] = lakon.sign_in(running, f"{post}.{OFFICES[kode]}")
    for n, (id, kode) in enumerate(ids.items(), 1):
        lakon.decide(officials["kasi" + kode], id, "paraf")
        lakon.decide(officials["lurah" + kode], id, "setuju")
        if n == len(ids) // 2:
            halfway()


def _in_order_and_once(running: System, id: str) -> None:
    """One application: its events in order, each consumer at the end of each source, every effect there once."""
    settings = running.settings
    told = bukti.told(settings, id)
    assert [event.name for event in told if event.name in WAY] == WAY
    ends = {event.source: event.sequence for event in told}
    for service in bukti.COLLECTIONS:
        body = bukti.case(settings, service, id)
        heard = {k.split("/")[0]: n for k, n in body["inbox"].items() if k.endswith("/peristiwa")}
        assert heard == {source: n for source, n in ends.items() if source in heard}
        assert {"pengajuan", "persetujuan", "dokumen"} - {service} <= heard.keys()
        assert body["sequence"].get("peristiwa", 0) == ends[service]
    tasks = bukti.case(settings, "persetujuan", id)["state"]["tugas"]
    assert [(task["langkah"], task["keputusan"]) for task in tasks] == [
        ("paraf_kasi", "paraf"),
        ("tanda_tangan_lurah", "setuju"),
    ]
    assert len(bukti.letters(settings, id)) == len(bukti.numbers(settings, id)) == 1
    codes = [line["kode"] for line in bukti.case(settings, "pengajuan", id)["state"]["riwayat"]]
    assert [c for c in codes if c in {"dinyatakan_lengkap", "diputuskan", "disetujui", "terbit"}] == [
        "dinyatakan_lengkap",
        "diputuskan",
        "diputuskan",
        "disetujui",
        "terbit",
    ]


def _offices_of_both(running: System) -> list[str]:
    """Three offices whose lanes belong to two workers, in both services."""

    def found() -> list[str]:
        for three in combinations(OFFICES, 3):
            members = [_members(running, group, list(three)) for group in ("persetujuan", "dokumen")]
            if all(len(owners) == 2 and None not in owners for owners in members):
                return list(three)
        return []

    return until(found, what="two workers with lanes of three offices")


def _members(running: System, group: str, offices: list[str]) -> set[str | None]:
    """Who owns the lanes of these offices' events; None while one has no owner."""
    topics = [bukti.PERISTIWA + kode for kode in offices]
    return {owner for owner, _ in bukti.owners(running.settings, group, topics).values()}


def _offsets(running: System, group: str, offices: list[str]) -> dict[str, tuple[str | None, int]]:
    return bukti.owners(running.settings, group, [bukti.PERISTIWA + kode for kode in offices])


def _all_moved(running: System, group: str, before: dict[str, tuple[str | None, int]]) -> bool:
    """Every lane is still its owner's, who has committed more than there was."""
    now = bukti.owners(running.settings, group, before)
    return all(now[topic][0] == owner and now[topic][1] > offset for topic, (owner, offset) in before.items())


@contextmanager
def _second(service: str, running: System) -> Iterator[subprocess.Popen[bytes]]:
    """Another worker of a service beside the supervised one, as an operator would start it by hand."""
    environment = {
        **running.environment,
        "EKEL_SITE_URL": running.url,
        "EKEL_WORKER_BIND": "127.0.0.1:0",
    }
    with (running.folder / "log" / f"{service}-worker-2.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", service, "worker"], env=environment, stdout=log, stderr=log, cwd=ROOT
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)
