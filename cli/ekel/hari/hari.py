"""What everybody of the day shares: the API, the catalogue, the office's date, desks and book; who works where."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ekel.demo.client import Client
from ekel.hari.buku import Buku, Kasus
from ekel.hari.kantor import Kantor
from ekel.hari.meja import Meja
from ekel.hari.rencana import Rencana


@dataclass(frozen=True, slots=True, kw_only=True)
class Hari:
    """`layanan` by code, as GET /v1/layanan/{kode} tells them; `sabar` is the longest wait for others, in seconds.

    `pesan` is the folder in which messages to people without an account lie, if it can be looked into.
    """

    client: Client
    layanan: Mapping[str, Mapping[str, Any]]
    rencana: Rencana
    hari_ini: date
    buku: Buku
    meja: Meja
    sabar: float
    pesan: Path | None = None

    def loket(self, kantor: Kantor, alur: str = "") -> str:
        """The account of the counter that works on it: the kecamatan's own services, and those of a closed office."""
        away = alur == "KECAMATAN" or kantor == self.rencana.tutup
        return kantor.akun("petugas_loket_kecamatan" if away else "petugas_loket")

    def pejabat(self, kantor: Kantor, peran: str) -> str:
        """Who decides: the holder of the post, or his Plh. (R12)."""
        stands_in = peran == "lurah" and kantor == self.rencana.absen
        return kantor.akun("seklur" if stands_in else peran)

    def rng(self, kasus: Kasus, untuk: str) -> random.Random:
        """The same chance for the same case and purpose."""
        return random.Random(f"{kasus.kunjungan.benih}.{untuk}")  # noqa: S311 - a play, not a secret
