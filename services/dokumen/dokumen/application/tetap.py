"""The sender's answer to a warning."""

from __future__ import annotations

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Tempat
from dokumen.domain import berkas


def kirim(perkara: Aggregates, tempat: Tempat, cause: Cause) -> Outcome:
    """The paper goes on as it is. Raises `DokumenSalah` when nothing was asked."""

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(berkas.kirim_tetap(state or {}, tempat.id, at.now), at)

    return perkara.update(tempat.kantor, tempat.permohonan, decide, cause)
