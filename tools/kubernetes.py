"""The Kafka part of deploy/k8s that follows from the contracts: `python -m tools.kubernetes` writes it anew.

Topics of the offices that are active at first seeding, as contracts/asyncapi.yaml wants them on three brokers; a user
per service; and one per kecamatan that may read its own stream and nothing else (docs/events.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from chassis.contracts import Contracts
from ekel.deployables import DEPLOYABLES, module
from engines.production.kafka_admin import COMPACTED, FOREVER

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "deploy/k8s/components/kafka"
HEAD = "# Written by `python -m tools.kubernetes` from the contracts; do not edit.\n"
OURS = {"type": "topic", "name": "ekelurahan.", "patternType": "prefix"}
STREAM = "ekelurahan.peristiwa.v1."


def files() -> dict[Path, str]:
    """Every generated file with its text."""
    made = {"topics.yaml": topics(), "users.yaml": users()}
    return {FOLDER / name: HEAD + yaml.safe_dump_all(docs, sort_keys=False) for name, docs in made.items()}


def topics() -> list[dict[str, Any]]:
    """`KafkaTopic`s, in the order of their names."""
    active = [office.kode for office in _wilayah().kelurahan if office.aktif]
    wanted = sorted(Contracts(ROOT / "contracts").topics(active), key=lambda topic: topic.name)
    safety = {"min.insync.replicas": "2", "unclean.leader.election.enable": "false"}
    return [
        _resource(
            "KafkaTopic",
            topic.name,
            partitions=1,
            replicas=3,
            config=(COMPACTED if topic.compacted else FOREVER) | dict(topic.settings) | safety,
        )
        for topic in wanted
    ]


def users() -> list[dict[str, Any]]:
    """`KafkaUser`s: services, operator, the watcher of lags, and a reader per kecamatan."""
    use, look = ["Read", "Write", "Create", "Describe", "DescribeConfigs"], ["Describe"]
    found = [_user(name, (OURS, use), (_group(name), ["Read", "Describe"])) for name in DEPLOYABLES]
    everything = {"type": "group", "name": "*", "patternType": "literal"}
    manage = [*use, "AlterConfigs", "Alter"]
    found.append(
        _user("operator", (OURS, manage), (everything, ["Read", *look]), ({"type": "cluster"}, look))
    )
    found.append(_user("lag", (OURS, look), (everything, look)))
    for kecamatan in _wilayah().kecamatan:
        own = {"type": "topic", "name": f"{STREAM}{kecamatan.kode}", "patternType": "prefix"}
        name = f"kecamatan-{kecamatan.kode}"
        found.append(_user(name, (own, ["Read", "Describe"]), (_group(name, "prefix"), ["Read"])))
    return found


def _wilayah() -> Any:
    return module("pengajuan", "adapters.wilayah").baca_wilayah()


def _group(name: str, pattern: str = "literal") -> dict[str, str]:
    return {"type": "group", "name": name, "patternType": pattern}


def _user(name: str, *rights: tuple[dict[str, str], list[str]]) -> dict[str, Any]:
    acls = [{"resource": dict(what), "operations": list(can)} for what, can in rights]
    return _resource(
        "KafkaUser",
        name,
        authentication={"type": "scram-sha-512"},
        authorization={"type": "simple", "acls": acls},
    )


def _resource(kind: str, name: str, **spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "kafka.strimzi.io/v1",
        "kind": kind,
        "metadata": {"name": name, "labels": {"strimzi.io/cluster": "ekel"}},
        "spec": spec,
    }


if __name__ == "__main__":
    for file, text in files().items():
        file.write_text(text)
