"""Kafka by password and over TLS: what the URL says is what is done, and nobody else is trusted."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.ports.errors import Unavailable
from chassis.ports.events import Events
from engines.open import open_events
from support.records import publish, until, values
from support.servers import Servers
from tools.engines import certificate

pytest.importorskip("kafka", reason="kafka-python is missing; this brings it: scripts/setup production")
pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),  # sockets and those of TLS
]
Open = Callable[[str], Events]


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def opened() -> Iterator[Open]:
    """An event log at an address, closed after the test."""
    made: list[Events] = []

    def open_at(url: str) -> Events:
        made.append(open_events(url))
        return made[-1]

    yield open_at
    for one in made:
        one.close()
    gc.collect()  # the client leaves sockets of refused connections to it: not to that of the next test


@pytest.fixture(params=["KAFKA_SASL_URL", "KAFKA_TLS_URL"])
def url(request: pytest.FixtureRequest, events: Events, running: Servers) -> str:
    """A listener that asks for a password, on an emptied broker."""
    return running["kafka"][request.param]


def without(url: str, name: str, other: str = "") -> str:
    """The address with another option in the place of one."""
    place, _, query = url.partition("?")
    kept = [pair for pair in query.split("&") if not pair.startswith(f"{name}=")]
    return f"{place}?{'&'.join([*kept, *([other] if other else [])])}"


def test_a_password_opens_the_log_to_write_and_to_read(url: str, opened: Open) -> None:
    events = opened(url)
    publish(events, "uji.a", ["isi"])

    assert values(events.read("uji.a", 0)) == ["isi"]
    consumer = events.consumer("g", ["uji."])
    seen = until(lambda: events.lag("g", ["uji.a"]) == {"uji.a": 0}, consumer)
    assert values(seen) == ["isi"]
    consumer.close()


def test_a_wrong_password_is_named(url: str, opened: Open, tmp_path: Path) -> None:
    (tmp_path / "salah").write_text("salah")

    with pytest.raises(Unavailable, match="user and password wrong"):
        opened(without(url, "password_file", f"password_file={tmp_path / 'salah'}")).ping()


def test_a_broker_of_another_authority_is_not_trusted(
    events: Events, running: Servers, opened: Open, tmp_path: Path
) -> None:
    certificate.make(tmp_path)
    url = running["kafka"]["KAFKA_TLS_URL"]

    for other in (without(url, "ca", f"ca={tmp_path / 'ca.pem'}"), without(url, "ca")):
        with pytest.raises(Unavailable, match="certificate not of this ca"):
            opened(other).ping()


def test_a_broker_under_another_name_is_not_trusted(running: Servers, opened: Open, events: Events) -> None:
    with pytest.raises(Unavailable, match="certificate"):
        opened(running["kafka"]["KAFKA_TLS_URL"].replace("127.0.0.1", "127.0.0.2")).ping()


def test_what_goes_over_the_wire_is_encrypted(running: Servers, opened: Open, events: Events) -> None:
    """The same listener does not speak to who speaks in the clear."""
    clear = without(running["kafka"]["KAFKA_TLS_URL"], "ca").replace("SASL_SSL", "SASL_PLAINTEXT")

    with pytest.raises(Unavailable):
        opened(clear).ping()
