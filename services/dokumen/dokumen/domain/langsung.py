"""A letter released at once is done at its first download, at latest 30 days after issue (R19, office clock)."""

from __future__ import annotations

from datetime import datetime, timedelta

from dokumen.domain import perkara as p
from dokumen.domain import surat
from dokumen.domain.langkah import Langkah, Perkara

HARI = timedelta(days=30)


def tandai(perkara: Perkara) -> tuple[Perkara, tuple[tuple[str, datetime], ...]]:
    """The case, and letters whose end is to be promised now, with its moment."""
    fresh = {
        id: datetime.fromisoformat(letter["terbit"]) + HARI
        for id, letter in perkara["surat"].items()
        if letter["status"] == surat.BERLAKU
        and letter["rilis"] == "langsung"
        and "selesai_pada" not in letter
    }
    for id, due in fresh.items():
        perkara = p.ubah_isi(perkara, "surat", id, selesai_pada=due.isoformat())
    return perkara, tuple(fresh.items())


def selesai(perkara: Perkara, id: str, waktu: datetime) -> Langkah:
    """Nobody fetched it: done all the same. What was fetched, revoked or replaced stays what it is."""
    letter = perkara["surat"].get(id)
    if letter is None or letter["status"] != surat.BERLAKU or letter.get("diserahkan"):
        return Langkah(perkara=perkara)
    return surat.serahkan(perkara, id, "lewat_waktu", {}, waktu)
