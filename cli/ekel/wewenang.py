"""The table of who may do what (contracts/wewenang.yaml): read, judged cell by cell, and written as a page.

A cell is an operation, a role and a place: `dalam` his own office or own case, `luar` somebody else's, `sendiri`
an official's own case, `orang` a resident who owns nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chassis.contracts import read_yaml

GRANTS = ("semua", "milik", "wilayah")
PUBLIC, RESIDENT = "publik", "warga"
ALLOWED, DEPENDS = 0, -1  # verdicts beside the status of a refusal
_FIELDS = {*GRANTS, "kadang", "luar", "lain", "sendiri", "keadaan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One operation: role → grant, role → when it depends, and the statuses of refusals."""

    service: str
    operation: str
    grants: Mapping[str, str]
    depends: Mapping[str, str] = field(default_factory=dict)
    elsewhere: int | None = None
    others: int = 403
    own: int | None = None
    states: frozenset[str] = frozenset()

    def verdict(self, role: str, inside: bool) -> int:
        """`ALLOWED`, `DEPENDS`, or the status of the refusal; for a resident, `inside` means it is his own."""
        grant = self.grants.get(role)
        if grant == "semua":
            return ALLOWED
        if grant == "milik":
            return ALLOWED if inside else self.elsewhere or 404
        if grant == "wilayah" or role in self.depends:
            known = ALLOWED if grant else DEPENDS
            return known if inside else self.elsewhere or 403
        return 401 if role == PUBLIC else self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows, and how many digits the area of a role has."""

    rows: tuple[Row, ...]
    digits: Mapping[str, int]

    @property
    def roles(self) -> tuple[str, ...]:
        """Without a session, residents, then staff from the office upwards."""
        return (PUBLIC, RESIDENT, *self.digits)

    def of(self, service: str) -> dict[str, Row]:
        return {row.operation: row for row in self.rows if row.service == service}


def read(contracts: Path) -> Table:
    """The table. Raises ValueError for a role or field that nobody knows."""
    raw = read_yaml(contracts / "wewenang.yaml")
    digits = {role: int(n) for n, roles in raw["tingkat"].items() for role in roles}
    known = {PUBLIC, RESIDENT, *digits}
    rows = [
        _row(service, operation, asked, raw["kelompok"], known)
        for service, operations in raw["operasi"].items()
        for operation, asked in operations.items()
    ]
    return Table(rows=tuple(rows), digits=digits)


def operations(contracts: Path, service: str) -> Iterator[str]:
    """`GET /v1/…` of a service's OpenAPI file."""
    spec = read_yaml(contracts / "openapi" / f"{service}.yaml")
    for path, item in spec["paths"].items():
        for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
            yield f"{method.upper()} {path}"


def _row(
    service: str, operation: str, asked: Mapping[str, Any], groups: Mapping[str, Any], known: set[str]
) -> Row:
    if unknown := asked.keys() - _FIELDS:
        raise ValueError(f"{operation}: unknown {sorted(unknown)}")
    grants = {role: grant for grant in GRANTS for role in _roles(asked.get(grant, ()), groups)}
    depends = dict(asked.get("kadang", {}))
    if strange := (grants.keys() | depends.keys()) - known:
        raise ValueError(f"{operation}: unknown roles {sorted(strange)}")
    return Row(
        service=service,
        operation=operation,
        grants=grants,
        depends=depends,
        elsewhere=asked.get("luar"),
        others=asked.get("lain", 403),
        own=asked.get("sendiri"),
        states=frozenset(asked.get("keadaan", ())),
    )


def _roles(names: Iterable[str], groups: Mapping[str, Any]) -> Iterator[str]:
    for name in names:
        yield from _roles(groups[name], groups) if name in groups else (name,)


def page(table: Table) -> str:
    """docs/wewenang.md."""
    lines = [*_HEAD]
    for service in dict.fromkeys(row.service for row in table.rows):
        lines += ["", f"## {service}", "", f"| operation | {' | '.join(map(_short, table.roles))} |"]
        lines.append("|---" * (len(table.roles) + 1) + "|")
        for row in table.of(service).values():
            cells = " | ".join(_cell(row, role) for role in table.roles)
            own = " ⁵" if row.own else ""
            lines.append(f"| `{row.operation}`{own} | {cells} |")
    depends = [(row, role, when) for row in table.rows for role, when in row.depends.items()]
    lines += ["", "## When it depends", "", "| operation | role | when |", "|---|---|---|"]
    lines += [f"| `{row.operation}` | {role} | {when} |" for row, role, when in depends]
    return "\n".join([*lines, ""])


def _cell(row: Row, role: str) -> str:
    inside, outside = row.verdict(role, inside=True), row.verdict(role, inside=False)
    if inside == outside:
        return "✓" if inside == ALLOWED else str(inside)
    mark = {ALLOWED: "✓", DEPENDS: "~"}[inside]
    return f"{mark} / {outside}"


def _short(role: str) -> str:
    return role.replace("petugas_", "").replace("_kecamatan", " kec.").replace("_kantor", "")


_HEAD = (
    "# Who may do what",
    "",
    "Generated from `contracts/wewenang.yaml` by `ekel contracts`; do not edit. Tests call every cell at the service",
    "itself, and every operation at the gateway, on both kinds of engines ([what was seen](access-tests.md)).",
    "",
    "`✓` may. `✓ / 403` may inside his area or with what is his own; otherwise that refusal. `~` depends, see below.",
    "A number is the refusal for everybody of that role. ⁵ an official is refused on a case about himself or his",
    "family card, however right his office is (R7). Area: a kelurahan, a kecamatan, or the city.",
)
