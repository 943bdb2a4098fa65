"""What one application's people are told: facts heard so far, and one promise per step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

TERTUNDA, TERKIRIM, GAGAL, LEWAT, TAK_PASTI = "tertunda", "terkirim", "gagal", "lewat", "tak_pasti"


Catatan = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Janji:
    """One message promised. `kepada` is an inbox (`pemohon`, `pengurus` or `peran:<role>:<office>`).

    `saluran` maps a way (`aplikasi`, `luar`, `luar:<account>`) to tertunda | terkirim | gagal | lewat | tak_pasti:
    handed over, and nobody said whether it was taken.
    `ulang` counts how often the counter had it sent again.
    """

    kunci: str
    pesan: str
    langkah: str
    putaran: int
    kepada: str
    waktu: str
    isi: Mapping[str, str] = field(default_factory=dict)
    saluran: Mapping[str, str] = field(default_factory=dict)
    ulang: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kabar:
    """`kontak` {jenis, nilai} and `akun` come with the personal half; until then promises wait.

    `pengurus` is the open link to RT or RW, {urut, kontak}; None: nobody is asked now.
    `catatan` holds the newest words of each sender: {putaran, teks: {code: words}}.
    """

    id: str
    kantor: str
    putaran: int = 1
    layanan: str = ""
    nomor_resi: str = ""
    akun: str | None = None
    kontak: Mapping[str, Any] | None = None
    pengurus: Mapping[str, Any] | None = None
    tenggat: Mapping[str, str] = field(default_factory=dict)
    catatan: Mapping[str, Catatan] = field(default_factory=dict)
    janji: Mapping[str, Janji] = field(default_factory=dict)

    def dengan(self, janji: Janji) -> Kabar:
        return replace(self, janji={**self.janji, janji.kunci: janji})


def pesan_id(permohonan: str, kunci: str, domain: str, ulang: int = 0) -> str:
    """The fixed id a channel gets each time, so that it recognises a repeat (Message-ID without brackets)."""
    again = f".u{ulang}" if ulang else ""
    return f"{permohonan}.{kunci}{again}@{domain}"
