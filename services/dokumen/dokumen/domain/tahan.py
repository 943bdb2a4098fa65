"""Held: a letter that cannot be written or signed yet says why, once, and is tried again when that may have changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dokumen.domain import perkara as p
from dokumen.domain import seberkas
from dokumen.domain.ikuti import SIAPKAN, siapkan
from dokumen.domain.langkah import Fakta, Janji, Langkah, Perkara
from dokumen.domain.waktu import utc

MENUNGGU = "menunggu_tanda_tangan"  # only a letter that is fixed and not yet in force can be held
Data = Mapping[str, Any]
AGAIN = 60  # seconds until a case without a letter is tried again without being woken
LATER = 900  # the same, for a letter that has its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Ditahan:
    """Why a letter cannot be written yet: a code, the field that is in the way, whose signature failed."""

    alasan: str
    medan: str = ""
    peran: str = ""
    kantor: str = ""

    @property
    def siapa(self) -> dict[str, str]:
        """The signer as events name him; nothing where no signature failed."""
        return {"peran": self.peran, "kantor": self.kantor} if self.peran else {}


def kasus(perkara: Perkara, sebab: Ditahan, id: str, waktu: datetime) -> Langkah:
    """No letter can be fixed yet: told once per reason.

    The case is taken up again when reference data or the applicant's half change.
    """
    before = perkara.get("tertahan") or {}
    if (before.get("alasan"), before.get("medan", "")) == (sebab.alasan, sebab.medan):
        return Langkah(perkara=perkara, janji=(siapkan(AGAIN),))
    letter = before.get("surat", id)
    told = {
        "surat": letter,
        "layanan": perkara["layanan"],
        "alasan": sebab.alasan,
        **({"medan": sebab.medan} if sebab.medan else {}),
        "waktu": utc(waktu),
    }
    held = {"surat": letter, "alasan": sebab.alasan, "medan": sebab.medan, "sejak": utc(waktu)}
    fact = Fakta(nama="surat.ditahan", data=told)
    return Langkah(perkara=p.ubah(perkara, tertahan=held), fakta=(fact,), janji=(siapkan(AGAIN),))


def surat(perkara: Perkara, id: str, sebab: Ditahan, tugas: str, waktu: datetime) -> Langkah:
    """A numbered letter that cannot go on: told once per reason, tried again when woken and every quarter of an hour.

    Without `tugas` only a person can try it again, as with a signature.
    """
    letter = perkara["surat"][id]
    again = (Janji(id=f"{tugas}.{id}", jenis=tugas, tunda=LATER, data={"surat": id}),) if tugas else ()
    if letter["status"] != MENUNGGU:
        return Langkah(perkara=perkara)
    if any((h["surat"], h["alasan"]) == (id, sebab.alasan) for h in _semua(perkara)):
        return Langkah(perkara=perkara, janji=again)
    told = {"surat": id, "layanan": letter["layanan"], **seberkas.jenis(letter)}
    told |= {"alasan": sebab.alasan, **sebab.siapa, "waktu": utc(waktu)}
    held = {"surat": id, "alasan": sebab.alasan, "medan": "", "sejak": utc(waktu), "tugas": tugas}
    fact = Fakta(nama="surat.ditahan", data=told)
    state = p.ubah(p.ubah_isi(perkara, "surat", id, tertahan=held), tertahan=held)
    return Langkah(perkara=state, fakta=(fact,), janji=again)


def bangunkan(perkara: Perkara | None, sebab: str) -> Langkah:
    """Try a held letter again. Each cause is a promise of its own: a try in hand may have read older data."""
    state = perkara or p.baru()
    again = tuple(_coba(held, sebab) for held in _semua(state) if held.get("tugas", SIAPKAN))
    return Langkah(perkara=state, janji=again)


def _coba(held: Data, sebab: str) -> Janji:
    if "tugas" not in held:
        return Janji(id=f"{SIAPKAN}.{sebab}", jenis=SIAPKAN)
    task, letter = held["tugas"], held["surat"]
    return Janji(id=f"{task}.{letter}.{sebab}", jenis=task, data={"surat": letter})


def lepas(perkara: Perkara, id: str) -> Perkara:
    """What held this letter is over; another letter of the case may still be held."""
    if all(held["surat"] != id for held in _semua(perkara)):
        return perkara
    freed = {name: value for name, value in perkara["surat"].get(id, {}).items() if name != "tertahan"}
    state = {**perkara, "surat": {**perkara["surat"], id: freed}} if freed else perkara
    return p.ubah(state, tertahan=next((h for h in _semua(state) if h["surat"] != id), None))


def tertulis(perkara: Perkara) -> Perkara:
    """Every letter of the case could be fixed; one of them may still be held on its way."""
    held = (s["tertahan"] for s in perkara["surat"].values() if s.get("tertahan"))
    return p.ubah(perkara, tertahan=next(held, None))


def _semua(perkara: Perkara) -> list[Data]:
    """Everything that is held, once: the case shows one of them, each letter keeps its own."""
    case, letters = perkara.get("tertahan"), perkara["surat"].values()
    own = [s["tertahan"] for s in letters if s.get("tertahan")]
    return own if case is None or any(h["surat"] == case["surat"] for h in own) else [case, *own]
