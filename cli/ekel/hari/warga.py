"""Residents: get a slip and choose a PIN, file from the phone, correct what was returned, cancel, read the page."""

from __future__ import annotations

from ekel.demo.client import Client, Unexpected
from ekel.demo.stage import expect, until
from ekel.hari import berkas, gambar, loket, permohonan
from ekel.hari.buku import HALAMAN, SERAH, Kasus
from ekel.hari.hari import Hari
from ekel.hari.rencana import Lakon

_PAGES = ("layanan-hanya-informasi", "layanan-dibatasi")


def datang(hari: Hari, kasus: Kasus) -> None:
    """The visit begins: at home, or at the counter."""
    visit = kasus.kunjungan
    if visit.lakon is Lakon.LOKET:
        counter = hari.loket(visit.kantor)
        hari.meja.titip(counter, kasus, lambda k: loket.terima(hari, k))
        return
    kasus.ponsel = masuk(hari, kasus)
    if visit.lakon is Lakon.HALAMAN:
        baca_halaman(hari, kasus, kasus.ponsel)
        return
    permohonan.ajukan(hari, kasus.ponsel, kasus)
    if visit.lakon is Lakon.BATAL:
        kasus.ponsel.post(f"/v1/permohonan/{kasus.id}/batal", {})
    elif visit.lakon is Lakon.BAWA:
        counter = hari.loket(visit.kantor, visit.alur)
        hari.meja.titip(counter, kasus, lambda k: loket.pindai(hari, k))


def masuk(hari: Hari, kasus: Kasus) -> Client:
    """By a slip of the counter, which saw his KTP, and a PIN of his own (R1)."""
    clerk = hari.meja.petugas(hari.loket(kasus.kunjungan.kantor))
    seen = {"ktp_dilihat": True, "nik": kasus.orang.nik, "nama": kasus.orang.nama}
    slip = clerk.post("/v1/warga", seen, wanted=201)
    pin = f"{hari.rng(kasus, 'pin').choice((27, 38, 49))}5{kasus.kunjungan.benih % 9}08"
    used = {"nomor": slip["nomor"], "kode": slip["kode"], "pin": pin}
    return hari.client.signed_in(hari.client.post("/v1/warga/aktivasi", used)["token"])


def baca_halaman(hari: Hari, kasus: Kasus, ponsel: Client) -> None:
    """What this office does not issue is refused with the reason and the way (R9)."""
    visit = kasus.kunjungan
    page = ponsel.get(f"/v1/layanan/{visit.layanan}")
    expect(page["informasi"] or page["dibatasi"], f"{visit.layanan} has no page")
    asked = {"layanan": visit.layanan, "kantor": visit.kantor.kode, "jawaban": {}}
    told = ponsel.call("POST", "/v1/permohonan", body=asked, wanted=409).data
    expect(told["type"].rsplit(":", 1)[-1] in _PAGES, f"refused otherwise: {told}")
    hari.buku.selesai(kasus, HALAMAN)


def perbaiki(hari: Hari, kasus: Kasus) -> None:
    """One list came back: everything on it is mended and sent once."""
    phone, path = kasus.ponsel, f"/v1/permohonan/{kasus.id}"
    if phone is None:
        raise Unexpected("a walk-in's case was returned")
    case = until(
        lambda: c if (c := phone.get(path))["status"] == "diperbaiki" else None, "the list", hari.sabar
    )
    named = {(point["jenis"], point["kode"]) for point in case["kekurangan"]}
    expect(named, f"returned without a list: {case['kekurangan']}")
    answers = {kode: kasus.nik for kind, kode in named if kind == "medan"}
    papers = sorted(kode for kind, kode in named if kind == "syarat")
    for kode in papers:
        berkas.kirim(hari, phone, case, kode, gambar.foto(kode, kasus.kunjungan.benih * 10 + 9))
    ways = [{"kode": kode, "cara": "unggah"} for kode in papers]
    phone.post(f"{path}/perbaiki", {"jawaban": answers, "syarat": ways})


def unduh(hari: Hari, kasus: Kasus, surat: str) -> None:
    """The letter on the phone, unless it is given out at the counter alone (R8)."""
    phone = kasus.ponsel
    if phone is not None and phone.get(f"/v1/surat/{surat}")["boleh_unduh"]:
        pdf = phone.call("GET", f"/v1/surat/{surat}/pdf").content
        expect(pdf.startswith(b"%PDF-"), "the letter is no PDF")
    hari.buku.selesai(kasus, SERAH)
