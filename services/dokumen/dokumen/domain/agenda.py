"""A line of the agenda that is no letter of this system: booked, written up afterwards, or void with a reason (R5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dokumen.domain.galat import AgendaSalah
from dokumen.domain.nomor import BATAL, DIPESAN, UMUM
from dokumen.domain.waktu import utc

Baris = dict[str, Any]
_IDENTITY = re.compile(r"\d{16}")
ISI = ("klasifikasi", "tanggal", "perihal", "kepada")


def catat(baris: Baris, isi: Mapping[str, Any], oleh: str, waktu: datetime) -> Baris:
    """{klasifikasi, tanggal, perihal, kepada?}; an earlier entry stays readable. Raises `AgendaSalah`."""
    _booked(baris)
    if baris["seri"] not in (UMUM, isi["klasifikasi"]):
        raise AgendaSalah(f"Nomor ini milik klasifikasi {baris['seri']}. Pakai klasifikasi itu.")
    day = date.fromisoformat(str(isi["tanggal"]))
    if day.year != baris["tahun"]:
        raise AgendaSalah(f"Tanggal surat harus dalam tahun {baris['tahun']}.")
    if day > waktu.date():
        raise AgendaSalah("Tanggal surat tidak boleh sesudah hari ini.")
    _no_identity(isi)
    before = {name: baris[name] for name in (*ISI, "dicatat") if name in baris}
    past = [*baris.get("riwayat", ()), before] if "dicatat" in baris else baris.get("riwayat", [])
    entry = {name: str(isi[name]) for name in ISI if isi.get(name)}
    noted = {**entry, "dicatat": {"oleh": oleh, "waktu": utc(waktu)}, "riwayat": past}
    return {**{name: value for name, value in baris.items() if name not in ISI}, **noted}


def batal(baris: Baris, alasan: str, keterangan: str, oleh: str, waktu: datetime) -> Baris:
    """Raises `AgendaSalah` unless it is booked and unused."""
    _booked(baris)
    if "dicatat" in baris:
        raise AgendaSalah("Nomor ini sudah dipakai untuk surat di luar sistem.")
    _no_identity({"keterangan": keterangan})
    gone = {"oleh": oleh, "waktu": utc(waktu), **({"keterangan": keterangan} if keterangan else {})}
    return {**baris, "status": BATAL, "alasan": alasan, "dibatalkan": gone}


def _booked(baris: Baris) -> None:
    if baris["status"] != DIPESAN:
        raise AgendaSalah("Hanya nomor yang dipesan yang dapat dicatat atau dibatalkan di sini.")


def _no_identity(isi: Mapping[str, Any]) -> None:
    """The agenda is no place for identity numbers."""
    if any(_IDENTITY.search(re.sub(r"[\s.-]", "", str(value))) for value in isi.values() if value):
        raise AgendaSalah("Jangan menulis NIK atau nomor KK dalam agenda. Hapus angka itu, lalu simpan lagi.")
