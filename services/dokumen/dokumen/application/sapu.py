"""Sweep what a crash or a cut upload left: intents older than an hour whose object no case refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State, Todo
from chassis.ports.objects import Objects
from dokumen.application.kirim import Kirim
from dokumen.application.pintu import Niat
from dokumen.domain.perkara import kunci_dipakai

SCOPE, ID = "sistem", "sapu"
AGE = timedelta(hours=1)
EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sapu:
    """A timer that promises itself again; it lives in a document of its own."""

    perkara: Aggregates
    objects: Objects
    niat: Niat
    kirim: Kirim

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> int:
        return self.sekarang(self.perkara.clock.real())

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return Decision(state, (), (_again(at.real + EVERY),))

    def sekarang(self, real: datetime) -> int:
        """Sweep once as if it were `real`; how many objects went."""
        before, gone = real - AGE, 0
        self.kirim.sapu(real)
        for kantor, id, permohonan, kunci in self.niat.lama(before):
            case = self.perkara.read(kantor, permohonan)
            if kunci in kunci_dipakai(case.state if case else None):
                # A paper still under examination keeps its intent: its quarantine is to be swept later.
                if "/karantina/" not in kunci:
                    self.niat.hapus(kantor, id)
                continue
            if self.niat.tandai(kantor, id, before):
                gone += self.objects.delete(kunci)
                self.niat.hapus(kantor, id)
        return gone


def mulai(rujukan: Aggregates) -> None:
    """Promise the first sweep, once per installation."""

    def decide(state: State | None, at: Moment) -> Decision:
        return Decision({"data": None}, (), (_again(at.real),))

    rujukan.update(SCOPE, ID, decide, Cause.command("sapu.mulai"))


def _again(due: datetime) -> Todo:
    return Todo(id="sapu", kind="sapu", due=due)
