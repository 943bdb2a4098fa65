"""Heads of section, lurah, sekcam and camat: read the task, initial, sign with a fresh confirmation, return, refuse."""

from __future__ import annotations

from typing import Any

from ekel.demo import petugas
from ekel.hari.buku import Kasus
from ekel.hari.hari import Hari
from ekel.hari.rencana import Lakon


def putuskan(hari: Hari, kasus: Kasus, tugas: str, akun: str) -> None:
    """What this step calls for, or what the play wants. Raises `Unexpected`."""
    official = hari.meja.petugas(akun)
    task = official.get(f"/v1/tugas/{tugas}")
    petugas.answer(official, tugas, _keputusan(kasus, task))


def _keputusan(kasus: Kasus, task: dict[str, Any]) -> dict[str, Any]:
    lakon, options = kasus.kunjungan.lakon, task["pilihan"]
    if lakon is Lakon.TOLAK and "tolak" in options:
        return {"keputusan": "tolak", "alasan": "bukan_warga_wilayah", "teks": "Alamat di luar kelurahan."}
    if lakon is Lakon.KECAMATAN and task["peran"] == "kasi_kecamatan" and not kasus.kembali:
        point = {"jenis": "syarat", "kode": task["berkas"][0]["syarat"], "alasan": "tidak_cocok"}
        return {"keputusan": "kembalikan", "target": "kelurahan", "kekurangan": [point]}
    return {"keputusan": "setuju" if "setuju" in options else "paraf"}
