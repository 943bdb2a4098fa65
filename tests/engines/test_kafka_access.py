"""An outside system on a real broker reads the open events of its area, and nothing else in any way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.contracts import Contracts
from chassis.ports.events import Events, Outgoing
from support.records import LONG
from support.servers import Servers
from support.tree import ROOT
from support.waiting import until

kafka = pytest.importorskip(
    "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
)
pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
INSIDE, NEIGHBOUR, SYSTEM = "3276011006", "3276051004", "uji.dukcapil"
OPEN, PRIVATE = "ekelurahan.peristiwa.v1.", "ekelurahan.pribadi.v1."
FORBIDDEN = (
    PRIVATE + INSIDE,
    OPEN + NEIGHBOUR,
    PRIVATE + NEIGHBOUR,
    "ekelurahan.acuan.v1",
    "ekelurahan.kontak.v1",
    "ekelurahan.gangguan.v1",
)
Ekel = Callable[..., subprocess.CompletedProcess[str]]
Reader = Callable[..., Any]


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def broker(running: Servers) -> str:
    """Address of the listener for users."""
    return running["kafka"]["KAFKA_SASL_URL"].removeprefix("kafka://").partition("?")[0]


@pytest.fixture
def ekel(events_url: str, events: Events, tmp_path: Path) -> Iterator[Ekel]:
    """The command on an installation with documents in files and events on Kafka."""
    events.align(Contracts(ROOT / "contracts").topics([INSIDE, NEIGHBOUR]))
    environment = {
        **os.environ,
        "EKEL_ENV": "test",
        "EKEL_DATA": str(tmp_path),
        "EKEL_EVENTS_URL": events_url,
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ekel", *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)

    yield run
    run("access", "revoke", SYSTEM)


@pytest.fixture
def secret(ekel: Ekel) -> dict[str, str]:
    """What the grant printed."""
    return granted(ekel("access", "grant", SYSTEM, "--wilayah", "327601"))


@pytest.fixture
def reader(broker: str, secret: dict[str, str]) -> Iterator[Reader]:
    made = []

    def make(group: str = "contoh") -> Any:
        made.append(consumer(broker, secret, group))
        return made[-1]

    yield make
    for each in made:
        each.close(autocommit=False)


@pytest.fixture
def admin(broker: str, secret: dict[str, str]) -> Iterator[Any]:
    """The system's own user, asking as an administrator would."""
    admin = kafka.KafkaAdminClient(**account(broker, secret))
    yield admin
    admin.close()


def granted(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def account(broker: str, secret: dict[str, str]) -> dict[str, Any]:
    return {
        "bootstrap_servers": broker,
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": secret["kafka_user"],
        "sasl_plain_password": secret["kafka_password"],
        "bootstrap_timeout_ms": 3000,
    }


def consumer(broker: str, secret: dict[str, str], group: str) -> Any:
    return kafka.KafkaConsumer(
        **account(broker, secret),
        group_id=f"{secret['kafka_user']}:{group}" if ":" not in group else group,
        enable_auto_commit=False,
    )


def readable(reader: Any, topic: str) -> bool:
    """`subscribe` tells nothing of rights; asking for the end does, by waiting for a leader that is kept secret."""
    try:
        reader.end_offsets([kafka.TopicPartition(topic, 0)], timeout_ms=1500)
    except (kafka.errors.TopicAuthorizationFailedError, kafka.errors.KafkaTimeoutError):
        return False
    return True


def commits(reader: Any, topic: str) -> None:
    lane = kafka.TopicPartition(topic, 0)
    reader.assign([lane])
    reader.commit({lane: kafka.structs.OffsetAndMetadata(0, "", -1)})


def event(topic: str, number: int) -> Outgoing:
    headers = {"time": f"2026-01-15T03:05:0{number}Z", "source": "dokumen", "subject": f"kasus-{number}"}
    headers |= {"type": "id.ekelurahan.dokumen.berkas.diterima.v1", "id": str(number)}
    return Outgoing(topic=topic, key="k", headers={f"ce_{k}": v for k, v in headers.items()}, value=b"{}")


def test_it_reads_its_own_area_and_commits_there(reader: Reader) -> None:
    own = reader()

    until(lambda: readable(own, OPEN + INSIDE))
    commits(own, OPEN + INSIDE)


def test_everything_else_is_refused(reader: Reader, admin: Any) -> None:
    own = reader()
    until(lambda: readable(own, OPEN + INSIDE))  # so that what follows is no rule that has not arrived yet

    assert [topic for topic in FORBIDDEN if readable(own, topic)] == []
    told = admin.describe_topics(list(FORBIDDEN))
    assert {topic["error_code"] for topic in told} == {kafka.errors.TopicAuthorizationFailedError.errno}
    for topic in FORBIDDEN:
        with pytest.raises(kafka.errors.TopicAuthorizationFailedError):
            commits(reader(f"lain-{topic}"), topic)


@pytest.mark.parametrize("group", ["pengajuan:peristiwa", "sistem.uji:contoh", "sistem.uji.dukcapil2:contoh"])
def test_groups_of_others_are_refused(reader: Reader, group: str) -> None:
    own = reader()
    until(lambda: readable(own, OPEN + INSIDE))

    with pytest.raises(kafka.errors.GroupAuthorizationFailedError):
        commits(reader(group), OPEN + INSIDE)


def test_it_writes_nothing_and_makes_nothing(
    broker: str, secret: dict[str, str], reader: Reader, admin: Any
) -> None:
    own = reader()
    until(lambda: readable(own, OPEN + INSIDE))
    producer = kafka.KafkaProducer(**account(broker, secret), enable_idempotence=False)
    with pytest.raises(kafka.errors.TopicAuthorizationFailedError):
        producer.send(OPEN + INSIDE, b"palsu").get(LONG)
    producer.close(timeout=1)
    with pytest.raises(kafka.errors.TopicAuthorizationFailedError):
        admin.create_topics({OPEN + "3276011999": {"num_partitions": 1, "replication_factor": 1}})


def test_a_new_grant_replaces_area_and_password(
    ekel: Ekel, broker: str, secret: dict[str, str], reader: Reader
) -> None:
    own = reader()
    until(lambda: readable(own, OPEN + INSIDE))

    new = granted(ekel("access", "grant", SYSTEM, "--wilayah", "3276051004"))

    other = consumer(broker, new, "contoh")
    until(lambda: readable(other, OPEN + NEIGHBOUR))
    assert not readable(other, OPEN + INSIDE)
    other.close(autocommit=False)
    assert new["client_secret"] != secret["client_secret"]
    with pytest.raises(kafka.errors.KafkaError):
        consumer(broker, secret, "contoh").end_offsets([kafka.TopicPartition(OPEN + INSIDE, 0)])


def test_a_revoked_system_reads_nothing_even_on_an_open_connection(ekel: Ekel, reader: Reader) -> None:
    own = reader()
    until(lambda: readable(own, OPEN + INSIDE))
    assert "http+kafka" in ekel("access", "list").stdout

    assert ekel("access", "revoke", SYSTEM).returncode == 0

    until(lambda: not readable(own, OPEN + INSIDE))
    assert "revoked" in ekel("access", "list").stdout
    assert ekel("access", "revoke", SYSTEM).returncode == 1


def test_the_sample_subscriber_reads_on_from_where_it_ended(
    events: Events, ekel: Ekel, broker: str, secret: dict[str, str]
) -> None:
    publisher = events.publisher()
    publisher.publish([event(OPEN + INSIDE, 1), event(OPEN + INSIDE, 2), event(OPEN + NEIGHBOUR, 3)]).wait(
        LONG
    )

    first = sample(broker, secret)
    publisher.publish([event(OPEN + INSIDE, 4)]).wait(LONG)
    publisher.close()

    assert [line.split()[-1] for line in first.splitlines()] == ["kasus-1", "kasus-2"]
    assert [line.split()[-1] for line in sample(broker, secret).splitlines()] == ["kasus-4"]


def sample(broker: str, secret: dict[str, str]) -> str:
    environment = {
        **os.environ,
        "KAFKA_USER": secret["kafka_user"],
        "KAFKA_PASSWORD": secret["kafka_password"],
        "KAFKA_SECURITY": "SASL_PLAINTEXT",
    }
    program = ROOT / "docs/examples/subscriber_kafka.py"
    command = [sys.executable, str(program), broker, secret["kafka_topics"], "--once"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    return done.stdout
