"""Large uploads through the whole system: constant memory, and nothing left of those that were cut off."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from chassis.clock import real_now
from chassis.ids import new_id
from dokumen.adapters import niat
from dokumen.bootstrap import PERKARA, App, build
from dokumen.domain.perkara import kunci_dipakai
from dokumen.settings import Settings
from ekel.demo.client import Client
from ekel.demo.photos import photo
from runtime.check import everything
from support.balai import SYARAT, Balai
from support.system import System
from support.waiting import until

OFFICE, MB, UPLOADS = "3276011008", 1024 * 1024, 20
MOST = 60 * MB
ROLES = ("gateway-http", "gateway-worker", "dokumen-http", "dokumen-worker")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="PSS is a number of Linux"),
]


@dataclass(frozen=True, slots=True)
class Room:
    """A running system that takes papers of 30 MB, a clerk, and drafts that wait for papers."""

    system: System
    hall: Balai
    drafts: tuple[dict[str, Any], ...]
    store: App
    scratch: Path


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder, scratch = tmp_path_factory.mktemp("memory"), tmp_path_factory.mktemp("scratch")
    settings = {"EKEL_MAKS_UNGGAH": str(30 * MB), "TMPDIR": str(scratch)}
    # As many at once as the door lets in: the share of uploads would make it two at a time.
    settings |= {"EKEL_UNGGAHAN_PER_KELURAHAN": str(UPLOADS), "EKEL_UNGGAHAN_SEKALIGUS": str(UPLOADS)}
    with System(folder, settings) as system:
        hall = Balai(system.url, OFFICE, datetime.now(ZoneInfo("Asia/Jakarta")).date())
        drafts = tuple(hall.draf(seed) for seed in range(4))
        store = build(Settings(env="test", data=folder))
        yield Room(system, hall, drafts, store, scratch)
        store.close()


def _jpeg() -> bytes:
    """A photograph of 48 megapixels, all grain: some 25 MB."""
    out = BytesIO()
    Image.effect_noise((8000, 6000), 70).save(out, "JPEG", quality=77)
    return out.getvalue()


def _send(room: Room, n: int, content: bytes) -> str:
    """The n-th upload, spread over drafts and requirements; the paper's id."""
    draft = room.drafts[n % len(room.drafts)]
    # A clerk's share of the door is smaller than twenty: who is told to come back does.
    patient = Client(room.system.url, room.hall.loket._token, room.hall.loket._pool, patience=120)
    sent = patient.call(
        "POST",
        f"/v1/berkas?syarat={SYARAT[n % len(SYARAT)]}",
        content=content,
        headers={"X-Izin-Unggah": draft["izin_unggah"], "Content-Type": "application/octet-stream"},
        wanted=202,
    )
    return str(sent.data["id"])


def _pss(pids: set[int]) -> int:
    """Bytes of memory that these processes would free together."""
    texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(1024 * int(kb) for text in texts for kb in re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE))


def _most(room: Room, pids: set[int], sending: list[Future[str]]) -> int:
    """The highest sum seen until every paper is checked."""
    highest = 0

    def done() -> bool:
        nonlocal highest
        highest = max(highest, _pss(pids))
        return all(one.done() and _status(room, one.result()) != "diperiksa" for one in sending)

    until(done, seconds=120, what="every paper checked")
    return highest


def _status(room: Room, id: str) -> str:
    return str(room.hall.loket.get(f"/v1/berkas/{id}")["status"])


def test_twenty_papers_of_25_mb_at_once_hardly_need_memory(room: Room) -> None:
    picture, noise = _jpeg(), b"%PDF-1.7\n" + b"\x00x" * (25 * MB // 2)
    assert 22 * MB < len(picture) < 28 * MB
    pids = set().union(*(room.system.processes(role) for role in ROLES))
    with ThreadPoolExecutor(UPLOADS) as people:
        # What every day brings first: the libraries that open pictures and PDFs are loaded.
        warm = list(people.map(lambda n: _send(room, n, photo("KTP")), range(UPLOADS)))
        until(lambda: all(_status(room, id) != "diperiksa" for id in warm), what="warm")
        before = _pss(pids)
        contents = [picture if n % 2 else noise for n in range(UPLOADS)]
        sending = [people.submit(_send, room, n, content) for n, content in enumerate(contents)]
        most = _most(room, pids, sending)
        ids = [one.result() for one in sending]

    assert most - before <= MOST, f"{(most - before) / MB:.1f} MB more than {before / MB:.1f} MB"
    assert [_status(room, id) for id in ids] == ["ditolak", "bersih"] * (UPLOADS // 2)


def test_of_uploads_cut_in_the_middle_nothing_stays_behind(room: Room) -> None:
    before = {info.key for info in room.store.objects.list("")}
    for draft in room.drafts:
        _cut(room, draft, 8 * MB)
    until(lambda: not _in_flight(room), what="no upload in flight")
    until(lambda: not list(room.scratch.glob("berkas-*")), what="no paper being checked")

    assert {info.key for info in room.store.objects.list("")} <= before
    room.store.sapu.sekarang(real_now() + timedelta(hours=2))

    used: set[str] = set()
    for doc in everything(room.store.documents, PERKARA.name):
        used |= kunci_dipakai(doc.body["state"])
    assert {info.key for info in room.store.objects.list("")} == used
    assert room.store.documents.count(niat.COLLECTION.name, {}) == 0
    assert _in_flight(room) == set()
    room.system.check()


def _cut(room: Room, draft: dict[str, Any], size: int) -> None:
    """Announce 25 MB, send `size` bytes and hang up."""
    head = (
        "POST /v1/berkas?syarat=KTP HTTP/1.1\r\nHost: ekelurahan\r\n"
        f"Authorization: Bearer {room.hall.loket._token}\r\nIdempotency-Key: {new_id()}\r\n"
        f"X-Izin-Unggah: {draft['izin_unggah']}\r\nContent-Length: {25 * MB}\r\n\r\n"
    )
    place = urlsplit(room.system.url)
    before = _in_flight(room)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=30) as line:
        line.sendall(head.encode() + b"x" * size)
        until(lambda: _in_flight(room) - before, what="the upload in flight")


def _in_flight(room: Room) -> set[Path]:
    """Files of uploads that are not whole yet."""
    return set((room.store.settings.data / "objects" / "tmp").iterdir())
