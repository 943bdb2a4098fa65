"""The letters of one case: mostly one, sometimes another beside it (N6 beside N1); the case ends with the last of them.

`perkara["hasil"]` holds the codes of all letters that the case yields, in order, where there is more than one. Each is
a letter of its own (number, date, signatures, corrections); a letter's `jenis` is its code unless the service's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dokumen.domain import perkara as p
from dokumen.domain.langkah import Perkara

BERLAKU = "berlaku"
BATAL = "batal"  # numbered, never signed: its numbers are void


def kode(letter: Mapping[str, Any]) -> str:
    """Which letter of the catalogue it is."""
    return str(letter.get("jenis") or letter["layanan"])


def hasil(perkara: Mapping[str, Any]) -> list[str]:
    """Codes of the letters that the case yields."""
    return list(perkara.get("hasil") or [c for c in (perkara["layanan"],) if c])


def kurang(perkara: Mapping[str, Any], rencana: Sequence[str]) -> list[str]:
    """Those of `rencana` that no letter is being made for; one given up before it was signed is no letter."""
    made = {kode(s) for s in perkara["surat"].values() if s["status"] != BATAL}
    return [code for code in rencana if code not in made]


def belum(perkara: Mapping[str, Any]) -> list[str]:
    """Codes of which no letter ever was in force: what the case still owes."""
    issued = {kode(s) for s in perkara["surat"].values() if s.get("terbit")}
    return [code for code in hasil(perkara) if code not in issued]


def dibawa(perkara: Mapping[str, Any]) -> list[str]:
    """Ids of the letters in force that nobody has received yet: they go out together."""
    return [id for id, s in perkara["surat"].items() if s["status"] == BERLAKU and not s.get("diserahkan")]


def tahap(perkara: Mapping[str, Any]) -> str:
    """Where the case stands by its letters: none is forgotten while another is in force."""
    if belum(perkara):
        return p.DISETUJUI
    live = [s for s in perkara["surat"].values() if s["status"] == BERLAKU]
    if not live:
        return p.DICABUT
    return p.DISERAHKAN if all(s.get("diserahkan") for s in live) else p.TERBIT


def sejalan(perkara: Perkara) -> Perkara:
    """The case at the stage that its letters show."""
    return p.ubah(perkara, tahap=tahap(perkara))


def sisa(jumlah: int) -> dict[str, int]:
    """As events tell it: nothing where nothing is left."""
    return {"sisa": jumlah} if jumlah else {}


def jenis(letter: Mapping[str, Any]) -> dict[str, str]:
    """As events tell it: nothing for the service's own letter."""
    return {"jenis": letter["jenis"]} if letter.get("jenis") else {}
