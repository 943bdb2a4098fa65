"""Destruction of issued letters: two officials, one of them the head of an office; a record stays (R15, UU 43/2009).

The record is what is left of the letter: number, date, kind, office, signers, digest; and `musnah` = {dasar, usul,
setuju}, who wanted it and on which schedule. Verification answers from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from dokumen.domain import perkara as p
from dokumen.domain import retensi, surat
from dokumen.domain.galat import BelumTerbit, DokumenSalah, PerluOrangKedua
from dokumen.domain.langkah import Fakta, Janji, Langkah, Perkara
from dokumen.domain.waktu import utc

KEPALA = frozenset({"lurah", "camat"})
TUGAS = "musnahkan_surat"
# What the record keeps of a letter: nothing about the person whom it was for.
_KEPT = (
    "layanan", "jenis", "putaran", "judul", "klasifikasi", "tanggal", "sampai", "rilis", "tanda_tangan", "tanda",
    "kantor_nama", "penandatangan", "register", "nomor", "tertulis", "terbit", "ditetapkan", "sha256", "ukuran",
    "diganti", "mengganti", "dicabut",
)  # fmt: skip


def musnahkan(
    perkara: Perkara, id: str, dasar: str, siapa: Mapping[str, str], umur: timedelta, nyata: datetime
) -> Langkah:
    """The first official's wish, or the second one's agreement: {oleh, peran}.

    Raises `BelumTerbit`, `DokumenSalah` while the letter is too young, or `PerluOrangKedua`.
    """
    letter = perkara["surat"][id]
    if letter["status"] in (surat.MENUNGGU, surat.BATAL):
        raise BelumTerbit("Surat ini belum terbit, jadi tidak ada yang dimusnahkan.")
    if letter["status"] == surat.DIMUSNAHKAN:
        raise DokumenSalah("Surat ini sudah dimusnahkan.")
    since = datetime.fromisoformat(perkara.get("akhir") or letter["terbit"])
    if nyata - since < umur:
        raise DokumenSalah("Masa simpan surat ini belum habis menurut jadwal arsip kantor.")
    note = letter.get("musnah")
    step = {**siapa, "waktu": utc(nyata)}
    if note is None or note["dasar"] != dasar:
        return Langkah(perkara=p.ubah_isi(perkara, "surat", id, musnah={"dasar": dasar, "usul": step}))
    if note["usul"]["oleh"] == siapa["oleh"]:
        raise PerluOrangKedua("Pemusnahan perlu pejabat kedua: minta pejabat lain menyetujuinya.")
    if not KEPALA & {note["usul"]["peran"], siapa["peran"]}:
        raise PerluOrangKedua("Salah satu dari dua pejabat itu harus lurah atau camat.")
    state = p.ubah_isi(perkara, "surat", id, musnah={**note, "setuju": step})
    return Langkah(perkara=state, janji=(Janji(id=f"{TUGAS}.{id}", jenis=TUGAS, data={"surat": id}),))


def selesai(perkara: Perkara, id: str, waktu: datetime, nyata: datetime) -> Langkah:
    """The file is gone: only the record stays. With the case's last letter its papers and person go too."""
    letter = perkara["surat"][id]
    if letter["status"] == surat.DIMUSNAHKAN or "setuju" not in letter.get("musnah", {}):
        return Langkah(perkara=perkara)
    record = {name: letter[name] for name in _KEPT if name in letter}
    record |= {"status": surat.DIMUSNAHKAN, "musnah": letter["musnah"]}
    state: Perkara = {**perkara, "surat": {**perkara["surat"], id: record}}
    if all(s["status"] in (surat.DIMUSNAHKAN, surat.BATAL) for s in state["surat"].values()):
        papers = [i for i, b in state["berkas"].items() if b["status"] != p.DIHAPUS]
        state = retensi.lupakan(retensi.tanpa_berkas(state, papers, nyata))
    told = {"surat": id, "dasar": letter["musnah"]["dasar"], "waktu": utc(waktu)}
    return Langkah(perkara=state, fakta=(Fakta(nama="surat.dimusnahkan", data=told),))
