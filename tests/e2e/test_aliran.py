"""The kecamatan's screen beside a working day: two hundred streams, two demos, one killed role, nothing missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from ekel.demo import factor
from ekel.demo.client import Client
from support.alir import Stream
from support.system import System
from support.waiting import until

pytestmark = pytest.mark.slow
WATCHERS = ("sekcam.pancoranmas", "kasi.kec.pancoranmas", "loket.kec.pancoranmas")
STREAMS = 200


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


def test_the_statistics_are_those_of_the_events_and_stay_so_when_rebuilt(system: System) -> None:
    client = _signed_in(system, WATCHERS[0])
    assert system.demo("--quiet").returncode == 0
    report = system.check()
    until(lambda: _issued(client) == report["counts"]["log"]["letters"], what="the rows")

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
    page: dict[str, Any] = {"cursor": "", "lagi": True}
    while page["lagi"]:
        page = client.get(
            "/v1/peristiwa", batas="200", **({"cursor": page["cursor"]} if page["cursor"] else {})
        )
    return str(page["cursor"])


def _page(client: Client, cursor: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/v1/peristiwa", cursor=cursor, batas="200")["peristiwa"]
    return found


def _ids(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """In a form that two ways of reading have in common: between kelurahan the order may differ."""
    return sorted((event["source"], event["id"]) for event in events)
