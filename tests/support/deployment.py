"""What the code says about its deployables: roles, ports, settings; and the files of deploy/ as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import yaml

from chassis.settings import Settings
from support.tree import ROOT, SERVICES

DEPLOYABLES: Final = (*SERVICES, "gateway", "frontend")
_VARIABLE = re.compile(r"\$\{[A-Z_]+:-([^}]*)\}")
Env = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One process: `public` is None where nobody calls it."""

    name: str
    deployable: str
    kind: str
    public: int | None
    internal: int


def settings(deployable: str) -> type[Settings]:
    found: type[Settings] = import_module(f"{deployable}.settings").Settings
    return found


def roles() -> dict[str, Role]:
    """Every role of the code, with the ports that its settings have by default."""
    found = {}
    for deployable in DEPLOYABLES:
        names: Mapping[str, object] = import_module(f"{deployable}.roles").roles
        known = settings(deployable)()
        for name in names:
            kind = name.partition("-")[2]
            found[name] = Role(name=name, deployable=deployable, kind=kind, **_ports(deployable, kind, known))
    return found


def _ports(deployable: str, kind: str, known: Any) -> dict[str, Any]:
    if deployable == "gateway":
        public = {"http": known.port, "pantau": known.stream_port}.get(kind)
    else:
        public = _port(known.http_bind) if kind == "http" else None
    bind = {"http": "internal_bind", "worker": "worker_bind", "pantau": "stream_bind"}[kind]
    return {"public": public, "internal": _port(getattr(known, bind))}


def _port(bind: str) -> int:
    return int(bind.rpartition(":")[2])


def readable(deployable: str) -> set[str]:
    """Names of environment variables that a deployable's settings read."""
    return {f"EKEL_{field.upper()}" for field in settings(deployable).model_fields} | {"EKEL_SECRETS"}


def compose() -> dict[str, Any]:
    """docker-compose.yml with the defaults of its variables."""
    text = (ROOT / "docker-compose.yml").read_text()
    found: dict[str, Any] = yaml.safe_load(_VARIABLE.sub(r"\1", text))
    return found


def documents(folder: str) -> list[dict[str, Any]]:
    """Every Kubernetes object in the files of a folder below deploy/k8s, patches apart."""
    files = sorted((ROOT / "deploy/k8s" / folder).glob("*.yaml"))
    read = [doc for file in files for doc in yaml.safe_load_all(file.read_text())]
    return [doc for doc in read if doc["kind"] not in {"Kustomization", "Component"}]
