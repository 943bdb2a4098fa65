"""The counter: takes walk-ins, scans, opens every paper, says complete or returns one list, forwards, hands over."""

from __future__ import annotations

from typing import Any

from ekel.demo import petugas
from ekel.demo.client import Client
from ekel.demo.stage import expect, until
from ekel.demo.warga import wanted
from ekel.hari import berkas, gambar, permohonan
from ekel.hari.buku import Kasus
from ekel.hari.hari import Hari
from ekel.hari.rencana import Lakon

_DAFTAR = {
    Lakon.BURAM: ("syarat", "buram", "Tulisan tidak terbaca. Foto lagi di tempat terang."),
    Lakon.KURANG: ("syarat", "belum_ada", "Berkas ini wajib."),
    Lakon.NIK_SALAH: ("medan", "tidak_cocok", "NIK tidak sama dengan di KTP."),
}


def terima(hari: Hari, kasus: Kasus) -> None:
    """Somebody without a phone: the clerk types, scans and files (R7)."""
    clerk = hari.meja.petugas(hari.loket(kasus.kunjungan.kantor))
    who = {"nama": kasus.orang.nama, "nik": kasus.orang.nik}
    permohonan.ajukan(hari, clerk, kasus, who)


def pindai(hari: Hari, kasus: Kasus) -> None:
    """The papers that a resident promised to bring are there: scanned into his case."""
    clerk = _petugas(hari, kasus)
    case = clerk.get(f"/v1/permohonan/{kasus.id}")
    for kode in wanted(case):
        berkas.kirim(hari, clerk, case, kode, gambar.pindaian(kode, kasus.kunjungan.benih))


def periksa(hari: Hari, kasus: Kasus) -> None:
    """Open each paper, then complete, one list, or on to the other office (R3, R6, R9)."""
    clerk, path = _petugas(hari, kasus), f"/v1/permohonan/{kasus.id}"
    case: dict[str, Any] = until(
        lambda: c if (c := clerk.get(path))["status"] == "diperiksa" else None,
        f"{kasus} at the counter",
        hari.sabar,
    )
    if kasus.kunjungan.salah is not None and not kasus.dipindah:
        _pindahkan(hari, kasus, clerk)
        return
    receipts = petugas.seen(clerk, case)
    wrong = _DAFTAR.get(kasus.kunjungan.lakon)
    if wrong and kasus.salah and not kasus.kembali:
        kind, reason, words = wrong
        point = {"jenis": kind, "kode": kasus.salah, "alasan": reason, "teks": words}
        clerk.post(f"{path}/periksa", {"hasil": "kurang", "kekurangan": [point]})
    elif kasus.kunjungan.alur == "TERUSKAN":
        sent = {"rujukan": f"400.12/{kasus.kunjungan.nomor}", "tanggal": hari.hari_ini.isoformat()}
        clerk.post(f"{path}/teruskan", {**sent, "tanda_lihat": receipts})
    else:
        clerk.post(f"{path}/periksa", {"hasil": "lengkap", "tanda_lihat": receipts, "tanpa": []})


def hasil(hari: Hari, kasus: Kasus) -> None:
    """What the other office did (R9)."""
    clerk = _petugas(hari, kasus)
    clerk.post(f"/v1/permohonan/{kasus.id}/hasil", {"hasil": "selesai", "teks": "Ambil di Disdukcapil."})


def serahkan(hari: Hari, kasus: Kasus, surat: str) -> None:
    """Originals are ticked and the letter goes out (R8)."""
    clerk = _petugas(hari, kasus)
    letter = clerk.get(f"/v1/surat/{surat}")
    expect(letter["nomor"], f"a letter without a number: {letter}")
    if not letter["diserahkan"]:
        papers = clerk.get(f"/v1/permohonan/{kasus.id}")["syarat"]
        seen = [{"syarat": p["kode"], "hasil": p["asli"]} for p in papers if p["berkas"]]
        clerk.post(f"/v1/surat/{surat}/serah", {"asli": seen, "kepada": "pemohon"})


def _pindahkan(hari: Hari, kasus: Kasus, clerk: Client) -> None:
    """Not of this kelurahan: on to the right one, whose counter checks it (R7)."""
    right = {"kantor": kasus.kunjungan.kantor.kode}
    there = clerk.post(f"/v1/permohonan/{kasus.id}/pindah", right)["pindah_ke"]
    hari.buku.pindah(kasus, there["id"], there["nomor_resi"])
    counter = hari.loket(kasus.kantor, kasus.kunjungan.alur)
    hari.meja.titip(counter, kasus, lambda k: periksa(hari, k))


def _petugas(hari: Hari, kasus: Kasus) -> Client:
    return hari.meja.petugas(hari.loket(kasus.kantor, kasus.kunjungan.alur))
