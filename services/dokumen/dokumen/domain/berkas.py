"""A paper: taken in on the word of a grant, checked once, then clean or refused for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dokumen.domain import kunci
from dokumen.domain import perkara as p
from dokumen.domain.galat import (
    BelumBersih,
    BerkasBanyak,
    BerkasDihapus,
    BerkasTertolak,
    DokumenSalah,
    IzinSalah,
    SyaratAsing,
)
from dokumen.domain.langkah import Fakta, Janji, Langkah, Perkara
from dokumen.domain.waktu import utc

DIPERIKSA, PERINGATAN, BERSIH, DITOLAK = "diperiksa", "peringatan", "bersih", "ditolak"
TUMPUKAN = "tumpukan"  # a pile of papers, examined, that waits until its pages are assigned
STATUS = frozenset({DIPERIKSA, PERINGATAN, BERSIH, DITOLAK, TUMPUKAN})
SYARAT_TUMPUKAN = "TUMPUKAN"  # the requirement of a pile: no service has it, only our counter grants it
UMUR_TUMPUKAN = 24 * 3600  # seconds that a pile waits
DIPINDAI, BELUM_DIPINDAI = "bersih", "belum"  # what the malware scanner said, or that it was not asked
PERCOBAAN = (
    3  # times that an absent scanner is asked before a paper goes on without it, where that is allowed
)
JEDA = (2, 5, 15, 60, 300)  # seconds between two of them
MOST = 60  # uploads of one slot and round in all, also those that were refused
SPARE = 9  # uploads of one slot and round beyond what it holds: blurred photographs sent again


@dataclass(frozen=True, slots=True, kw_only=True)
class Izin:
    """What pengajuan's grant says; `syarat` maps a requirement to how many papers it holds."""

    permohonan: str
    kantor: str
    pemilik: str
    putaran: int
    syarat: Mapping[str, int]
    maks_byte: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unggahan:
    """What lies in quarantine."""

    id: str
    syarat: str
    oleh: str
    karantina: str
    sha256: str
    ukuran: int
    perintah: str
    tetap: bool = False
    """Sent "as it is": a warning about the picture asks nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hasil:
    """What the check found: a clean paper, or the reason (slug and words) why there is none."""

    sha256: str = ""
    gambar: str = ""
    jenis: str = ""
    ukuran: int = 0
    halaman: int = 1
    gambar_halaman: tuple[str, ...] = ()
    peringatan: tuple[str, ...] = ()
    pindai: str = ""
    alasan: str = ""
    pesan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunggu:
    """The malware scanner is away; how often it was asked."""

    percobaan: int


def boleh_unggah(perkara: Perkara | None, izin: Izin, syarat: str) -> None:
    """Raise unless the grant still opens this slot. An unknown case is judged by the grant alone."""
    if syarat not in izin.syarat:
        raise SyaratAsing("Izin unggah ini tidak memuat syarat tersebut. Muat ulang halaman permohonan.")
    if perkara is None:
        return
    if perkara["tahap"] in p.SELESAI | p.MILIK_KAMI:
        raise IzinSalah("Permohonan ini sudah selesai diproses, berkas tidak dapat ditambah lagi.")
    same = izin.putaran == perkara["putaran"]
    if izin.putaran < perkara["putaran"] or (same and perkara["tahap"] != p.TERBUKA):
        raise IzinSalah("Putaran ini sudah ditutup. Muat ulang halaman permohonan, lalu unggah lagi.")
    sent = [b for b in perkara["berkas"].values() if b["syarat"] == syarat and b["putaran"] == izin.putaran]
    standing = sum(b["status"] != DITOLAK for b in sent)
    if standing >= izin.syarat[syarat] + SPARE or len(sent) >= MOST:
        raise BerkasBanyak(
            "Sudah terlalu banyak berkas untuk syarat ini. Hubungi loket bila ada yang keliru."
        )


def unggah(perkara: Perkara | None, izin: Izin, unggahan: Unggahan, waktu: datetime) -> Langkah:
    """Record the paper and promise its check. Raises as `boleh_unggah`.

    The same bytes in the same slot are the paper that is there; in another slot they are one more, that says so.
    """
    boleh_unggah(perkara, izin, unggahan.syarat)
    known = perkara or p.baru()
    same = _sama(known, unggahan.sha256)
    for id, paper in same.items():
        if (paper["syarat"], paper["putaran"]) == (unggahan.syarat, izin.putaran):
            twins = [*paper.get("kembar", ()), unggahan.perintah]
            return Langkah(perkara=p.ubah_isi(known, "berkas", id, kembar=twins[-SPARE:]))
    paper = {
        "syarat": unggahan.syarat,
        "putaran": izin.putaran,
        "status": DIPERIKSA,
        "oleh": unggahan.oleh,
        "karantina": unggahan.karantina,
        "asal": unggahan.sha256,
        "ukuran": unggahan.ukuran,
        "perintah": unggahan.perintah,
        "diunggah": utc(waktu),
    }
    paper |= {"tetap": True} if unggahan.tetap else {}
    paper |= {"sama_dengan": sorted(same)} if same else {}
    state = {**known, "berkas": {**known["berkas"], unggahan.id: paper}}
    check = Janji(id=f"periksa.{unggahan.id}", jenis="periksa_berkas", data={"berkas": unggahan.id})
    return Langkah(perkara=state, janji=(check,))


def _sama(perkara: Perkara, sha256: str) -> dict[str, dict[str, Any]]:
    """Standing papers of this case whose bytes came in as these."""
    gone = {DITOLAK, p.DIHAPUS}
    return {id: b for id, b in perkara["berkas"].items() if b["asal"] == sha256 and b["status"] not in gone}


def selesai_periksa(
    perkara: Perkara, kantor: str, permohonan: str, id: str, hasil: Hasil, waktu: datetime
) -> Langkah:
    """The check's end: clean with its objects, or refused with a reason."""
    paper = perkara["berkas"][id]
    if paper["status"] != DIPERIKSA:
        return Langkah(perkara=perkara)
    told: dict[str, Any] = {
        "berkas": id,
        "syarat": paper["syarat"],
        "putaran": paper["putaran"],
        "waktu": utc(waktu),
    }
    rest = {name: value for name, value in paper.items() if name != "karantina"}
    if hasil.alasan:
        told |= {"alasan": hasil.alasan.replace("-", "_")}
        rest |= {"status": DITOLAK, "alasan": hasil.alasan, "pesan": hasil.pesan}
    else:
        found = {"jenis": hasil.jenis, "ukuran": hasil.ukuran, "halaman": hasil.halaman}
        told |= {"sha256": hasil.sha256, **found}
        found |= {"pindai": hasil.pindai} if hasil.pindai else {}
        found |= {"peringatan": list(hasil.peringatan)} if hasil.peringatan else {}
        told |= found
        objects = {"objek": hasil.sha256, "gambar": hasil.gambar}
        names = {k: kunci.bersih(kantor, permohonan, sha) for k, sha in objects.items()}
        asked = hasil.peringatan and not paper.get("tetap")
        rest |= {"status": PERINGATAN if asked else BERSIH, "sha256": hasil.sha256, **found, **names}
        rest |= {"gambar_halaman": list(hasil.gambar_halaman)} if hasil.gambar_halaman else {}
    if paper["syarat"] == SYARAT_TUMPUKAN:  # nobody else is told of a pile
        rest |= {} if hasil.alasan else {"status": TUMPUKAN}
        drop = Janji(id=f"buang.{id}", jenis="buang_tumpukan", tunda=UMUR_TUMPUKAN, data={"berkas": id})
        state = {**perkara, "berkas": {**perkara["berkas"], id: rest}}
        return Langkah(perkara=state, janji=() if hasil.alasan else (drop,))
    state = {**perkara, "berkas": {**perkara["berkas"], id: rest}}
    if rest["status"] == PERINGATAN:
        return Langkah(perkara=state)
    name = "berkas.ditolak" if hasil.alasan else "berkas.diterima"
    return Langkah(perkara=state, fakta=(Fakta(nama=name, data=told, putaran=paper["putaran"]),))


def tunggu_pindai(perkara: Perkara, id: str, tunggu: Tunggu) -> Langkah:
    """Nothing goes on without the scanner; it is asked again later, and the paper says "belum dipindai"."""
    if perkara["berkas"][id]["status"] != DIPERIKSA:
        return Langkah(perkara=perkara)
    state = p.ubah_isi(perkara, "berkas", id, pindai=BELUM_DIPINDAI, percobaan_pindai=tunggu.percobaan)
    pause = JEDA[min(tunggu.percobaan, len(JEDA)) - 1]
    again = Janji(id=f"periksa.{id}", jenis="periksa_berkas", tunda=pause, data={"berkas": id})
    return Langkah(perkara=state, janji=(again,))


def kirim_tetap(perkara: Perkara, id: str, waktu: datetime) -> Langkah:
    """A picture with warnings goes on as it is ("Kirim tetap", R11); a repeat changes nothing.

    Raises `DokumenSalah` when nothing waits for an answer.
    """
    paper = perkara["berkas"][id]
    if paper["status"] == BERSIH:
        return Langkah(perkara=perkara)
    if perkara["tahap"] in p.SELESAI:
        raise DokumenSalah("Permohonan ini sudah selesai di sini, jadi berkas tidak dapat dikirim lagi.")
    if paper["status"] != PERINGATAN:
        raise DokumenSalah("Berkas ini tidak sedang menunggu jawaban Anda. Muat ulang halaman ini.")
    state = p.ubah_isi(perkara, "berkas", id, status=BERSIH)
    return Langkah(perkara=state, fakta=(diterima(paper, id, waktu),))


def diterima(paper: Mapping[str, Any], id: str, waktu: datetime) -> Fakta:
    """A clean paper of this case is told."""
    fields = ("sha256", "jenis", "ukuran", "halaman", "pindai", "peringatan")
    told = {
        "berkas": id,
        "syarat": paper["syarat"],
        "putaran": paper["putaran"],
        "waktu": utc(waktu),
        **{name: paper[name] for name in fields if name in paper},
    }
    return Fakta(nama="berkas.diterima", data=told, putaran=paper["putaran"])


def halaman(paper: Mapping[str, Any], nomor: int) -> str:
    """The key of the picture of a page, counted from 1; empty if there is none."""
    shas = paper.get("gambar_halaman", ())
    return p.bersebelahan(paper["objek"], shas[nomor - 1]) if 0 < nomor <= len(shas) else ""


def yang_bersih(paper: Mapping[str, Any], *, pengirim: bool = False) -> Mapping[str, Any]:
    """The paper, if its bytes may be shown; one that waits for "Kirim tetap" only to its sender.

    Raises `BelumBersih`, `BerkasTertolak` or `BerkasDihapus`.
    """
    if paper["status"] == p.DIHAPUS:
        raise BerkasDihapus("Berkas ini sudah dihapus karena masa simpannya habis.")
    if paper["status"] == DITOLAK:
        raise BerkasTertolak(str(paper["pesan"]))
    if paper["status"] == PERINGATAN and not pengirim:
        raise BelumBersih("Pengirim belum memutuskan apakah foto ini dikirim apa adanya.")
    if paper["status"] == TUMPUKAN and not pengirim:
        raise BelumBersih("Tumpukan ini belum dibagi. Hanya petugas yang memindainya dapat melihatnya.")
    if paper["status"] not in {BERSIH, PERINGATAN, TUMPUKAN}:
        raise BelumBersih("Berkas masih diperiksa. Coba lagi beberapa saat.")
    return paper
