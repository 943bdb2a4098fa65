"""The AsyncAPI file is valid by the official schema, and what it refers to exists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from support.promises import FOLDER, asyncapi, contracts

# asyncapi-3.0.schema.json: schemas/3.0.0.json of the npm package @asyncapi/specs 6.11.1, Apache-2.0, unmodified.
OFFICIAL = Path(__file__).with_name("asyncapi-3.0.schema.json")
DELIVERY = {
    "peristiwa": "ordered",
    "pribadi": "latest",
    "acuan": "latest",
    "kontak": "latest",
    "gangguan": "single",
}


@pytest.fixture(scope="module")
def official() -> Draft7Validator:
    return Draft7Validator(json.loads(OFFICIAL.read_text()))


def test_the_file_is_valid_by_the_official_schema(official: Draft7Validator) -> None:
    assert [f"{e.json_path}: {e.message[:200]}" for e in official.iter_errors(asyncapi())] == []


def test_the_official_schema_would_notice_a_mistake(official: Draft7Validator) -> None:
    broken = {**asyncapi(), "operations": {"x": {"action": "shout", "channel": {"$ref": "#/channels/acuan"}}}}

    assert list(official.iter_errors(broken)) != []


def test_every_reference_leads_somewhere() -> None:
    assert [ref for ref in _references(asyncapi()) if not _exists(ref)] == []


def test_the_families_are_delivered_as_the_architecture_says() -> None:
    assert {f.name: f.delivery for f in contracts().families.values()} == DELIVERY


def test_a_topic_has_one_partition_and_only_snapshots_are_compacted() -> None:
    for family in contracts().families.values():
        kafka = asyncapi()["channels"][family.name]["bindings"]["kafka"]
        policy = "compact" if family.topic("1").compacted else "delete"

        assert kafka["partitions"] == 1, family.name
        assert kafka["topicConfiguration"]["cleanup.policy"] == [policy], family.name
        # -1: kept for ever. A compacted topic keeps the newest of each key and needs no limit.
        assert kafka["topicConfiguration"].get("retention.ms") == (None if policy == "compact" else -1)


def test_an_office_switched_on_adds_exactly_its_two_topics() -> None:
    before = {t.name for t in contracts().topics([])}
    after = {t.name for t in contracts().topics(["3276051006"])}

    assert after - before == {"ekelurahan.peristiwa.v1.3276051006", "ekelurahan.pribadi.v1.3276051006"}
    assert before == {"ekelurahan.acuan.v1", "ekelurahan.kontak.v1", "ekelurahan.gangguan.v1"}


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


def _exists(reference: str) -> bool:
    if not reference.startswith("#/"):
        return (FOLDER / reference).is_file()
    node = asyncapi()
    for step in reference.removeprefix("#/").split("/"):
        if step not in node:
            return False
        node = node[step]
    return True
