"""Ink on paper (R2): printed at the counter, signed and stamped, scanned back, compared with the text, confirmed.

`pindaian` of the letter: {status, karantina, asal, oleh, perintah, waktu} and, once examined, {objek, sha256,
gambar, jenis, ukuran, halaman} or {alasan, pesan}. After the confirmation the scan, under the office's seal, is the
official copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dokumen.domain import kunci, tanda
from dokumen.domain import perkara as p
from dokumen.domain.galat import PindaianBelum, PindaianLain
from dokumen.domain.langkah import Janji, Langkah, Perkara
from dokumen.domain.surat import MENUNGGU
from dokumen.domain.tanda import BASAH, Lembar
from dokumen.domain.waktu import utc

DIPERIKSA, BERSIH, DITOLAK = "diperiksa", "bersih", "ditolak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Temuan:
    """What the examination of a scan found; with `alasan` it was refused."""

    sha256: str = ""
    gambar: str = ""
    jenis: str = ""
    ukuran: int = 0
    halaman: int = 0
    alasan: str = ""
    pesan: str = ""


def boleh_pindai(letter: Mapping[str, Any]) -> None:
    """Raises `PindaianBelum` unless the letter waits for its scan."""
    turn = tanda.giliran(letter)
    if letter["status"] != MENUNGGU or not letter.get("lembar") or not turn or turn["cara"] != BASAH:
        raise PindaianBelum("Surat ini tidak menunggu pindaian. Muat ulang daftar surat.")


def unggah(perkara: Perkara, id: str, kiriman: Mapping[str, str], waktu: datetime) -> Langkah:
    """A scan {karantina, asal, oleh, perintah} came in; an earlier one that nobody confirmed is replaced."""
    boleh_pindai(perkara["surat"][id])
    scan = {**kiriman, "status": DIPERIKSA, "waktu": utc(waktu)}
    check = Janji(id=f"periksa_pindaian.{id}", jenis="periksa_pindaian", data={"surat": id})
    return Langkah(perkara=p.ubah_isi(perkara, "surat", id, pindaian=scan), janji=(check,))


def selesai_periksa(perkara: Perkara, tempat: tuple[str, str], id: str, asal: str, temuan: Temuan) -> Langkah:
    """The examination ended; a scan that was replaced meanwhile is left to its own examination."""
    scan = perkara["surat"][id].get("pindaian") or {}
    if scan.get("status") != DIPERIKSA or scan["asal"] != asal:
        return Langkah(perkara=perkara)
    kept = {name: scan[name] for name in ("asal", "oleh", "perintah", "waktu")}
    if temuan.alasan:
        new = {**kept, "status": DITOLAK, "alasan": temuan.alasan, "pesan": temuan.pesan}
    else:
        new = {
            **kept,
            "status": BERSIH,
            "objek": kunci.bersih(*tempat, temuan.sha256),
            "gambar": kunci.bersih(*tempat, temuan.gambar),
            "sha256": temuan.sha256,
            "jenis": temuan.jenis,
            "ukuran": temuan.ukuran,
            "halaman": temuan.halaman,
        }
    return Langkah(perkara=p.ubah_isi(perkara, "surat", id, pindaian=new))


def sahkan(perkara: Perkara, id: str, sha256: str, oleh: str, waktu: datetime) -> Langkah:
    """A clerk compared the scan of this digest with the text: they are the same.

    Raises `PindaianBelum` or `PindaianLain`.
    """
    letter = perkara["surat"][id]
    boleh_pindai(letter)
    scan = letter.get("pindaian") or {}
    if scan.get("status") != BERSIH:
        raise PindaianBelum("Belum ada pindaian yang selesai diperiksa. Unggah pindaian surat ini dahulu.")
    if scan["sha256"] != sha256:
        raise PindaianLain("Pindaian sudah diganti. Bandingkan pindaian yang baru, lalu sahkan lagi.")
    confirmed = {**scan, "sah": {"oleh": oleh, "waktu": utc(waktu)}}
    seal = Janji(id=f"sahkan.{id}", jenis="sahkan", data={"surat": id})
    return Langkah(perkara=p.ubah_isi(perkara, "surat", id, pindaian=confirmed), janji=(seal,))


def resmi(perkara: Perkara, tempat: tuple[str, str], id: str, lembar: Lembar, waktu: datetime) -> Langkah:
    """The sealed scan is the letter: everybody whose turn it was has signed on the sheet."""
    letter = perkara["surat"][id]
    if letter["status"] != MENUNGGU or not (letter.get("pindaian") or {}).get("sah"):
        return Langkah(perkara=perkara)
    turns = [{**turn, "waktu": turn.get("waktu") or utc(waktu)} for turn in letter["tanda"]]
    sheet = {
        "objek": kunci.bersih(*tempat, lembar.sha256), "sha256": lembar.sha256, "ukuran": lembar.ukuran
    }  # fmt: skip
    scan = {name: value for name, value in letter["pindaian"].items() if name not in ("objek", "gambar")}
    state = p.ubah_isi(perkara, "surat", id, tanda=turns, lembar=sheet, pindaian=scan)
    return tanda.berikut(state, id, waktu)
