"""Held: a letter that cannot be written or signed yet says why, once, and is tried again when that may have changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dokumen.domain import perkara as p
from dokumen.domain.ikuti import SIAPKAN, siapkan
from dokumen.domain.langkah import Fakta, Janji, Langkah, Perkara
from dokumen.domain.waktu import utc

MENUNGGU = "menunggu_tanda_tangan"  # only a letter that is fixed and not yet in force can be held
AGAIN = 60  # seconds until a case without a letter is tried again without being woken
LATER = 900  # the same, for a letter that has its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Ditahan:
    """Why a letter cannot be written yet: a code, and the field that is in the way."""

    alasan: str
    medan: str = ""


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
    before = perkara.get("tertahan") or {}
    if letter["status"] != MENUNGGU:
        return Langkah(perkara=perkara)
    if (before.get("surat"), before.get("alasan")) == (id, sebab.alasan):
        return Langkah(perkara=perkara, janji=again)
    told = {"surat": id, "layanan": letter["layanan"], "alasan": sebab.alasan, "waktu": utc(waktu)}
    held = {"surat": id, "alasan": sebab.alasan, "medan": "", "sejak": utc(waktu), "tugas": tugas}
    fact = Fakta(nama="surat.ditahan", data=told)
    return Langkah(perkara=p.ubah(perkara, tertahan=held), fakta=(fact,), janji=again)


def bangunkan(perkara: Perkara | None, sebab: str) -> Langkah:
    """Try a held letter again. Each cause is a promise of its own: a try in hand may have read older data."""
    state = perkara or p.baru()
    held = state.get("tertahan")
    task = held.get("tugas", SIAPKAN) if held else ""
    if not held or not task:
        return Langkah(perkara=state)
    data = {"surat": held["surat"]} if "tugas" in held else {}
    return Langkah(perkara=state, janji=(Janji(id=f"{task}.{sebab}", jenis=task, data=data),))


def lepas(perkara: Perkara, id: str) -> Perkara:
    """What held this letter is over."""
    return p.ubah(perkara, tertahan=None) if (perkara.get("tertahan") or {}).get("surat") == id else perkara
