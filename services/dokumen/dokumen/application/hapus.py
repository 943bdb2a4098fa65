"""Erase by real time what R15 says: first an intent per object, then the document; the sweeper takes the objects.

A crash in between leaves an intent whose object the document still refers to, which the sweeper drops, and the
promise, which is kept again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.aggregate import Aggregates, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat
from dokumen.domain import retensi
from dokumen.domain.perkara import kunci_dipakai
from dokumen.domain.retensi import Apa


@dataclass(frozen=True, slots=True, kw_only=True)
class Hapus:
    perkara: Aggregates
    niat: Niat

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> Apa:
        apa: Apa = data["apa"]
        after = retensi.hapus(outcome.state, apa, self.perkara.clock.real()).perkara
        for kunci in sorted(kunci_dipakai(outcome.state) - kunci_dipakai(after)):
            self.niat.objek(outcome.scope, outcome.id, kunci)
        return apa

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return keputusan(retensi.hapus(state, result, at.real), at)
