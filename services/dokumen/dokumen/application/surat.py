"""What people do with a letter: hand it over, download it, revoke it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Tempat
from dokumen.domain import surat, tanda
from dokumen.domain.katalog import Layanan
from dokumen.domain.langkah import Langkah
from dokumen.domain.perkara import baru


@dataclass(frozen=True, slots=True, kw_only=True)
class Serahkan:
    """At the counter, with every original treated as its rule says (R8)."""

    perkara: Aggregates
    katalog: Mapping[str, Layanan]

    def __call__(
        self, tempat: Tempat, asli: Mapping[str, str], kepada: str, oleh: str, cause: Cause
    ) -> Outcome:
        """Raises `AsliKurang`, `BelumTerbit` or `DokumenSalah`."""

        def decide(state: State | None, at: Moment) -> Decision:
            case = state or baru()
            surat.periksa_asli(self._kurang(case, tempat.id, asli, kepada))
            note = {"oleh": oleh, "kepada": kepada, "asli": dict(asli)}
            return keputusan(surat.serahkan(case, tempat.id, "loket", note, at.now), at)

        return self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)

    def _kurang(self, case: State, id: str, asli: Mapping[str, str], kepada: str) -> list[str]:
        rules = self.katalog[case["surat"][id]["layanan"]].asli
        waived = frozenset(w["syarat"] for w in (case.get("pribadi") or {}).get("pembebasan", ()))
        missing = surat.asli_kurang(rules, case.get("lengkap") or {}, waived, asli)
        by_proxy = kepada == "kuasa" and asli.get("SURAT_KUASA") != "diserahkan"
        return sorted({*missing, "SURAT_KUASA"}) if by_proxy else missing


def unduh(perkara: Aggregates, tempat: Tempat) -> None:
    """The applicant's download. With release `langsung` the first one counts as hand-over (R19)."""
    case = perkara.read(tempat.kantor, tempat.permohonan)
    letter = (case.state if case else baru())["surat"][tempat.id]
    surat.boleh_unduh(letter)
    if letter["rilis"] != "langsung" or letter.get("diserahkan") or letter["status"] != surat.BERLAKU:
        return

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(surat.serahkan(state or baru(), tempat.id, "unduh", {}, at.now), at)

    perkara.update(tempat.kantor, tempat.permohonan, decide, Cause.command(f"unduh.{tempat.id}"))


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
