"""Uploads in pieces through the whole system: eight people at once, roles killed under them, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from random import Random
from zoneinfo import ZoneInfo

import pytest

from dokumen.bootstrap import App, build
from dokumen.settings import Settings
from faults.conftest import empty
from support.balai import SYARAT, Balai
from support.system import System
from support.tus import Tus
from support.waiting import until

OFFICE, KB, PEOPLE = "3276011006", 1024, 8
PIECE = 256 * KB

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def system(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("unggahan")
    with (
        empty(kind, folder / "servers") as engines,
        System(folder / "data", engines) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def hall(system: System) -> Balai:
    return Balai(system.url, OFFICE, datetime.now(ZoneInfo("Asia/Jakarta")).date())


@pytest.fixture(scope="module")
def store(system: System) -> Iterator[App]:
    app = build(Settings(**system.settings.model_dump()))
    yield app
    app.close()


def _client(system: System, hall: Balai, seed: int) -> tuple[Tus, str]:
    """Somebody with a grant, and the application it is for."""
    draft = hall.draf(seed)
    token = hall.loket._token
    headers = {"Authorization": f"Bearer {token}", "X-Izin-Unggah": draft["izin_unggah"]}
    return Tus(system.url, headers), str(draft["id"])


def _content(seed: int, size: int = 3_000_000) -> bytes:
    return Random(seed).randbytes(size + seed)


def _received(store: App, application: str) -> set[str]:
    found = store.perkara.find({"id": application}, limit=1)
    return {paper["asal"] for paper in found[0].state["berkas"].values()} if found else set()


def test_eight_people_at_once_each_end_with_their_own_bytes(system: System, hall: Balai, store: App) -> None:
    clients = [_client(system, hall, seed) for seed in range(PEOPLE)]

    def send(n: int) -> None:
        client, _ = clients[n]
        content = _content(n)
        client.rest(client.begin(len(content), SYARAT[n % 3]), content, PIECE)

    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(send, range(PEOPLE)))

    for n, (_, application) in enumerate(clients):
        assert _received(store, application) == {sha256(_content(n)).hexdigest()}


@pytest.mark.parametrize("role", ["dokumen-http", "gateway-http", "dokumen-worker"])
def test_an_upload_survives_the_death_of_a_role(system: System, hall: Balai, store: App, role: str) -> None:
    seed = 20 + len(role)
    client, application = _client(system, hall, seed)
    content = _content(seed)
    place = client.begin(len(content))
    assert client.piece(place, 0, content[:PIECE]).status == 204
    with ThreadPoolExecutor(1) as person:
        sending: Future[str] = person.submit(client.rest, place, content, 64 * KB)
        system.kill(role)
        sending.result(timeout=120)

    assert _received(store, application) == {sha256(content).hexdigest()}


def test_the_whole_system_stops_and_the_upload_goes_on(system: System, hall: Balai, store: App) -> None:
    client, application = _client(system, hall, 60)
    content = _content(60)
    place = client.begin(len(content))
    client.piece(place, 0, content[: 2 * PIECE - 1])
    system.stop()
    system.start()
    again = Tus(system.url, client.headers)

    assert again.offset(place) == 2 * PIECE - 1
    again.rest(place, content, PIECE)
    assert _received(store, application) == {sha256(content).hexdigest()}


def test_nothing_of_the_pieces_stays(system: System, store: App) -> None:
    until(
        lambda: not [i.key for i in store.objects.list("") if "/potongan/" in i.key],
        what="no piece left",
    )
    system.check()
