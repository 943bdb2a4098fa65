"""Take a paper in: intent, stream into quarantine, record in the case with the promise of a check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State, unchanged
from chassis.ports.objects import Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Penunjuk, Tempat
from dokumen.domain import berkas, kunci
from dokumen.domain.berkas import Izin, Unggahan


@dataclass(frozen=True, slots=True, kw_only=True)
class Unggah:
    """The grant alone is enough: no event about the application needs to have arrived."""

    perkara: Aggregates
    objects: Objects
    niat: Niat
    penunjuk: Penunjuk

    def __call__(
        self,
        izin: Izin,
        syarat: str,
        oleh: str,
        cause: Cause,
        isi: Iterable[bytes],
        *,
        id: str = "",
        tetap: bool = False,
    ) -> tuple[str, Outcome]:
        """The paper's id: the one given, a new one, or that of a paper with the same bytes in the same slot.

        A repeated command reads nothing of `isi`. Raises as `boleh_unggah`, or what `isi` raises.
        """
        known = self.perkara.read(izin.kantor, izin.permohonan)
        if known is not None and (sent := _sent_before(known, cause.id)):
            return sent, self.perkara.update(izin.kantor, izin.permohonan, unchanged, cause)
        berkas.boleh_unggah(known.state if known else None, izin, syarat)
        fresh = id or self.perkara.moment().ids[0]
        id = self.niat.unggahan(izin.kantor, izin.permohonan, cause.id, fresh)
        place = kunci.karantina(izin.kantor, izin.permohonan, id)
        stored = self.objects.put(place, isi)
        self.penunjuk.catat("berkas", id, Tempat(kantor=izin.kantor, permohonan=izin.permohonan, id=id))
        upload = Unggahan(
            id=id,
            syarat=syarat,
            oleh=oleh,
            karantina=place,
            sha256=stored.sha256,
            ukuran=stored.size,
            perintah=cause.id,
            tetap=tetap,
        )

        def decide(state: State | None, at: Moment) -> Decision:
            return keputusan(berkas.unggah(state, izin, upload, at.now), at)

        outcome = self.perkara.update(izin.kantor, izin.permohonan, decide, cause)
        return _sent_before(outcome, cause.id), outcome


def _sent_before(known: Outcome, perintah: str) -> str:
    papers = known.state["berkas"].items()
    return next((id for id, b in papers if perintah in {b["perintah"], *b.get("kembar", ())}), "")
