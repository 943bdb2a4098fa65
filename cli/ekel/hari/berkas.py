"""Papers of a case: photographed at home, scanned at the counter, shaken, missing or brought along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ekel.demo import warga
from ekel.demo.client import Client
from ekel.demo.stage import expect, until
from ekel.hari import gambar
from ekel.hari.buku import Kasus
from ekel.hari.hari import Hari
from ekel.hari.rencana import Lakon

_PENGANTAR = "PENGANTAR_RT_RW"  # who asks RT and RW has none
Isi = Callable[[str, int], bytes]


def jalan(hari: Hari, client: Client, kasus: Kasus, permohonan: dict[str, Any]) -> list[dict[str, str]]:
    """Send what there is; how each paper comes, as `ajukan` wants it."""
    lakon = kasus.kunjungan.lakon
    codes, ways = warga.wanted(permohonan), []
    kasus.salah = keliru(lakon, codes) or kasus.salah
    for kode in codes:
        way = {"kode": kode, "cara": "loket" if lakon is Lakon.BAWA else "unggah"} | _pilihan(
            hari, kasus, kode
        )
        if lakon is Lakon.KURANG and kode == kasus.salah:
            way |= {"cara": "tidak_punya", "alasan": "Belum ketemu di rumah."}
        elif way["cara"] == "unggah" and not (lakon is Lakon.RT_RW and kode == _PENGANTAR):
            _satu(hari, client, kasus, permohonan, kode)
        ways.append(way)
    return ways


def keliru(lakon: Lakon, wajib: Sequence[str]) -> str:
    """The paper with the mistake; empty where the play has none, or the answers ask for no paper at all."""
    return wajib[0] if wajib and lakon in {Lakon.BURAM, Lakon.KURANG} else ""


def kirim(hari: Hari, client: Client, permohonan: dict[str, Any], kode: str, isi: bytes) -> None:
    """One paper until it is clean; who is warned of a picture sends it all the same. Raises `Unexpected`."""
    kind = gambar.PDF if isi.startswith(b"%PDF-") else gambar.JPEG
    paper = warga.send(client, permohonan, kode, isi, type=kind, seconds=hari.sabar)
    if paper["status"] == "peringatan":
        client.post(f"/v1/berkas/{paper['id']}/kirim-tetap")

        def kept() -> dict[str, Any] | None:
            now: dict[str, Any] = client.get(f"/v1/berkas/{paper['id']}")
            return None if now["status"] in {"peringatan", "diperiksa"} else now

        paper = until(kept, f"{kode} with a warning", hari.sabar, pause=0.5)
    expect(paper["status"] == "bersih", f"{kode}: {paper}")


def _satu(hari: Hari, client: Client, kasus: Kasus, permohonan: dict[str, Any], kode: str) -> None:
    visit = kasus.kunjungan
    rng = hari.rng(kasus, kode)
    scanned = visit.lakon is Lakon.LOKET or rng.random() < 0.12
    make: Isi = gambar.pindaian if scanned else gambar.foto
    if visit.lakon is Lakon.BURAM and kode == kasus.salah:
        make = gambar.buram
    most = next(s["maks_berkas"] for s in permohonan["syarat"] if s["kode"] == kode)
    for n in range(2 if most > 1 and rng.random() < 0.2 else 1):
        kirim(hari, client, permohonan, kode, make(kode, visit.benih * 10 + n))


def _pilihan(hari: Hari, kasus: Kasus, kode: str) -> dict[str, str]:
    """Which paper it is, where any one of several will do."""
    rules: list[Mapping[str, Any]] = hari.layanan[kasus.kunjungan.layanan]["syarat"]
    any_of = next(s["salah_satu"] for s in rules if s["kode"] == kode)
    return {"pilihan": str(any_of[0]["kode"])} if any_of else {}
