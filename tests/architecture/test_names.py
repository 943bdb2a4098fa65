"""Event names: one grammar; type, schema, examples and consumers one-to-one."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from chassis.contracts import Contracts, EventType, read_yaml
from support.tree import ROOT, SERVICES, short

FOLDER = ROOT / "contracts"
PRODUCERS = (*SERVICES, "gateway")
# id.ekelurahan.<producer>.<subject>.<participle>.v<major>
GRAMMAR = re.compile(rf"id\.ekelurahan\.(?:{'|'.join(PRODUCERS)})\.[a-z]+\.[a-z]+(?:_[a-z]+)*\.v[1-9][0-9]*")


def test_event_types_follow_the_grammar() -> None:
    assert [kind.type for kind in _kinds() if not GRAMMAR.fullmatch(kind.type)] == []


def test_an_event_has_a_consumer_or_is_marked_external() -> None:
    external = {m["name"] for m in _asyncapi()["components"]["messages"].values() if m.get("x-external")}

    assert [kind.type for kind in _kinds() if not kind.consumers and kind.type not in external] == []


def test_every_schema_belongs_to_exactly_one_message() -> None:
    messages = _asyncapi()["components"]["messages"].values()
    used = [(FOLDER / message["payload"]["$ref"]).resolve() for message in messages]

    assert sorted(used) == sorted((FOLDER / "events").glob("*.schema.json"))


def test_every_message_is_carried_by_exactly_one_channel_under_its_own_name() -> None:
    api = _asyncapi()
    carried = [name for channel in api["channels"].values() for name in channel["messages"]]
    names = [message["name"] for message in api["components"]["messages"].values()]

    assert sorted(carried) == sorted(api["components"]["messages"])
    assert len(set(names)) == len(names)


def test_every_event_has_examples_and_they_fit_its_schema() -> None:
    assert [kind.type for kind in _kinds() if not _examples(kind)] == []
    for kind in _kinds():
        for file in _examples(kind):
            example = json.loads(file.read_text())
            assert example["headers"]["ce_type"] == kind.type, short(file)
            kind.check(example["data"])


def test_every_example_belongs_to_an_event() -> None:
    known = {file for kind in _kinds() for file in _examples(kind)}

    assert set((FOLDER / "examples").rglob("*.json")) - known == set()


@cache
def _asyncapi() -> dict[str, Any]:
    api: dict[str, Any] = read_yaml(FOLDER / "asyncapi.yaml")
    return api


@cache
def _kinds() -> tuple[EventType, ...]:
    kinds = tuple(Contracts(FOLDER).types.values())
    assert kinds, "contracts/asyncapi.yaml names no event"
    return kinds


def _examples(kind: EventType) -> list[Path]:
    major = kind.type.rsplit(".", 1)[1]
    return sorted((FOLDER / "examples" / f"{kind.service}.{kind.name}").glob(f"{major}.*.json"))
