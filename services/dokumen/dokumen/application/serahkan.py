"""Letters leave the office: at the counter, by a code for somebody else, or by a download (R8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Dilihat, Rahasia, Samaran, Tempat
from dokumen.domain import ambil, asli, langsung, surat
from dokumen.domain.ambil import Untuk
from dokumen.domain.galat import KodeAmbilSalah
from dokumen.domain.katalog import Layanan
from dokumen.domain.perkara import baru


@dataclass(frozen=True, slots=True, kw_only=True)
class Penyerahan:
    """What the clerk saw: originals and what became of them, to whom, and the code that he was told."""

    asli: Mapping[str, str]
    kepada: str
    kode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serahkan:
    """`samaran(kind, value)` is the keyed hash of identity numbers that tokens carry too."""

    perkara: Aggregates
    katalog: Mapping[str, Layanan]
    rahasia: Rahasia
    dilihat: Dilihat
    samaran: Samaran

    def __call__(self, tempat: Tempat, apa: Penyerahan, oleh: str, cause: Cause) -> Outcome:
        """At the counter: with this letter go the others of its case.

        Raises `AsliKurang`, `KodeAmbilSalah`, `BelumTerbit` or `DokumenSalah`.
        """
        tried = sha256(cause.id.encode()).hexdigest()[:20]

        def decide(state: State | None, at: Moment) -> Decision:
            case = state or baru()
            surat.dalam_kekuatan(case["surat"][tempat.id])
            holder = ambil.pemegang(case, tempat.id)
            cap = self.rahasia.cap(holder, "ambil", apa.kode)
            if apa.kode and not ambil.cocok(case["surat"][holder], cap, at.real):
                return keputusan(ambil.meleset(case, holder, tried), at)
            surat.periksa_asli(self._kurang(case, tempat.id, apa))
            note = {"oleh": oleh, "kepada": apa.kepada, "asli": dict(apa.asli), "kode": bool(apa.kode)}
            return keputusan(surat.serahkan_semua(case, tempat.id, note, at.now), at)

        done = self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)
        for letter in done.state["surat"].values():
            ambil.salah(letter, tried)
        self._ingat(tempat, done)
        return done

    def kode(self, tempat: Tempat, untuk: Untuk, oleh: str, cause: Cause) -> tuple[str, Outcome]:
        """A code for somebody else, for all letters of the case; the same command gets the same code.

        Raises as `ambil.buat`.
        """
        code = self.rahasia.angka(tempat.id, cause.id)
        cap = self.rahasia.cap(tempat.id, "ambil", code)

        def decide(state: State | None, at: Moment) -> Decision:
            return keputusan(ambil.buat(state or baru(), tempat.id, cap, untuk, oleh, at.real), at)

        return code, self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)

    def unduh(self, tempat: Tempat, nik_h: str) -> None:
        """The applicant's download; `nik_h` is a known person's own keyed NIK. Raises as `surat.boleh_unduh`."""
        case = self.perkara.read(tempat.kantor, tempat.permohonan)
        state = case.state if case else baru()
        letter = state["surat"][tempat.id]
        if not self.sudah_dilihat(state, letter, nik_h):
            surat.boleh_unduh(letter)
        if letter.get("diserahkan") or letter["rilis"] == "hanya_loket":
            return

        def decide(state: State | None, at: Moment) -> Decision:
            return keputusan(surat.serahkan(state or baru(), tempat.id, "unduh", {}, at.now), at)

        first = Cause.command(f"unduh.{tempat.id}")
        self.perkara.update(tempat.kantor, tempat.permohonan, decide, first)

    def sudah_dilihat(self, state: State, letter: Mapping[str, Any], nik_h: str) -> bool:
        """A known person's letter whose originals a clerk saw within the year."""
        if not nik_h or letter["rilis"] != "setelah_asli_dilihat" or letter["status"] != surat.BERLAKU:
            return False
        applicant = ((state.get("pribadi") or {}).get("pemohon") or {}).get("nik")
        papers = asli.sidik(state, self.katalog[letter["layanan"]].asli, self.samaran)
        if not applicant or papers is None or self.samaran("nik", applicant) != nik_h:
            return False
        return self.dilihat.semua(nik_h, papers, self.perkara.clock.now().date())

    def _ingat(self, tempat: Tempat, done: Outcome) -> None:
        """Remember whose originals were seen. Lost in a crash, they are shown once more."""
        state, letter = done.state, done.state["surat"][tempat.id]
        applicant = ((state.get("pribadi") or {}).get("pemohon") or {}).get("nik")
        rules = {s: r for s, r in self.katalog[letter["layanan"]].asli.items() if r != "diserahkan"}
        papers = asli.sidik(state, rules, self.samaran)
        if applicant and papers:
            self.dilihat.catat(self.samaran("nik", applicant), papers, self.perkara.clock.now().date())

    def _kurang(self, case: State, id: str, apa: Penyerahan) -> list[str]:
        letter = case["surat"][id]
        # Originals are the case's: seen for one letter, they need not come again for the next.
        rules = {} if letter.get("asli_dilihat") else self.katalog[letter["layanan"]].asli
        waived = frozenset(w["syarat"] for w in (case.get("pribadi") or {}).get("pembebasan", ()))
        missing = surat.asli_kurang(rules, case.get("lengkap") or {}, waived, apa.asli)
        if apa.kepada == "kurir" and not apa.kode:
            raise KodeAmbilSalah("Pengemudi membawa kode ambil dari pemohon. Minta kodenya.")
        by_proxy = apa.kepada == "kuasa" and not apa.kode and apa.asli.get("SURAT_KUASA") != "diserahkan"
        return sorted({*missing, "SURAT_KUASA"}) if by_proxy else missing


def selesai(state: State, result: Any, at: Moment) -> Decision:
    """A timer of the office clock: released at once, fetched by nobody for 30 days."""
    return keputusan(langsung.selesai(state, result["surat"], at.now), at)
