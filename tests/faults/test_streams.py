"""The kecamatan's screen beside a working day: two hundred streams, two demos, one killed role, nothing missing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
import urllib3

from ekel.demo import factor
from ekel.demo.client import Client
from support.alir import Stream
from support.either import EITHER
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.access, pytest.mark.timeout(900)]
WATCHERS = ("sekcam.pancoranmas", "kasi.kec.pancoranmas", "loket.kec.pancoranmas")
STREAMS = 200


@pytest.fixture(scope="module", params=EITHER)
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One running system for all of them; it is never stopped in between."""
    if request.param == "production":
        yield request.getfixturevalue("town")
        return
    with System(tmp_path_factory.mktemp("streams")) as running:
        yield running


def test_two_hundred_streams_beside_a_demo_see_what_the_pages_tell(system: System) -> None:
    clients = [_signed_in(system, account) for account in WATCHERS]
    cursor = _end(clients[0])
    with _streams(system, clients, STREAMS) as streams:
        assert system.demo("--quiet").returncode == 0
        wanted = _page(clients[0], cursor)
        assert {e["type"].split(".", 3)[3] for e in wanted} >= {"surat.diterbitkan.v1", "surat.diserahkan.v1"}
        for stream in streams:
            assert _ids(stream.take(len(wanted))) == _ids(wanted)


def test_a_stream_goes_on_after_its_process_was_killed(system: System) -> None:
    client = _signed_in(system, WATCHERS[0])
    cursor = _end(client)
    with _streams(system, [client], 1) as (stream,):
        system.kill("gateway-pantau")
        assert system.demo("--quiet").returncode == 0
        for _ in stream.frames():
            raise AssertionError("a killed process cannot send")
    wanted = _page(client, cursor)
    until(lambda: _answers(system, stream), what="the stream again")
    with stream:
        assert _ids(stream.take(len(wanted))) == _ids(wanted)


def test_every_process_is_replaced_beside_a_day_and_nobody_notices(system: System) -> None:
    client = _signed_in(system, WATCHERS[0])
    cursor, before = _end(client), {name: role["pid"] for name, role in system.roles().items()}
    with _streams(system, [client], 1) as (stream,), ThreadPoolExecutor(4) as pool:
        day = pool.submit(system.demo, "--quiet")
        told = pool.submit(_followed, stream, lambda: _page(client, cursor) if day.done() else None)
        restarted = pool.submit(system.ekel, "restart", seconds=900)
        asked = _asked_until(system, lambda: restarted.done() and day.done())
    assert (restarted.result().returncode, restarted.result().stderr) == (0, "")
    assert day.result().returncode == 0, day.result().stderr[-2000:]
    assert not {name for name, role in system.roles().items() if role["pid"] == before[name]}
    assert {role["restarts"] for role in system.roles().values()} <= {0, 1}  # the killed one of another test
    assert len(asked) > len(before)
    assert [answer for answer in asked if answer != 200] == []
    assert told.result() == _ids(_page(client, cursor))
    system.check()


def _followed(first: Stream, whole: Callable[[], list[dict[str, Any]] | None]) -> list[tuple[str, str]]:
    """What a browser gets that comes back with its last id, until it has all; what came twice would be seen."""
    got: list[dict[str, Any]] = []
    stream = Stream(first.url, first.headers, last=first.last, seconds=3)
    while (wanted := whole()) is None or len(got) < len(wanted):
        with stream, suppress(TimeoutError):  # silent for a while: it looks whether that was all
            assert stream.status == 200
            got += (frame.event for frame in stream.frames() if frame.event is not None)
        stream = Stream(first.url, first.headers, last=stream.last, seconds=3)
    return _ids(got)


def _asked_until(system: System, done: Callable[[], bool]) -> list[int | str]:
    """What a client that never asks twice gets, through the pages and at the gateway, one connection each."""
    answers: list[int | str] = []
    urls = [f"{system.url}/v1/layanan", f"{system.pages}/layanan", f"{system.url}/v1/kantor"]
    pace = threading.Event()
    while not done():
        pace.wait(0.3)  # one address may not ask more often
        for url in urls:
            try:
                answers.append(urllib3.request("GET", url, timeout=60, retries=False).status)
            except urllib3.exceptions.HTTPError as error:
                answers.append(f"{url}: {error!r}")
    return answers


def test_the_statistics_are_those_of_the_events_and_stay_so_when_rebuilt(system: System) -> None:
    client = _signed_in(system, WATCHERS[0])
    assert system.demo("--quiet").returncode == 0
    system.check()
    told = [event for event in _told(client) if event["type"].endswith(".surat.diterbitkan.v1")]
    assert told != []
    until(lambda: _issued(client) == len(told), what="the rows")

    assert system.ekel("rebuild").returncode == 0
    system.check()
    office = next(o for o in client.get("/v1/status")["kantor"] if o["kantor"] == "3276011006")
    assert (office["aktif"], office["antrean"]["terlambat"], office["tertinggal"]) == (True, 0, {})


def _issued(client: Client) -> int:
    found = client.get("/v1/statistik", per="kantor")["statistik"]
    return sum(group["terbit"] for group in found)


def _signed_in(system: System, account: str) -> Client:
    client = Client(system.url)
    return client.signed_in(factor.session(client, account)["token"])


def _url(system: System) -> str:
    return str(system.roles()["gateway-pantau"]["public"])


@contextmanager
def _streams(system: System, clients: list[Client], count: int) -> Iterator[list[Stream]]:
    """Open and at their first frame: what happens from here on, all of them hear."""
    with ExitStack() as stack:
        streams = []
        for number in range(count):
            headers = {"Authorization": f"Bearer {clients[number % len(clients)]._token}"}
            stream = stack.enter_context(Stream(_url(system), headers, seconds=60))
            next(stream.frames())
            streams.append(stream)
        yield streams


def _answers(system: System, stream: Stream) -> bool:
    try:
        with Stream(_url(system), stream.headers) as probe:
            return probe.status == 200
    except (OSError, EOFError):
        return False


def _end(client: Client) -> str:
    """The cursor after everything."""
    return str(_pages(client)[-1]["cursor"])


def _told(client: Client) -> list[dict[str, Any]]:
    """All events of the area, from the first one."""
    return [event for page in _pages(client) for event in page["peristiwa"]]


def _pages(client: Client) -> list[dict[str, Any]]:
    pages = [client.get("/v1/peristiwa", batas="200")]
    while pages[-1]["lagi"]:
        pages.append(client.get("/v1/peristiwa", batas="200", cursor=pages[-1]["cursor"]))
    return pages


def _page(client: Client, cursor: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/v1/peristiwa", cursor=cursor, batas="200")["peristiwa"]
    return found


def _ids(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """In a form that two ways of reading have in common: between kelurahan the order may differ."""
    return sorted((event["source"], event["id"]) for event in events)
