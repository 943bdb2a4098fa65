"""Destroy an issued letter once two officials agreed: its file at once, papers of its case by the sweeper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from chassis.ports.objects import Objects
from dokumen.application.arsip import Arsip
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Tempat
from dokumen.domain import musnah
from dokumen.domain.perkara import baru, kunci_dipakai


@dataclass(frozen=True, slots=True, kw_only=True)
class Musnahkan:
    """`umur`: for how long every letter is kept, whatever anybody wishes."""

    perkara: Aggregates
    objects: Objects
    niat: Niat
    arsip: Arsip
    umur: timedelta

    def __call__(self, tempat: Tempat, dasar: str, siapa: Mapping[str, str], cause: Cause) -> Outcome:
        """Raises as `musnah.musnahkan`."""

        def decide(state: State | None, at: Moment) -> Decision:
            step = musnah.musnahkan(state or baru(), tempat.id, dasar, siapa, self.umur, at.real)
            return keputusan(step, at)

        return self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> str:
        """The decision is in the document: from here on a repeat finds less to do, never something else."""
        id = str(data["surat"])
        file = outcome.state["surat"][id].get("objek")
        clock = self.perkara.clock
        after = musnah.selesai(outcome.state, id, clock.now(), clock.real()).perkara
        for kunci in sorted(kunci_dipakai(outcome.state) - kunci_dipakai(after) - {file}):
            self.niat.objek(outcome.scope, outcome.id, kunci)
        if file:
            self.objects.delete(file, even_locked=True)
        self.arsip.lupakan(id)
        return id

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return keputusan(musnah.selesai(state, result, at.now, at.real), at)
