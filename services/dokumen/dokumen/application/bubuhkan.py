"""The worker's part of letters that people sign: an office's seal in its turn, and numbers of a letter given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.aggregate import Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Nomor, Penyegel, Tempat
from dokumen.application.simpan import Simpan
from dokumen.application.tahan import atau_tahan
from dokumen.domain import ikuti, surat, tahan, tanda
from dokumen.domain.langkah import Langkah
from dokumen.domain.tahan import Ditahan
from dokumen.domain.tanda import Lembar

Letter = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubuhkan:
    """The seal of the office whose turn it is."""

    simpan: Simpan
    penyegel: Penyegel

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> Any:
        letter = outcome.state["surat"][data["surat"]]
        turn = tanda.giliran(letter)
        if letter["status"] != surat.MENUNGGU or not turn or turn["cara"] != tanda.SEGEL:
            return None
        place = Tempat(kantor=outcome.scope, permohonan=outcome.id, id=data["surat"])
        return place, letter["lembar"]["sha256"], atau_tahan(lambda: self._seal(place, letter, turn))

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        place, before, made = result
        if isinstance(made, Ditahan):
            return keputusan(tahan.surat(state, place.id, made, "bubuhkan", at.now), at)
        letter = state["surat"][place.id]
        if letter["status"] != surat.MENUNGGU or letter["lembar"]["sha256"] != before:
            return Decision(state)  # given up, or sealed by an earlier try
        where = (place.kantor, place.permohonan)
        return keputusan(tanda.ditandatangani(state, where, place.id, before, made, at.now), at)

    def _seal(self, place: Tempat, letter: Letter, turn: Mapping[str, Any]) -> Lembar:
        pdf = self.simpan.buka(letter["lembar"]["objek"])
        # The sealing time is the letter's, so that a redo makes the same bytes.
        when = datetime.fromisoformat(letter["ditetapkan"])
        office = kantor_dari(letter, str(turn["kantor"]))
        return self.simpan(place, self.penyegel.bubuhkan(pdf, office, str(turn["peran"]).capitalize(), when))


@dataclass(frozen=True, slots=True, kw_only=True)
class BatalNomor:
    """A letter given up before it was signed: its numbers are void, and the case gets a new letter."""

    nomor: Nomor

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> bool:
        letter = outcome.state["surat"][data["surat"]]
        gone = letter["dibatalkan"]
        for register in letter["register"]:
            self.nomor.batalkan(
                register["kantor"], data["surat"], gone["alasan"], gone["oleh"], gone["waktu"]
            )
        return True

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return keputusan(Langkah(perkara=state, janji=(ikuti.siapkan(),)), at)


def kantor_dari(letter: Letter, kode: str) -> Mapping[str, Any]:
    """The snapshot of an office that the letter was fixed with."""
    upper = letter.get("kecamatan")
    office: Mapping[str, Any] = upper if upper and upper["kode"] == kode else letter["kantor"]
    return office
