"""Schemathesis over one OpenAPI file of a running system: every operation, asked by somebody of each role in turn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, Final

import schemathesis
from schemathesis import Case, Config, HookContext, Response
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.hooks import unregister

from chassis.contracts import read_yaml
from chassis.ids import new_id
from ekel.wewenang import ALLOWED, PUBLIC
from support.callers import Callers
from support.known import Known
from support.system import System
from support.wewenang import CONTRACTS, TABLE

FILES: Final = ("gateway", "pengajuan", "dokumen", "persetujuan", "notifikasi")
# An answer of the kind and shape that the file promises, and never a failure of ours.
CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
METHODS: Final = {"get", "post", "put", "patch", "delete"}
_PARTS: Final = ("path_parameters", "query", "body")
# What is no HTTP, or longer than a line may be, is ended by the server, without the request id of all our answers.
_NO_HTTP: Final = (400, 414)
_SHOWN: Final = 600  # characters of a request or an answer in a defect


@dataclass(slots=True)
class Tally:
    """What was asked and answered; `defects` has one example of each (operation, check, status)."""

    promised: set[str] = field(default_factory=set)  # operations of the file
    operations: set[str] = field(default_factory=set)  # of them asked
    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)  # operations that answered 2xx
    defects: dict[tuple[str, str, int], str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


# Files go as the bytes that were generated.
schemathesis.serializer.alias(
    ["application/pdf", "application/offset+octet-stream"], "application/octet-stream"
)


class Run:
    """One file against the deployable it describes. Callers and what is known are shared by all files of a system."""

    def __init__(self, system: System, name: str, callers: Callers, known: Known, random: Random) -> None:
        self._name, self._callers, self._known, self._random = name, callers, known, random
        self._url = system.url if name == "gateway" else str(system.roles()[f"{name}-http"]["public"])
        self._turns: dict[str, Any] = {}
        self._asked: dict[str, str] = {}  # case → role
        self.tally = Tally()

    def all(self, each: int, *, coverage: bool) -> Tally:
        """`each` random cases of every operation; `coverage` adds the boundaries that the file itself names."""
        spec = read_yaml(CONTRACTS / "openapi" / f"{self._name}.yaml")
        self.tally.promised = {
            f"{method.upper()} {path}"
            for path, item in spec["paths"].items()
            for method in item.keys() & METHODS
        }
        schema = schemathesis.openapi.from_dict(spec, config=_config(self._url, each, coverage=coverage))
        with self._hooked():
            for event in from_schema(schema).execute():
                if isinstance(event, ScenarioFinished):
                    self._judge(event)
                elif isinstance(event, NonFatalError):
                    self.tally.errors.append(f"{event.label}: {event.value!r}"[:_SHOWN])
        return self.tally

    @contextmanager
    def _hooked(self) -> Iterator[None]:
        """`before_call` exists for the whole process only."""

        def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
            self._before(case)

        def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
            self._after(case, response)

        hooks = schemathesis.hook(before_call), schemathesis.hook(after_call)
        try:
            yield
        finally:
            for hook in hooks:
                unregister(hook)

    def _before(self, case: Case[Any]) -> None:
        operation = f"{case.operation.method.upper()} {case.operation.path}"
        peran = self._turn(operation)
        self._asked[case.id] = peran
        for part in _PARTS:
            given = getattr(case, part)
            if isinstance(given, (Mapping, list)):
                setattr(case, part, self._known.mix(case.path, given))
        headers = self._callers.headers(peran, self._name)
        # One of our own proxies names the visitor: each case is another, so that no limit hides what is behind it.
        headers["X-Forwarded-For"] = f"10.{self._random.randrange(256)}.{self._random.randrange(256)}.7"
        if "Idempotency-Key" in case.headers and self._random.random() < 0.9:
            headers["Idempotency-Key"] = new_id()
        if "If-Match" in case.headers and self._random.random() < 0.8:
            headers["If-Match"] = self._known.version(case.formatted_path)
        case.headers.update(headers)

    def _turn(self, operation: str) -> str:
        """Whose turn it is: half of the cases are of those who may."""
        if operation not in self._turns:
            rows = [row for row in TABLE.rows if row.operation == operation]
            may = [role for role in TABLE.roles if rows and rows[0].verdict(role, inside=True) == ALLOWED]
            order = [*TABLE.roles]
            self._random.shuffle(order)
            self._random.shuffle(may)
            mixed = [role for pair in zip(may * len(order), order, strict=False) for role in pair] or order
            self._turns[operation] = (mixed[n % len(mixed)] for n in count())
        return str(next(self._turns[operation]))

    def _after(self, case: Case[Any], response: Response) -> None:
        peran, status = self._asked.pop(case.id, PUBLIC), response.status_code
        self.tally.cases += 1
        self.tally.statuses[status] += 1
        self.tally.roles[peran] += 1
        if status == 401:
            self._callers.forget(peran)
        if not 200 <= status < 300:
            return
        self.tally.reached.add(case.operation.label)
        if etag := response.headers.get("etag"):
            self._known.etag(case.formatted_path, etag[0])
        if response.content and "json" in response.headers.get("content-type", [""])[0]:
            self._known.learn(case.path, json.loads(response.content))

    def _judge(self, event: ScenarioFinished) -> None:
        recorder = event.recorder
        self.tally.operations.add(recorder.label)
        for id, checks in recorder.checks.items():
            for check in checks:
                if check.status is Status.FAILURE and check.failure_info is not None:
                    self._defect(
                        recorder.label,
                        check.name,
                        str(check.failure_info.failure),
                        recorder.interactions.get(id),
                    )

    def _defect(self, label: str, check: str, text: str, seen: Any) -> None:
        response = seen.response if seen else None
        if response and response.status_code in _NO_HTTP and "x-request-id" not in response.headers:
            return
        status = response.status_code if response else 0
        request = f"{seen.request.method} {seen.request.uri} {seen.request.body!r}" if seen else ""
        answer = response.content.decode("utf-8", "replace") if response else "no answer"
        shown = "\n".join(part[:_SHOWN] for part in (text, request, answer))
        self.tally.defects.setdefault((label, check, status), shown)


def row(name: str, tally: Tally, seconds: float) -> str:
    """Of the table in docs/api-tests.md."""
    cells = (name, len(tally.operations), len(tally.reached), f"{tally.cases:,}", len(tally.defects))
    return f"| {' | '.join(map(str, cells))} | {seconds:.0f} s |"


def page(rows: Sequence[str], found: Mapping[str, Tally]) -> str:
    """The table, and how often each status was answered."""
    statuses = sum((tally.statuses for tally in found.values()), Counter[int]())
    answers = ", ".join(f"{status}: {n:,}" for status, n in sorted(statuses.items()))
    head = (
        "| file | operations | of them answered 2xx | cases | defects | time |",
        "|---|---|---|---|---|---|",
    )
    return "\n".join((*head, *rows, "", f"{statuses.total():,} cases. Answers: {answers}.", ""))


def told(found: Mapping[str, Tally]) -> str:
    """Every defect with its example; empty when there is none."""
    return "\n\n".join(
        f"{name}: {' '.join(map(str, key))}\n{text}"
        for name, tally in found.items()
        for key, text in sorted(tally.defects.items())
    )


def _config(url: str, each: int, *, coverage: bool) -> Config:
    checks = {"enabled": False} | {name: {"enabled": True} for name in CHECKS}
    phases = {
        "examples": {"enabled": False},
        "stateful": {"enabled": False},
        "coverage": {"enabled": coverage},
    }
    return Config.from_dict(
        {
            "seed": 1,
            "base-url": url,
            "continue-on-failure": True,
            "request-timeout": 60,
            "workers": 1,
            "cache": {"enabled": False},
            "generation": {"max-examples": each, "no-shrink": True, "database": "none"},
            "phases": phases,
            "checks": checks,
        }
    )
