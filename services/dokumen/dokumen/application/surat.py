"""What officials do with a letter beside handing it over: revoke it."""

from __future__ import annotations

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Tempat
from dokumen.domain import surat, tanda
from dokumen.domain.langkah import Langkah
from dokumen.domain.perkara import baru


def tidak_sesuai(
    perkara: Aggregates, tempat: Tempat, syarat: tuple[str, ...], oleh: str, cause: Cause
) -> Outcome:
    """An original is not what was sent in: all letters of the case are revoked at the counter (R8).

    Raises `DokumenSalah`.
    """

    def decide(state: State | None, at: Moment) -> Decision:
        step = surat.tidak_sesuai(state or baru(), tempat.id, syarat, oleh, at.now)
        return keputusan(step, at)

    return perkara.update(tempat.kantor, tempat.permohonan, decide, cause)


def cabut(perkara: Aggregates, tempat: Tempat, alasan: str, oleh: str, cause: Cause) -> Outcome:
    """Revoke; the number stays. Raises `DokumenSalah`."""

    def decide(state: State | None, at: Moment) -> Decision:
        step: Langkah = surat.cabut(state or baru(), tempat.id, alasan, oleh, at.now)
        return keputusan(step, at)

    return perkara.update(tempat.kantor, tempat.permohonan, decide, cause)


def batalkan(perkara: Aggregates, tempat: Tempat, alasan: str, oleh: str, cause: Cause) -> Outcome:
    """Give a numbered letter up before it is signed. Raises `DokumenSalah`."""

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(tanda.batal(state or baru(), tempat.id, alasan, oleh, at.now), at)

    return perkara.update(tempat.kantor, tempat.permohonan, decide, cause)
