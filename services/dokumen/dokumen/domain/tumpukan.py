"""A pile of papers scanned as one PDF: its pages are assigned to requirements, and each part becomes a paper.

The pile itself is kept as a paper of the requirement `TUMPUKAN`, which nobody is told of. Examined, it waits 24 hours
for its division; then it is erased. `bagian` = [{berkas, syarat, halaman}] says what becomes of its pages, `rencana` =
{oleh, putaran, syarat} under which grant. Each paper made of it remembers that: `dari` = {tumpukan, halaman}.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dokumen.domain import berkas, retensi
from dokumen.domain import perkara as p
from dokumen.domain.berkas import Izin, Unggahan
from dokumen.domain.galat import DokumenSalah, HalamanSalah, IzinSalah
from dokumen.domain.langkah import Janji, Langkah, Perkara
from dokumen.domain.penolakan import BerkasDitolak, bertanda_tangan

BAGI, BUANG = "bagi_tumpukan", "buang_tumpukan"
MOST = 30  # parts of one pile


@dataclass(frozen=True, slots=True, kw_only=True)
class Bagian:
    """Pages, counted from 1 and in this order, that are one paper of a requirement."""

    syarat: str
    halaman: tuple[int, ...]


def layak(jenis: str, *, signed: bool) -> None:
    """Raise `BerkasDitolak` for what cannot be divided: no PDF, or a signed one (R11)."""
    if jenis != "pdf":
        words = "Ini bukan PDF. Kirim satu PDF hasil pindai; foto dikirim pada syaratnya masing-masing."
        raise BerkasDitolak("tumpukan-bukan-pdf", words)
    if signed:
        raise bertanda_tangan()


def bagi(perkara: Perkara, id: str, izin: Izin, bagian: Sequence[Bagian], oleh: str) -> Langkah:
    """Say what its pages are; the work is promised.

    Raises `DokumenSalah`, `HalamanSalah`, what `yang_bersih` and `boleh_unggah` raise.
    """
    pile = perkara["berkas"][id]
    if pile["syarat"] != berkas.SYARAT_TUMPUKAN:
        raise DokumenSalah("Berkas ini bukan tumpukan hasil pindai, jadi tidak dapat dibagi.")
    berkas.yang_bersih(pile, pengirim=True)
    if pile.get("bagian"):
        raise DokumenSalah("Tumpukan ini sudah dibagi. Muat ulang halaman ini.")
    for part in bagian:
        berkas.boleh_unggah(perkara, izin, part.syarat)
        _halaman(part, pile["halaman"])
    parts = [
        {"berkas": id_bagian(id, n), "syarat": part.syarat, "halaman": list(part.halaman)}
        for n, part in enumerate(bagian, start=1)
    ]
    plan = {"oleh": oleh, "putaran": izin.putaran, "syarat": dict(izin.syarat)}
    state = p.ubah_isi(perkara, "berkas", id, bagian=parts, rencana=plan, pesan="")
    return Langkah(perkara=state, janji=(Janji(id=f"bagi.{id}", jenis=BAGI, data={"berkas": id}),))


def _halaman(part: Bagian, ada: int) -> None:
    if wrong := [page for page in part.halaman if not 1 <= page <= ada]:
        raise HalamanSalah(
            f"Tidak ada halaman {wrong[0]} untuk {part.syarat}: PDF ini {ada} halaman. Pilih ulang halamannya."
        )
    if not part.halaman or len(set(part.halaman)) < len(part.halaman):
        raise HalamanSalah(f"Pilih halaman untuk {part.syarat}, masing-masing satu kali.")


def id_bagian(tumpukan: str, nomor: int) -> str:
    """The id of a part: always the same one, and as old as the pile (UUIDv7)."""
    digest = hashlib.sha256(f"{tumpukan}/{nomor}".encode()).hexdigest()
    return f"{tumpukan[:20]}{digest[:3]}-{digest[3:15]}"


def ditunggu(perkara: Mapping[str, Any], id: str) -> bool:
    """Whether the pile is there and its division is to be made."""
    pile = perkara["berkas"][id]
    return pile["status"] == berkas.TUMPUKAN and bool(pile.get("bagian"))


def dibagi(
    perkara: Perkara, id: str, unggahan: Sequence[Unggahan], waktu: datetime, nyata: datetime
) -> Langkah:
    """The parts in quarantine become papers to be checked; the pile is erased. A round closed meanwhile refuses it."""
    if not ditunggu(perkara, id):
        return Langkah(perkara=perkara)
    pile, state, promised = perkara["berkas"][id], perkara, list[Janji]()
    try:
        for upload, part in zip(unggahan, pile["bagian"], strict=True):
            step = berkas.unggah(state, _izin(pile["rencana"]), upload, waktu)
            state = step.perkara
            promised += step.janji
            if upload.id in state["berkas"]:
                origin = {"tumpukan": id, "halaman": part["halaman"]}
                state = p.ubah_isi(state, "berkas", upload.id, dari=origin)
    except DokumenSalah as refused:
        return gagal(perkara, id, str(refused))
    done = retensi.tanpa_berkas(state, [id], nyata)
    return Langkah(perkara=done, janji=tuple(promised), selesai=(f"buang.{id}",))


def gagal(perkara: Perkara, id: str, pesan: str) -> Langkah:
    """It could not be divided so; the pile waits on, and says why."""
    return Langkah(perkara=p.ubah_isi(perkara, "berkas", id, bagian=[], rencana={}, pesan=pesan))


def buang(perkara: Perkara, id: str, nyata: datetime) -> Langkah:
    """A pile that nobody divided is erased."""
    pile = perkara["berkas"][id]
    if pile["status"] != berkas.TUMPUKAN or pile.get("bagian"):
        return Langkah(perkara=perkara)
    return Langkah(perkara=retensi.tanpa_berkas(perkara, [id], nyata))


def milik(izin: Izin, permohonan: str) -> None:
    """Raise `IzinSalah` unless the grant is of the pile's application."""
    if izin.permohonan != permohonan:
        raise IzinSalah("Izin unggah ini milik permohonan lain. Muat ulang halaman permohonan.")


def _izin(rencana: Mapping[str, Any]) -> Izin:
    """Of the grant what decides whether a paper may still come."""
    return Izin(
        permohonan="",
        kantor="",
        pemilik="",
        putaran=rencana["putaran"],
        syarat=rencana["syarat"],
        maks_byte=0,
    )
