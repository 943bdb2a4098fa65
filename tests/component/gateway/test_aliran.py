"""The event stream of a real gateway-pantau: no gap and no repeat from any id, through kills and on any replica."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.bootstrap import App
from gateway.settings import Settings
from support.alir import Stream
from support.either import environment, on_either
from support.peristiwa import OFFICES, Writer
from support.waiting import until

PROGRAM = Path(__file__).with_name("aliran.py")
DEPOK, MAMPANG, MEKARJAYA = OFFICES
SignIn = Callable[[str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Pantau:
    """One gateway-pantau."""

    url: str
    internal: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)


Start = Callable[[], Pantau]


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Start one more on the stores of the test."""
    running: list[subprocess.Popen[bytes]] = []
    env = {
        **os.environ,
        "PYTHONPATH": ":".join(sys.path),
        "EKEL_ENV": "test",
        "EKEL_DATA": str(tmp_path),
        "EKEL_KEYS": str(settings.keys),
        "EKEL_STREAM_EACH": "500",
        "EKEL_ORIGINS": "https://layanan.example",
        **environment(settings),
    }

    def one() -> Pantau:
        place = tmp_path / f"pantau-{len(running)}"
        running.append(subprocess.Popen([sys.executable, str(PROGRAM), str(place)], env=env))
        until(place.exists, what="its ports")
        public, internal = (f"http://127.0.0.1:{port}" for port in place.read_text().split())
        until(lambda: _ready(internal), what="gateway-pantau ready")
        return Pantau(public, internal, running[-1])

    yield one
    for process in running:
        process.kill()
        process.wait(30)


def _ready(url: str) -> bool:
    import urllib3

    try:
        return urllib3.request("GET", f"{url}/readyz", timeout=2, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


@pytest.fixture
def writer(app: App) -> Writer:
    return Writer(app.events())


def _ids(events: list[dict[str, Any]]) -> list[str]:
    return [event["id"] for event in events]


@on_either("settings")
def test_events_come_as_they_happen_and_only_those_of_the_area(
    start: Start, staff: SignIn, writer: Writer
) -> None:
    pantau = start()
    with (
        Stream(pantau.url, staff("camat.pancoranmas")) as camat,
        Stream(pantau.url, staff("operator")) as operator,
    ):
        next(camat.frames()), next(operator.frames())
        sent = [writer.many(office, 1)[0] for office in (MEKARJAYA, DEPOK, MEKARJAYA, MAMPANG)]

        assert camat.answer["content-type"].startswith("text/event-stream")
        assert sorted(_ids(camat.take(2))) == sorted([sent[1], sent[3]])
        seen = _ids(operator.take(4))
    assert sorted(seen) == sorted(sent)
    assert [id for id in seen if MEKARJAYA in id] == [sent[0], sent[2]]


@pytest.mark.parametrize(
    ("akun", "query", "status"),
    [
        ("camat.pancoranmas", {"wilayah": "327605"}, 403),
        ("camat.pancoranmas", {"wilayah": "3276"}, 403),
        ("camat.pancoranmas", {"wilayah": "327601"}, 200),
        ("camat.sukmajaya", {"wilayah": "3276011006"}, 403),
        ("lurah.depok", {}, 403),
        ("camat.pancoranmas", {"wilayah": "x"}, 422),
        ("camat.pancoranmas", {"jenis": "pemohon.dibagikan"}, 422),
        ("camat.pancoranmas", {"cursor": "x"}, 400),
        ("", {}, 401),
        ("", {"tiket": "salah"}, 401),
    ],
)
def test_who_may_have_which_stream(
    start: Start, staff: SignIn, people: App, akun: str, query: dict[str, str], status: int
) -> None:
    with Stream(start().url, staff(akun) if akun else {}, query) as asked:
        assert asked.status == status
        if status != 200:
            assert asked.answer["content-type"] == "application/problem+json"
            assert asked.body()["status"] == status


@on_either("settings")
def test_from_every_id_the_rest_comes_once_and_in_order(start: Start, staff: SignIn, writer: Writer) -> None:
    pantau, headers = start(), staff("operator")
    with Stream(pantau.url, headers, {"mulai": "awal"}) as first:
        sent = [writer.many(OFFICES[n % 3], 2) for n in range(6)]
        seen: list[tuple[str, str]] = []
        for frame in first.frames():
            if frame.event is not None:
                seen.append((frame.id, frame.event["id"]))
            if len(seen) == 12:
                break
    order = [id for _, id in seen]
    assert sorted(order) == sorted(id for pair in sent for id in pair)
    for place, (last, _) in enumerate(seen[:-1]):
        with Stream(pantau.url, headers, last=last) as again:
            rest = _ids(again.take(11 - place))
        for office in OFFICES:
            wanted = [id for id in order[place + 1 :] if office in id]
            assert [id for id in rest if office in id] == wanted


@on_either("settings")
def test_ten_thousand_events_later_on_another_replica_after_a_kill(
    start: Start, staff: SignIn, writer: Writer
) -> None:
    first, other, headers = start(), start(), staff("camat.pancoranmas")
    with Stream(first.url, headers) as stream:
        next(stream.frames())
        begun = writer.many(DEPOK, 1)
        assert _ids(stream.take(1)) == begun
        last = stream.last
    sent = [id for _ in range(50) for office in (DEPOK, MAMPANG) for id in writer.many(office, 100)]

    with Stream(other.url, headers, last=last) as stream:
        half = _ids(stream.take(4000))
        last = stream.last
        other.kill()
    with Stream(first.url, headers, last=last) as stream:
        rest = _ids(stream.take(6000))
        sent += writer.many(DEPOK, 3)
        rest += _ids(stream.take(3))

    for office in (DEPOK, MAMPANG):
        assert [id for id in half + rest if office in id] == [id for id in sent if office in id]


@on_either("settings")
def test_two_hundred_clients_hear_the_same_event(start: Start, staff: SignIn, writer: Writer) -> None:
    pantau = start()
    headers = [staff(akun) for akun in ("camat.pancoranmas", "sekcam.pancoranmas", "operator")]
    streams = [Stream(pantau.url, headers[n % 3]) for n in range(200)]
    try:
        for stream in streams:
            stream.__enter__()
            next(stream.frames())
        sent = writer.many(DEPOK, 3)
        assert [_ids(stream.take(3)) for stream in streams] == [sent] * 200
    finally:
        for stream in streams:
            stream.__exit__()


@on_either("settings")
def test_who_does_not_read_is_cut_off_and_resumes(start: Start, staff: SignIn, writer: Writer) -> None:
    pantau, headers = start(), staff("operator")
    with Stream(pantau.url, headers) as slow:
        next(slow.frames())
        assert slow._socket is not None
        slow._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sent = writer.many(DEPOK, 6000)
        with Stream(pantau.url, headers, {"mulai": "awal"}) as quick:
            quick.take(6000)
        # What lies in the buffers of both kernels comes, then the end.
        seen = [frame.event["id"] for frame in slow.frames() if frame.event]
        assert 0 < len(seen) < len(sent)
    with Stream(pantau.url, headers, last=slow.last) as again:
        rest = _ids(again.take(len(sent) - len(seen)))
    assert seen + rest == sent


def _offset(last: str) -> int:
    body = json.loads(base64.urlsafe_b64decode(last + "=" * (-len(last) % 4)))
    return int(body["offsets"][DEPOK])


@on_either("settings")
def test_a_repeat_in_the_log_is_sent_once(start: Start, staff: SignIn, writer: Writer) -> None:
    pantau = start()
    with Stream(pantau.url, staff("operator")) as stream:
        next(stream.frames())
        one, two, three = (writer.record(DEPOK) for _ in range(3))
        sent = writer.send(one, two, one, two, three)

        assert _ids(stream.take(3)) == [sent[0], sent[1], sent[4]]


@on_either("settings")
def test_the_filter_leaves_out_and_still_moves_the_cursor(
    start: Start, staff: SignIn, writer: Writer
) -> None:
    pantau, headers = start(), staff("operator")
    other = writer.record(DEPOK, kind="dokumen.berkas.diterima")
    writer.send(*[writer.record(DEPOK) for _ in range(5)], other, writer.record(DEPOK))
    with Stream(pantau.url, headers, {"jenis": "berkas.diterima", "mulai": "awal"}) as stream:
        assert _ids(stream.take(1)) == [other.headers["ce_id"]]
        assert _offset(stream.last) == 6


@on_either("settings")
@pytest.mark.parametrize(
    "fields",
    [{"epoch": "asing"}, {"offsets": {DEPOK: 99}}],
    ids=["another epoch", "an impossible offset"],
)
def test_an_id_of_another_history_is_gone(
    start: Start, staff: SignIn, writer: Writer, fields: dict[str, Any]
) -> None:
    pantau, headers = start(), staff("operator")
    sent = writer.many(DEPOK, 1)
    with Stream(pantau.url, headers) as stream:
        good = next(stream.frames()).id
    body = json.loads(base64.urlsafe_b64decode(good + "=" * (-len(good) % 4)))
    bad = base64.urlsafe_b64encode(json.dumps({**body, **fields}).encode()).decode().rstrip("=")

    with Stream(pantau.url, headers, last=bad) as refused:
        assert refused.status == 410
        earliest = refused.body()["cursor"]
    with Stream(pantau.url, headers, last=earliest) as again:
        assert _ids(again.take(1)) == sent


@on_either("settings")
def test_a_kelurahan_switched_on_meanwhile_is_heard_from_its_first_event(
    start: Start, staff: SignIn, writer: Writer, app: App
) -> None:
    pantau = start()
    with Stream(pantau.url, staff("camat.pancoranmas")) as stream:
        next(stream.frames())
        sent = Writer(app.events(), ["3276011008"]).many("3276011008", 2)

        assert _ids(stream.take(2)) == sent


@on_either("settings")
def test_sigterm_ends_every_stream_and_the_process(start: Start, staff: SignIn, writer: Writer) -> None:
    pantau = start()
    with Stream(pantau.url, staff("operator")) as stream:
        next(stream.frames())
        pantau.process.send_signal(signal.SIGTERM)

        assert list(stream.frames()) == []
    assert pantau.process.wait(20) == 0


@on_either("settings")
def test_a_ticket_opens_one_stream(start: Start, staff: SignIn, client: FlaskClient, writer: Writer) -> None:
    pantau = start()
    given = client.post("/v1/tiket-alir", headers=staff("camat.pancoranmas"))
    assert (given.status_code, given.get_json()["berlaku_detik"]) == (201, 60)
    ticket = {"tiket": given.get_json()["tiket"]}
    with Stream(pantau.url, {}, ticket) as stream:
        next(stream.frames())
        sent = writer.many(MEKARJAYA, 1) + writer.many(DEPOK, 1)
        assert _ids(stream.take(1)) == sent[1:]
    with Stream(pantau.url, {}, ticket) as again:
        assert again.status == 401


def test_the_door_shows_the_way_to_the_stream(client: FlaskClient) -> None:
    answer = client.get("/v1/alir?wilayah=327601")

    assert (answer.status_code, answer.headers["Location"]) == (
        307,
        "http://127.0.0.1:8081/v1/alir?wilayah=327601",
    )


@pytest.mark.parametrize(
    "raw", [b"POST /v1/alir HTTP/1.1\r\n\r\n", b"\x00\x01\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_question_for_a_stream_is_refused(start: Start, people: App, raw: bytes) -> None:
    pantau = start()
    host, port = pantau.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as line:
        line.sendall(raw)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert int(answer.split()[1]) in {400, 404, 405}
    assert b"application/problem+json" in answer


def test_a_page_of_a_named_front_end_asks_and_reads(start: Start, people: App, staff: SignIn) -> None:
    import urllib3

    pantau, front = start(), {"Origin": "https://layanan.example"}
    asks = {**front, "Access-Control-Request-Method": "GET"}

    asked = urllib3.request("OPTIONS", f"{pantau.url}/v1/alir", headers=asks, retries=False)

    assert (asked.status, asked.headers["Access-Control-Allow-Origin"]) == (204, front["Origin"])
    with Stream(pantau.url, {**staff("operator"), **front}) as stream:
        assert (stream.status, stream.answer["access-control-allow-origin"]) == (200, front["Origin"])
