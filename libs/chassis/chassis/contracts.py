"""The contracts as the code sees them: which events exist, who may send them, where they go, what fits.

All is read from `contracts/asyncapi.yaml` and the JSON Schemas it refers to. A channel's `x-delivery` names its kind:

- `ordered`: sequence 1, 2, 3 … without gaps per source and subject; every event counts, nothing is removed.
- `latest`: snapshots on a compacted topic; a higher sequence replaces, a lower one is dropped.
- `single`: events about themselves, keyed by their own id, never waiting behind another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from chassis.ports.events import Topic

Delivery = Literal["ordered", "latest", "single"]


class ContractBroken(Exception):
    """An event does not fit its schema, or nobody promised it. A defect of the sender, never of the data."""


def read_yaml(file: Path) -> Any:
    """The file's only document. Of the two safe loaders the one in C: eight times as fast, and start-up reads a lot."""
    return yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


@dataclass(frozen=True, slots=True)
class Family:
    """One channel of the AsyncAPI file; `address` may hold one `{parameter}`: the scope."""

    name: str
    address: str
    delivery: Delivery
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def scoped(self) -> bool:
        return "{" in self.address

    @property
    def prefix(self) -> str:
        return self.address.split("{")[0]

    def topic(self, scope: str) -> Topic:
        name = self.prefix + scope if self.scoped else self.address
        return Topic(name, compacted=self.delivery == "latest", settings=self.settings)


@dataclass(frozen=True, slots=True)
class EventType:
    """One message of the AsyncAPI file. `type` is the CloudEvents type, `name` its short form."""

    type: str
    service: str
    name: str
    family: Family
    consumers: frozenset[str]
    schema: Mapping[str, Any]
    validator: Draft202012Validator

    def key(self, subject: str) -> str:
        """The record's key. Compaction keeps one record per key, so each kind of snapshot has its own."""
        latest = self.family.delivery == "latest"
        return f"{self.service}/{self.name}/{subject}" if latest else subject

    def check(self, data: object) -> None:
        """Raise `ContractBroken` naming the place, never the value (it may be personal)."""
        for error in self.validator.iter_errors(data):
            raise ContractBroken(f"{self.type}: {error.json_path} breaks '{error.validator}'")


class Contracts:
    """All families and event types of the system; the files are read once in a process and those it forks."""

    def __init__(self, folder: Path) -> None:
        api, self.families, self.types = _read(folder)
        self.folder = folder
        self.scope_extension: str = api["info"]["x-scope-extension"]
        self.parked: str = api["info"]["x-parked-event"]
        self.resumed: str = api["info"]["x-resumed-event"]
        self._sent = {(t.service, t.name): t for t in self.types.values()}

    def sent_by(self, service: str, name: str) -> EventType:
        """The type that `service` promised to send under `name`. Raises `ContractBroken`."""
        try:
            return self._sent[service, name]
        except KeyError:
            raise ContractBroken(f"{service} never promised to send {name}") from None

    def heard_by(self, service: str) -> list[EventType]:
        return [t for t in self.types.values() if service in t.consumers]

    def family_of(self, topic: str) -> Family:
        for family in self.families.values():
            if topic == family.address or (family.scoped and topic.startswith(family.prefix)):
                return family
        raise ContractBroken(f"no channel has the topic {topic}")

    def topics(self, scopes: list[str]) -> list[Topic]:
        """Every topic that exists when these scopes are switched on."""
        scoped = [f.topic(s) for f in self.families.values() if f.scoped for s in scopes]
        return scoped + [f.topic("") for f in self.families.values() if not f.scoped]


@cache
def _read(folder: Path) -> tuple[Mapping[str, Any], Mapping[str, Family], Mapping[str, EventType]]:
    api = read_yaml(folder / "asyncapi.yaml")
    families = {name: _family(name, c) for name, c in api["channels"].items()}
    return api, families, {t.type: t for t in _types(api, families, folder)}


def _family(name: str, channel: Mapping[str, Any]) -> Family:
    stated = channel.get("bindings", {}).get("kafka", {}).get("topicConfiguration", {})
    settings = {key: ",".join(v) if isinstance(v, list) else str(v) for key, v in stated.items()}
    return Family(name, channel["address"], channel["x-delivery"], tuple(settings.items()))


def _types(api: Mapping[str, Any], families: Mapping[str, Family], folder: Path) -> list[EventType]:
    channel_of = {m: c for c, body in api["channels"].items() for m in body["messages"]}
    consumers: dict[str, set[str]] = {m: set() for m in channel_of}
    for operation in api["operations"].values():
        if operation["action"] == "receive":
            for message in operation["messages"]:
                consumers[message["$ref"].rsplit("/", 1)[1]].add(operation["x-service"])
    return [
        _type(api["components"]["messages"][m], families[channel_of[m]], frozenset(consumers[m]), folder)
        for m in channel_of
    ]


def _type(message: Mapping[str, Any], family: Family, heard: frozenset[str], folder: Path) -> EventType:
    schema = json.loads((folder / message["payload"]["$ref"]).read_text())
    kind = str(message["name"])
    service, name = kind.split(".", 2)[2].rsplit(".", 1)[0].split(".", 1)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return EventType(kind, service, name, family, heard, schema, validator)
