"""What is erased when, by real time (R15): an office clock that somebody moves must never erase anything.

`perkara["akhir"]` is the real moment a case closed, `perkara["dihapus"]` says what of it was erased:
{what: {waktu, jumlah}}. Issued letters are never erased by time, only destroyed by two officials (`musnah`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from dokumen.domain import perkara as p
from dokumen.domain.langkah import Langkah, Perkara
from dokumen.domain.waktu import utc

Apa = Literal["salinan", "perkara", "pribadi"]
SALINAN: Apa = "salinan"  # copies of KTP and KK
PERKARA: Apa = "perkara"  # all papers and the personal half of a case that yielded no letter
PRIBADI: Apa = "pribadi"  # the personal half, at pengajuan's word
TUTUP = p.SELESAI | {p.DISERAHKAN, p.DICABUT}
UMUR_SALINAN = timedelta(days=90)
UMUR: Mapping[str, timedelta] = {
    p.DIBATALKAN: timedelta(days=30),
    p.DIPINDAH: timedelta(days=30),
    p.DITOLAK: timedelta(days=365),
    p.DITUTUP: timedelta(days=365),
}
HAPUS = ("hapus_salinan", "hapus_perkara")
# What of an erased paper stays: that it was there, never what it showed.
_KEPT = (
    "syarat", "putaran", "oleh", "perintah", "asal", "sha256", "jenis", "ukuran", "halaman", "diunggah",
    "dari", "bagian",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Hapusan:
    """An erasure that is to come: to-do id, what, and its real moment."""

    id: str
    apa: Apa
    saat: datetime


def tandai(perkara: Perkara, nyata: datetime) -> tuple[Perkara, tuple[Hapusan, ...], tuple[str, ...]]:
    """The case with its closing moment, erasures to promise now, and promises that fall away."""
    closed, known = perkara["tahap"] in TUTUP, "akhir" in perkara
    if closed and not known:
        return {**perkara, "akhir": utc(nyata)}, _akan(perkara, nyata), ()
    if known and not closed:  # a corrected letter opens the case again
        return p.ubah(perkara, akhir=None), (), HAPUS
    return perkara, (), ()


def _akan(perkara: Perkara, nyata: datetime) -> tuple[Hapusan, ...]:
    copies = Hapusan(id="hapus_salinan", apa=SALINAN, saat=nyata + UMUR_SALINAN)
    age = UMUR.get(perkara["tahap"])
    return (copies,) if age is None else (copies, Hapusan(id="hapus_perkara", apa=PERKARA, saat=nyata + age))


def adalah_salinan(syarat: str) -> bool:
    """Copies of identity cards and family cards, also a witness's: `KTP_SAKSI`; and piles of scans."""
    return bool({"KTP", "KK", "TUMPUKAN"} & set(syarat.split("_")))


def hapus(perkara: Perkara, apa: Apa, nyata: datetime) -> Langkah:
    """Erase; what is erased already, or belongs to a case that was opened again, stays as it is."""
    return Langkah(perkara=perkara) if perkara.get("akhir") is None else lagi(perkara, apa, nyata)


def lagi(perkara: Perkara, apa: Apa, nyata: datetime) -> Langkah:
    """Erase whatever the state of the case: in a restored one it may still be open."""
    gone = [
        id
        for id, paper in perkara["berkas"].items()
        if paper["status"] != p.DIHAPUS
        and (apa == PERKARA or (apa == SALINAN and adalah_salinan(paper["syarat"])))
    ]
    state = tanpa_berkas(perkara, gone, nyata)
    if apa != SALINAN:
        state = lupakan(state)
    return Langkah(
        perkara=_catat(state, apa, len(gone), nyata), selesai=tuple(f"periksa.{id}" for id in gone)
    )


def tanpa_berkas(perkara: Perkara, ids: list[str], nyata: datetime) -> Perkara:
    """Without the objects of these papers, and without what was read in them."""
    stub = {"status": p.DIHAPUS, "dihapus": utc(nyata)}
    papers = {
        id: {**{name: paper[name] for name in _KEPT if name in paper}, **stub} if id in ids else paper
        for id, paper in perkara["berkas"].items()
    }
    return {**perkara, "berkas": papers}


def lupakan(perkara: Perkara) -> Perkara:
    """Without the personal half and what was taken from it; digests for verification stay with the letter."""
    letters = {
        id: {name: value for name, value in letter.items() if name != "koreksi"}
        for id, letter in perkara["surat"].items()
    }
    return p.ubah({**perkara, "surat": letters}, pribadi=None)


def dilupakan(perkara: Perkara | None, nyata: datetime) -> Langkah:
    """The personal half was removed by its owner, pengajuan."""
    state = lupakan(perkara or p.baru())
    return Langkah(perkara=_catat(state, PRIBADI, 1, nyata) if (perkara or {}).get("pribadi") else state)


def _catat(perkara: Perkara, apa: Apa, jumlah: int, nyata: datetime) -> Perkara:
    before: Mapping[str, Any] = perkara.get("dihapus", {})
    return {**perkara, "dihapus": {**before, apa: {"waktu": utc(nyata), "jumlah": jumlah}}}
