"""Topics on a real broker: made as AsyncAPI says, mended where they differ, refused where they cannot be mended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.contracts import Contracts
from chassis.ports.errors import Refused
from chassis.ports.events import Events
from support.tree import ROOT

kafka = pytest.importorskip(
    "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
)
pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
OFFICE = "3276011006"
OPEN, PRIVATE = f"ekelurahan.peristiwa.v1.{OFFICE}", f"ekelurahan.pribadi.v1.{OFFICE}"
WANTED = Contracts(ROOT / "contracts").topics([OFFICE])


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def admin(events_url: str) -> Iterator[Any]:
    admin = kafka.KafkaAdminClient(bootstrap_servers=events_url.removeprefix("kafka://"))
    yield admin
    admin.close()


def configs(admin: Any, name: str) -> dict[str, str]:
    asked = [kafka.admin.ConfigResource(kafka.admin.ConfigResourceType.TOPIC, name)]
    found = admin.describe_configs(asked, config_filter="all")["topic"][name]
    return {key: entry["value"] for key, entry in found.items()}


def alter(admin: Any, name: str, **settings: str) -> None:
    new = {key.replace("_", "."): value for key, value in settings.items()}
    asked = kafka.admin.ConfigResource(kafka.admin.ConfigResourceType.TOPIC, name, new)
    assert admin.alter_configs([asked])["topic"][name] == "OK"


def test_a_new_topic_is_as_the_contract_says(events: Events, admin: Any) -> None:
    events.align(WANTED)

    kept, newest = configs(admin, OPEN), configs(admin, PRIVATE)
    assert (kept["cleanup.policy"], kept["retention.ms"], kept["max.message.bytes"]) == (
        "delete",
        "-1",
        "131072",
    )
    assert (newest["cleanup.policy"], newest["max.message.bytes"]) == ("compact", "131072")
    assert kept["flush.messages"] == "1"  # this cluster is one node
    assert kept["unclean.leader.election.enable"] == "false"
    assert events.differences(WANTED) == {}


def test_a_topic_that_was_changed_is_told_and_mended(events: Events, admin: Any) -> None:
    events.align(WANTED)
    alter(admin, OPEN, retention_ms="3600000")
    alter(admin, PRIVATE, cleanup_policy="delete")
    assert events.differences(WANTED) == {
        OPEN: {"retention.ms": ("3600000", "-1")},
        PRIVATE: {"cleanup.policy": ("delete", "compact")},
    }

    events.align(WANTED)

    assert events.differences(WANTED) == {}
    assert configs(admin, OPEN)["retention.ms"] == "-1"


def test_a_second_partition_cannot_be_mended_and_is_refused(events: Events, admin: Any) -> None:
    wide = {"num_partitions": 2, "replication_factor": 1, "configs": {"retention.ms": "1"}}
    admin.create_topics({OPEN: wide}, wait_for_metadata=True)

    with pytest.raises(Refused, match=rf"{OPEN} has 2 partitions"):
        events.align(WANTED)

    assert events.differences(WANTED) == {OPEN: {"partitions": ("2", "1")}}


def test_the_command_plans_applies_and_has_nothing_more_to_do(events_url: str, tmp_path: Path) -> None:
    def ekel(action: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "EKEL_DATA": str(tmp_path),
            "EKEL_EVENTS_URL": events_url,
            "EKEL_ENV": "test",
        }
        command = [sys.executable, "-m", "ekel", "topics", action, "--kelurahan", OFFICE]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)

    first, done, again, nothing = ekel("plan"), ekel("apply"), ekel("apply"), ekel("plan")

    assert (first.returncode, done.returncode, again.returncode, nothing.returncode) == (2, 0, 0, 0), (
        done.stdout
    )
    assert "5 to create, 0 to change" in first.stdout
    assert f"+ {OPEN}" in done.stdout
    assert again.stdout == nothing.stdout == "nothing to do\n"
