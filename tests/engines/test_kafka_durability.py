"""A log that would lose what it acknowledged is refused: at start, at publishing; `ekel topics apply` mends it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.ports.errors import Refused
from chassis.ports.events import Events, Topic
from support.records import LONG, out, publish, until
from support.tree import ROOT

kafka = pytest.importorskip(
    "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
)
pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
FRAGILE = {
    "without flush": {},
    "elects unclean": {"flush.messages": "1", "unclean.leader.election.enable": "true"},
}


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def admin(events_url: str) -> Iterator[Any]:
    admin = kafka.KafkaAdminClient(bootstrap_servers=events_url.removeprefix("kafka://"))
    yield admin
    admin.close()


@pytest.mark.parametrize("configs", FRAGILE.values(), ids=FRAGILE)
def test_a_topic_that_would_lose_records_is_refused(
    events: Events, admin: Any, configs: dict[str, str]
) -> None:
    fragile = {"num_partitions": 1, "replication_factor": 1, "configs": configs}
    admin.create_topics({"uji.rapuh": fragile}, wait_for_metadata=True)
    said = r"uji\.rapuh would lose .* flush\.messages=1 and unclean\.leader\.election\.enable=false"

    with pytest.raises(Refused, match=said):
        events.publisher().publish([out("uji.rapuh", "1")]).wait(LONG)
    with pytest.raises(Refused, match=said):
        events.ensure([Topic("uji.a")])
    publish(events, "uji.a", ["lain"])
    events.align([Topic("uji.rapuh")])

    events.ensure([Topic("uji.a")])
    publish(events, "uji.rapuh", ["1"])


def test_a_worker_does_not_start_on_a_log_that_would_lose_events(
    events_url: str, admin: Any, tmp_path: Path
) -> None:
    """And starts when `ekel topics apply` has mended it."""
    office = "3276011006"
    topic = f"ekelurahan.peristiwa.v1.{office}"
    admin.create_topics({topic: {"num_partitions": 1, "replication_factor": 1}}, wait_for_metadata=True)
    mine = {"EKEL_ENV": "test", "EKEL_DATA": str(tmp_path), "EKEL_EVENTS_URL": events_url}
    environment = {**os.environ, **mine, "EKEL_WORKER_BIND": "127.0.0.1:0"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert run("ekel", "keys", "make").returncode == 0
    assert run("notifikasi", "migrate").returncode == 0
    refused = run("notifikasi", "worker")
    assert refused.returncode == 1
    assert f"notifikasi worker: topic {topic} would lose acknowledged events" in refused.stderr
    assert "Traceback" not in refused.stderr

    assert run("ekel", "topics", "apply", "--kelurahan", office).returncode == 0
    started = subprocess.Popen([sys.executable, "-m", "notifikasi", "worker"], env=environment, cwd=ROOT)
    try:
        until(lambda: _members(admin, "notifikasi") == 1)
    finally:
        started.terminate()
    assert started.wait(LONG) == 0


def _members(admin: Any, group: str) -> int:
    """How many are in the group; none while the broker is still choosing its coordinator."""
    try:
        return len(admin.describe_groups([group])[group]["members"])
    except kafka.errors.CoordinatorNotAvailableError:
        return 0
