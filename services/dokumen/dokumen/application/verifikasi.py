"""Is this letter real, and is it this person's? Anybody may ask, nobody may guess (R18)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from chassis.aggregate import Aggregates, Decision, Moment, Outcome, State
from dokumen.application.arsip import Arsip
from dokumen.application.pintu import Batas, Jenis, Penunjuk, Rahasia, Tempat
from dokumen.domain import cocok, perbaikan
from dokumen.domain import perkara as p
from dokumen.domain.cocok import Hal
from dokumen.domain.galat import KodeSalah, TakDapatDicocokkan
from dokumen.domain.verifikasi import kode_pendek

MISSES, MISS_WINDOW = 30, 600  # codes that nobody knows, per client; seconds
Letter = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifikasi:
    """Reads only; limits are counted in documents."""

    perkara: Aggregates
    penunjuk: Penunjuk
    rahasia: Rahasia
    batas: Batas

    def menurut_kode(self, teks: str, klien: str) -> tuple[Tempat, Letter]:
        """By token or short code. Raises `KodeSalah`; what a client asks in vain is counted."""
        self.batas.habis("tebak", klien, MISSES)
        found = self._surat("token", _sidik(teks.encode()))
        if found is None and (short := kode_pendek(teks)):
            found = self._surat("kode", _sidik(short.encode()))
        if found is None:
            raise KodeSalah("Kode ini tidak dikenal. Periksa lagi huruf dan angkanya di bawah kode QR.")
        return found

    def meleset(self, klien: str) -> None:
        """Count a miss of this client."""
        self.batas.ambil("tebak", klien, MISSES, MISS_WINDOW)

    def menurut_isi(self, pdf: bytes) -> tuple[Tempat, Letter] | None:
        """By the file itself; bytes of a lost try are not its file."""
        digest = _sidik(pdf)
        found = self._surat("sidik", digest)
        return found if found and found[1]["sha256"] == digest else None

    def cocokkan(self, tempat: Tempat, letter: Letter, hal: Hal, nilai: str) -> tuple[bool, int]:
        """Whether name or digits are this letter's, and how many tries are left. Raises `terlalu-sering`."""
        kept = letter.get("cocok", {}).get(hal)
        if kept is None:
            raise TakDapatDicocokkan("Hal ini tidak dapat dicocokkan untuk surat ini.")
        left = self.batas.ambil("cocok", tempat.id, cocok.TRIES, cocok.WINDOW)
        asked = cocok.lipat(nilai) if hal == "nama" else nilai
        return hmac.compare_digest(kept, self.rahasia.cap(tempat.id, hal, asked)), left

    def _surat(self, jenis: Jenis, kunci: str) -> tuple[Tempat, Letter] | None:
        """A letter that is or was in force."""
        place = self.penunjuk.cari(jenis, kunci)
        case = self.perkara.read(place.kantor, place.permohonan) if place else None
        letter = case.state["surat"].get(place.id) if place and case else None
        return (place, letter) if place and letter and letter.get("terbit") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kenali:
    """After issue: keep digests of what may be compared, and index the names, while the personal half is here."""

    rahasia: Rahasia
    arsip: Arsip

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[str, dict[Hal, str]]:
        id, half = data["surat"], outcome.state.get("pribadi")
        letter = outcome.state["surat"][id]
        self.arsip.catat(outcome, id)
        found = cocok.bandingan(perbaikan.pribadi(outcome.state, letter)) if half else {}
        return id, {hal: self.rahasia.cap(id, hal, nilai) for hal, nilai in found.items()}

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        id, digests = result
        return Decision(p.ubah_isi(state, "surat", id, cocok=digests) if digests else state)


def _sidik(isi: bytes) -> str:
    return sha256(isi).hexdigest()
