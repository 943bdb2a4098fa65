"""Correct an issued letter: proposed at the counter, agreed to by its signers, then made like any other (R10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Samaran, Tempat
from dokumen.application.siapkan import Siapkan, isi_tetap
from dokumen.domain import koreksi, perbaikan, seberkas
from dokumen.domain.galat import KonfirmasiWajib, KoreksiSalah, PerkaraSendiri
from dokumen.domain.katalog import Layanan
from dokumen.domain.perbaikan import Usul
from dokumen.domain.perkara import baru
from dokumen.domain.tahan import Ditahan


@dataclass(frozen=True, slots=True, kw_only=True)
class Perbaiki:
    """`samaran(kind, value)` is the keyed hash of identity numbers that staff tokens carry (R7)."""

    perkara: Aggregates
    katalog: Mapping[str, Layanan]
    samaran: Samaran

    def usulkan(self, tempat: Tempat, usul: Usul, oleh: str, cause: Cause) -> Outcome:
        """Raises as `perbaikan.usulkan`, or `KoreksiSalah`."""

        def decide(state: State | None, at: Moment) -> Decision:
            case = state or baru()
            proposed = perbaikan.usulkan(case, tempat.id, usul, oleh, at.now)
            letter = case["surat"][tempat.id]
            answers = perbaikan.pribadi(case, letter)["jawaban"]
            if wrong := koreksi.salah(self.katalog[seberkas.kode(letter)], answers, usul.koreksi):
                raise KoreksiSalah(wrong)
            return keputusan(proposed, at)

        return self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)

    def setujui(
        self,
        tempat: Tempat,
        siapa: Mapping[str, str],
        sidik: frozenset[str],
        cause: Cause,
        *,
        terkonfirmasi: bool,
    ) -> Outcome:
        """`sidik` are the signer's own keyed NIK and KK. Raises as `perbaikan.setujui`, or
        `PerkaraSendiri`, or `KonfirmasiWajib` (R12: who signs proves anew who he is).
        """

        def decide(state: State | None, at: Moment) -> Decision:
            case = state or baru()
            if sidik & self._pemilik(case):
                raise PerkaraSendiri("Ini perkara Anda atau keluarga Anda. Pejabat lain yang menyetujuinya.")
            step = perbaikan.setujui(case, tempat.id, siapa, at.now)
            if not terkonfirmasi:
                raise KonfirmasiWajib("Masukkan sandi Anda atau kode 6 angka, lalu setujui lagi.")
            return keputusan(step, at)

        return self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)

    def _pemilik(self, case: Mapping[str, Any]) -> frozenset[str]:
        half = case.get("pribadi") or {}
        people = [*half.get("subjek", ()), half.get("pemohon") or {}, {"kk": half.get("kk")}]
        return frozenset(self.samaran(k, who[k]) for who in people for k in ("nik", "kk") if who.get(k))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiapkanPerbaikan:
    """The to-do once everybody agreed: prepare the new letter as its first one was prepared."""

    siapkan: Siapkan

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[str, Any]:
        """The old letter's id, and what `Siapkan.satu` found; None where there is nothing to do any more."""
        old = data["surat"]
        letter = outcome.state["surat"][old]
        made = "surat" in letter.get("perbaikan", {"surat": ""})
        if made or not outcome.state.get("pribadi") or perbaikan.giliran(letter):
            return old, None
        layanan = self.siapkan.katalog[seberkas.kode(letter)]
        return old, self.siapkan.satu(outcome.scope, perbaikan.diperbaiki(outcome.state, old), layanan)

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        old, found = result
        if found is None:
            return Decision(state)
        fixed = (
            found
            if isinstance(found, Ditahan)
            else isi_tetap(found, perbaikan.diperbaiki(state, old), at.now)
        )
        return keputusan(perbaikan.tetapkan(state, old, fixed, at.ids[0], at.now), at)
