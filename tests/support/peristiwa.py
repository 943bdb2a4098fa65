"""Events of applications put straight into a log, as the relays of the services would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from chassis.contracts import Contracts
from chassis.envelope import Event, outgoing
from chassis.ports.events import Events, Outgoing
from support.tree import ROOT

CONTRACTS = Contracts(ROOT / "contracts")
OFFICES = ["3276011006", "3276011007", "3276051004"]
SIAP = "pengajuan.permohonan.siap_diperiksa"


def example(kind: str) -> dict[str, Any]:
    """The golden example's data."""
    found: dict[str, Any] = json.loads((ROOT / "contracts/examples" / kind / "v1.1.json").read_text())["data"]
    return found


class Writer:
    """Counts sequences per application and source, as the services do."""

    def __init__(self, events: Events, offices: Iterable[str] = OFFICES) -> None:
        self._events, self._counts = events, Counter[tuple[str, str, str]]()
        events.ensure(CONTRACTS.topics(list(offices)))

    def record(
        self,
        office: str,
        subject: str = "",
        kind: str = SIAP,
        *,
        data: Mapping[str, Any] | None = None,
        time: str = "2026-01-15T03:00:00.000Z",
    ) -> Outgoing:
        source, name = kind.split(".", 1)
        subject = subject or f"0199-{office}"
        self._counts[source, office, subject] += 1
        event = Event(
            source=source,
            type=f"id.ekelurahan.{kind}.v1",
            family="peristiwa",
            scope=office,
            subject=subject,
            sequence=self._counts[source, office, subject],
            time=time,
            correlation=subject,
            causation="b7ad6b7169203331",
            data=example(kind) if data is None else data,
        )
        return outgoing(event, CONTRACTS.sent_by(source, name), CONTRACTS.scope_extension)

    def send(self, *records: Outgoing) -> list[str]:
        """Append; the ids in order."""
        publisher = self._events.publisher()
        for start in range(0, len(records), 100):
            publisher.publish(records[start : start + 100]).wait(60)
        publisher.close()
        return [record.headers["ce_id"] for record in records]

    def many(self, office: str, count: int) -> list[str]:
        return self.send(*[self.record(office) for _ in range(count)])
