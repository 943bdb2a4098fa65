"""Schemas of operators' own objects (CRDs), from their Go modules: what a cluster with them would refuse."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator

from tools.engines.cache import fetched
from tools.engines.go import source


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """`files`: where its schemas lie in the module."""

    name: str
    module: str
    version: str
    files: str


# Strimzi's come out of a generator for Java 21 and newer only: docs/operations.md says what was done instead.
OPERATORS: Final = (
    Operator(
        name="keda", module="github.com/kedacore/keda/v2", version="v2.21.0", files="config/crd/bases/*.yaml"
    ),
    Operator(
        name="prometheus",
        module="github.com/prometheus-operator/prometheus-operator",
        version="v0.85.0",
        files="example/prometheus-operator-crd/*.yaml",
    ),
    Operator(
        name="mongodb",
        module="github.com/mongodb/mongodb-kubernetes-operator",
        version="v0.9.0",
        files="config/crd/bases/*.yaml",
    ),
)


class _Loader(yaml.CSafeLoader):
    """YAML in which a lone `=` is text, as Kubernetes reads it."""


_Loader.add_constructor("tag:yaml.org,2002:value", lambda _, node: node.value)


def get() -> list[Path]:
    """A folder of schemas per operator; fetched once."""
    return [_got(operator) for operator in OPERATORS]


def groups() -> set[str]:
    """API groups whose objects can be judged."""
    return {file.name.partition("_")[0] for folder in get() for file in folder.glob("*.yaml")}


def complaints(one: Mapping[str, Any]) -> list[str]:
    """What is wrong with an object of an operator, one line each. Raises `KeyError` for a kind that nobody knows."""
    found = Draft202012Validator(_schema(one["apiVersion"], one["kind"])).iter_errors(one)
    return [f"{one['kind']} {one['metadata']['name']}, {each.json_path}: {each.message}" for each in found]


def _got(operator: Operator) -> Path:
    def fill(folder: Path) -> None:
        for file in sorted(source(operator.module, operator.version, folder).glob(operator.files)):
            shutil.copyfile(file, folder / file.name)
        shutil.rmtree(folder / "build")

    return fetched(f"crds-{operator.name}", operator.version, fill)


@cache
def _schema(api: str, kind: str) -> dict[str, Any]:
    group, _, wanted = api.partition("/")
    files = [file for folder in get() for file in folder.glob(f"{group}_{kind.lower()}*.yaml")]
    if len(files) != 1:
        raise KeyError(f"{api} {kind}")
    (spec,) = [crd["spec"] for crd in yaml.load_all(files[0].read_text(), _Loader) if crd]
    versions = {each["name"]: each["schema"]["openAPIV3Schema"] for each in spec["versions"]}
    schema: dict[str, Any] = _closed(versions[wanted])
    schema["properties"]["metadata"] = True  # Kubernetes' own
    return schema


def _closed(schema: Any) -> Any:
    """As a cluster reads it that is asked to be strict: a field that is not described is an error."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    if closed.get("x-kubernetes-int-or-string"):
        return {"type": ["integer", "string"]}
    open_ = "additionalProperties" in closed or closed.get("x-kubernetes-preserve-unknown-fields")
    if closed.get("type") == "object" and "properties" in closed and not open_:
        closed["additionalProperties"] = False
    return closed
