"""What anybody with a letter's code may learn (R18): everything printed on it but the person, whose name is masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dokumen.domain.surat import DIMUSNAHKAN, status_kini

TANDA = {
    "segel": "Surat ini dibubuhi segel elektronik kantor yang membuktikan isinya tidak berubah; "
    "belum bertanda tangan elektronik tersertifikasi.",
    "tte": "Surat ini ditandatangani secara elektronik oleh pejabatnya dengan sertifikat miliknya sendiri.",
    "tte_uji": "Surat ini ditandatangani secara elektronik oleh pejabatnya dengan sertifikat uji coba; "
    "belum bertanda tangan elektronik tersertifikasi.",
    "basah": "Surat ini ditandatangani dan dicap di kantor; salinan resminya hasil pindai.",
}
KATA = {
    "berlaku": "Surat ini asli dan masih berlaku.",
    "dicabut": "Surat ini sudah dicabut dan tidak berlaku lagi.",
    "diganti": "Surat ini sudah diganti dengan surat baru.",
    "kedaluwarsa": "Surat ini asli, tetapi masa berlakunya sudah lewat.",
    DIMUSNAHKAN: "Surat ini pernah diterbitkan. Berkasnya sudah dimusnahkan menurut jadwal arsip.",
}
WARNA = {"berlaku": "hijau", "kedaluwarsa": "kuning", "diganti": "kuning", "dicabut": "merah"}
_SHORT = re.compile(r"[A-HJ-NP-Z2-9]{12}")


def samarkan(nama: str) -> str:
    """`Siti Rahmawati` → `S*** R********`."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in nama.split())


def kode_pendek(teks: str) -> str | None:
    """A short code as it is kept: twelve signs without separators, or None if it is none."""
    plain = re.sub(r"[\s-]", "", teks).upper()
    return plain if _SHORT.fullmatch(plain) else None


def halaman(letter: Mapping[str, Any], hari_ini: date) -> dict[str, Any]:
    """The public page's data. Why a letter was revoked or destroyed is nobody's business here."""
    status = status_kini(letter, hari_ini)
    return {
        "status": status,
        "warna": WARNA.get(status, "abu-abu"),
        "keterangan": _kata(letter, status),
        "jenis": letter["judul"],
        "nomor": [r["nomor"] for r in letter["tertulis"]],
        "tanggal": letter["tanggal"],
        "kantor": letter["kantor_nama"],
        "penandatangan": [{"nama": s["nama"], "jabatan": s["jabatan"]} for s in letter["penandatangan"]],
        "tanda_tangan": TANDA[letter.get("cetak") or letter["tanda_tangan"]],
        "berlaku_sampai": letter.get("sampai"),
        "nama": letter.get("nama_samar", ""),
        "cocokkan": sorted(letter.get("cocok", {})),
    }


def _kata(letter: Mapping[str, Any], status: str) -> str:
    newer = (letter.get("diganti") or {}).get("nomor")
    if status == "diganti" and newer:
        return f"Surat ini sudah diganti dengan surat nomor {newer}."
    return KATA[status]
