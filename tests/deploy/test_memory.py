"""What a role may have of memory: what was measured (docs/operations.md), the same on compose and on Kubernetes."""

from __future__ import annotations

import re

import pytest

from support.deployment import Role, compose, documents, roles
from support.tree import ROOT

ROLES = roles()
ROW = re.compile(r"^\| ([a-z-]+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
MEASURED = {
    name: (int(idle), int(most))
    for name, idle, most in ROW.findall((ROOT / "docs/operations.md").read_text())
}
UNITS = {"Mi": 1, "Gi": 1024, "m": 1, "g": 1024}


def test_every_role_was_measured() -> None:
    assert set(MEASURED) >= set(ROLES)


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_a_role_asks_for_what_it_was_seen_to_need(role: Role) -> None:
    idle, most = MEASURED[role.name]
    request, limit = _on_kubernetes(role.name)

    assert idle <= most <= request <= 2 * most
    assert limit >= 2 * most
    assert limit == _mebibytes(compose()["services"][role.name]["mem_limit"])


def _on_kubernetes(name: str) -> tuple[int, int]:
    (role,) = (d for d in documents("base") if d["kind"] == "Deployment" and d["metadata"]["name"] == name)
    wanted = role["spec"]["template"]["spec"]["containers"][0]["resources"]
    return _mebibytes(wanted["requests"]["memory"]), _mebibytes(wanted["limits"]["memory"])


def _mebibytes(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(\D+)", text).groups()  # type: ignore[union-attr]
    return int(number) * UNITS[unit]
