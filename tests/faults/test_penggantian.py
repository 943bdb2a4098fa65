"""The last release is replaced by today's, one process after the other on one store, and nobody notices."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import urllib3

from ekel.demo.client import Client, Unexpected
from support import bukti, lakon
from support.berdampingan import Berdampingan
from support.rilis import unpacked
from support.system import System
from support.tree import ROOT
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
LAST = max((ROOT / "tests/released").glob("*.tar.xz")).name.removesuffix(".tar.xz")
KANTOR, NAMA = "3276011006", "depok"
MOST = 40  # cases filed meanwhile: a slow machine takes long over it, and each has to be checked in the end


@pytest.fixture
def last(tmp_path: Path) -> Iterator[Berdampingan]:
    """The last release at work, every role a process."""
    release = unpacked(LAST, tmp_path / "source")
    system = Berdampingan(tmp_path / "data")
    try:
        with system.of(release):
            system.prepare()
            system.start()
        yield system
    finally:
        system.stop()


def test_the_last_release_is_replaced_process_by_process_and_nobody_notices(last: Berdampingan) -> None:
    clerk, kasi = (lakon.sign_in(last, f"{role}.{NAMA}") for role in ("loket", "kasi"))
    begun = lakon.walk_in(clerk, KANTOR)
    ended = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(_asked, last, clerk, kasi, ended)
        try:
            last.prepare()  # today's release migrates while the last one works
            for count, name in enumerate(last.names, 1):
                last.replace(name)
                if count == len(last.names) // 2:
                    lakon.decide(kasi, begun, "paraf")
        finally:
            ended.set()
        failures, cases = asked.result()
    assert failures == []
    assert len(cases) >= len(last.names)
    lakon.decide(lakon.sign_in(last, f"lurah.{NAMA}"), begun, "setuju")
    until(lambda: lakon.has_letter(clerk, begun), what="a letter")
    lakon.settle(last, begun)
    assert [case for case in cases if bukti.case(last.settings, "persetujuan", case)["state"] is None] == []


def _asked(
    system: System, clerk: Client, kasi: Client, ended: threading.Event
) -> tuple[list[str], list[str]]:
    """What failed of two officials who never ask twice, and the cases that one of them filed."""
    once, above = (Client(system.url, each._token, patience=0) for each in (clerk, kasi))
    steps: list[Callable[[], Any]] = [
        lambda: lakon.walk_in(once, KANTOR),
        lambda: once.get("/v1/permohonan"),
        lambda: above.get("/v1/tugas"),
        lambda: once.get("/v1/pesan"),
        lambda: once.get("/v1/layanan"),
        lambda: _page(f"{system.pages}/layanan"),
    ]
    failures: list[str] = []
    cases: list[str] = []
    while not ended.wait(0.3):
        for step in steps if len(cases) < MOST else steps[1:]:
            try:
                found = step()
            except (Unexpected, urllib3.exceptions.HTTPError) as error:
                failures.append(f"{datetime.now(UTC):%X} {error!r}")
            else:
                cases += [found] if isinstance(found, str) else []
    return failures, cases


def _page(url: str) -> None:
    answer = urllib3.request("GET", url, timeout=60, retries=False)
    if answer.status != 200:
        raise Unexpected(f"{url} answered {answer.status}")
