"""Pages of named front ends may read the stream on its own port; all others may not; every answer is careful."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import pytest

from gateway.frame import Browsers
from gateway.pantau.alir import head
from gateway.pantau.alir.refusal import Answers
from support.tree import ROOT
from web.problems import Problem

FRONT, FOREIGN = "https://layanan.example", "https://jahat.example"
Told = Callable[[Answers, str], bytes]
TOLD: dict[str, Told] = {
    "stream": lambda answers, origin: answers.stream(origin),
    "refusal": lambda answers, origin: answers.refusal(Problem("belum-masuk"), "/v1/alir", origin),
}


@pytest.fixture
def answers() -> Answers:
    return Answers(ROOT / "contracts", Browsers([FRONT], secure=True))


def read(raw: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = raw.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines)


def test_a_named_front_end_may_ask(answers: Answers) -> None:
    status, headers = read(answers.preflight(FRONT))

    assert status == HTTPStatus.NO_CONTENT
    assert headers["Access-Control-Allow-Origin"] == FRONT
    assert {"authorization", "last-event-id"} <= set(
        headers["Access-Control-Allow-Headers"].lower().split(", ")
    )


@pytest.mark.parametrize("kind", TOLD)
def test_a_named_front_end_may_read(answers: Answers, kind: str) -> None:
    headers = read(TOLD[kind](answers, FRONT))[1]

    assert headers["Access-Control-Allow-Origin"] == FRONT


@pytest.mark.parametrize("origin", [FOREIGN, "null", ""])
def test_no_other_page_may_ask_or_read(answers: Answers, origin: str) -> None:
    for raw in (answers.preflight(origin), *(told(answers, origin) for told in TOLD.values())):
        headers = read(raw)[1]
        assert [name for name in headers if name.startswith("Access-Control")] == []
        assert headers["Vary"] == "Origin"


@pytest.mark.parametrize("kind", TOLD)
def test_every_answer_tells_browsers_to_be_careful(answers: Answers, kind: str) -> None:
    headers = read(TOLD[kind](answers, FRONT))[1]

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "asks", "preflight"),
    [("OPTIONS", True, True), ("OPTIONS", False, False), ("GET", True, False)],
)
def test_a_preflight_is_known_by_its_question(method: str, asks: bool, preflight: bool) -> None:
    question = "Access-Control-Request-Method: GET\r\n" if asks else ""
    raw = f"{method} /v1/alir HTTP/1.1\r\nOrigin: {FRONT}\r\n{question}Host: x\r\n\r\n".encode()

    asked = head.parse(raw)

    assert (asked.preflight, asked.origin) == (preflight, FRONT)
