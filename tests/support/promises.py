"""The contracts as tests read them: the AsyncAPI file, its messages, and the golden examples as records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from chassis.contracts import Contracts, read_yaml
from chassis.ports.events import Record
from support.tree import ROOT

FOLDER: Final = ROOT / "contracts"
Schema = Mapping[str, Any]


@cache
def asyncapi() -> dict[str, Any]:
    """The file as it stands, references unresolved."""
    api: dict[str, Any] = read_yaml(FOLDER / "asyncapi.yaml")
    return api


@cache
def contracts() -> Contracts:
    """The file as the code sees it."""
    return Contracts(FOLDER)


def messages() -> dict[str, dict[str, Any]]:
    """Message id → message object."""
    found: dict[str, dict[str, Any]] = asyncapi()["components"]["messages"]
    return found


def schemas(family: str) -> dict[str, Schema]:
    """CloudEvents type → payload schema, for the events of one family."""
    return {kind.type: kind.schema for kind in contracts().types.values() if kind.family.name == family}


def examples() -> dict[str, Record]:
    """Path below contracts/examples → the golden example as the log would hold it."""
    return {
        f"{file.parent.name}/{file.name}": _record(json.loads(file.read_text()))
        for file in sorted((FOLDER / "examples").rglob("*.json"))
    }


def _record(example: Mapping[str, Any]) -> Record:
    value = json.dumps(example["data"], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Record(
        topic=example["topic"], offset=0, key=example["key"], headers=example["headers"], value=value.encode()
    )


def parts(schema: Schema, at: str = "$", name: str = "") -> Iterator[tuple[str, str, Schema]]:
    """(path, property name, subschema) of a schema and everything inside it."""
    yield at, name, schema
    for key, part in schema.get("properties", {}).items():
        yield from parts(part, f"{at}.{key}", key)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from parts(schema[word], f"{at}[]", name)
