"""Fetch the papers of a misfiled case: objects copied under the new case's name, then recorded in its document.

The copies are put first, each under an intent, so that a crash leaves nothing that the sweeper does not find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.aggregate import Aggregates, Decision, Moment, Outcome, State
from chassis.ports.objects import Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Penunjuk, Tempat
from dokumen.domain import kunci, pindah
from dokumen.domain.pindah import Datang


@dataclass(frozen=True, slots=True, kw_only=True)
class TerimaPindahan:
    """Looks again while the case it comes from is not told to be moved, or has papers under examination."""

    perkara: Aggregates
    objects: Objects
    niat: Niat
    penunjuk: Penunjuk

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> Datang:
        here = Datang(kantor=outcome.scope, permohonan=outcome.id)
        if not pindah.ditunggu(outcome.state):
            return here
        came = outcome.state["pindahan"]
        lama = self.perkara.read(came["kantor"], came["permohonan"])
        again = data["percobaan"] + 1
        if lama is None:
            return replace(here, percobaan=again)
        papers = {pindah.id_baru(outcome.id, id): b for id, b in pindah.dibawa(lama.state).items()}
        for id in papers.keys() - outcome.state["berkas"].keys():
            for source in pindah.isi(papers[id]):
                self._copy(source, outcome)
            place = Tempat(kantor=outcome.scope, permohonan=outcome.id, id=id)
            self.penunjuk.catat("berkas", id, place)
        return replace(here, berkas=papers, percobaan=-1 if pindah.semua_ada(lama.state) else again)

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return keputusan(pindah.terima(state, result, at.now), at)

    def _copy(self, source: str, outcome: Outcome) -> None:
        key = kunci.bersih(outcome.scope, outcome.id, source.rpartition("/")[2])
        self.niat.objek(outcome.scope, outcome.id, key)
        if self.objects.stat(key) is None:
            self.objects.put(key, self.objects.open(source))
