"""Signatures that are more than a seal, and what an official sends back: played at the pages by whose turn it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ekel.demo import petugas as langkah
from ekel.demo.client import Client
from support.balai import Balai
from support.halaman import lihat
from support.kursi import Kursi, buka_tugas, isi, petugas
from support.lakon import diajukan, sign_in, stage
from support.letters import dipindai
from support.peramban import Layar, foto, jawaban, layar
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
DEPOK, MEKARJAYA = "3276011006", "3276051004"
FRASA = "kebun mangga di tepi situ"


def test_a_letter_in_ink_is_printed_scanned_back_compared_and_handed_over(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    id = _disetujui(sistem, sign_in(sistem, "admin.pancoranmas"), DEPOK, "basah", 701)
    with petugas(sistem, peramban, "loket.depok") as loket:
        loket.tunggu_isi("/loket/basah", "Cetak, minta tanda tangan dan cap, lalu pindai")
        lihat(loket.page)
        loket.page.click(".ek-kartu__tautan")
        lihat(loket.page)
        _dipindai(loket, tmp_path)
        loket.tekan("Sahkan surat")
        assert "Bandingkan dulu keduanya, lalu beri centang." in isi(loket)
        loket.page.check("#sama")
        loket.tekan("Sahkan surat")
        assert "Surat disahkan dan segera terbit." in isi(loket)
        lihat(loket.page)
        loket.tunggu_isi("/loket/basah", "Tidak ada surat yang menunggu tanda tangan basah.")
        loket.tunggu_isi(f"/loket/permohonan/{id}", "Serahkan surat")
        loket.tekan("Serahkan surat")
        assert "Tidak ada berkas asli yang perlu dilihat." in isi(loket)
        loket.tekan("Surat sudah diserahkan")
        assert "Surat sudah diserahkan" in isi(loket)
        assert loket.asing == []


def test_an_own_signature_needs_the_passphrase_that_its_owner_chose(
    sistem: System, peramban: Browser
) -> None:
    admin = sign_in(sistem, "admin.sukmajaya")
    given = admin.post("/v1/surat/sertifikat", {"akun": "lurah.mekarjaya"})["frasa_sementara"]
    id = _disetujui(sistem, admin, MEKARJAYA, "tte", 702)
    with petugas(sistem, peramban, "lurah.mekarjaya") as lurah:
        lurah.tunggu_isi("/tugas", "Tanda tangani 1 surat")
        lihat(lurah.page)
        lurah.tekan("Tanda tangani 1 surat")
        assert "Ganti dulu frasa sementara" in isi(lurah)
        lihat(lurah.page)
        _frasa_diganti(lurah, given)
        lurah.page.fill("#frasa", "bukan frasanya")
        lurah.tekan("Tanda tangani")
        assert "Frasa" in lurah.page.locator(".govuk-error-summary").inner_text()
        lihat(lurah.page)
        lurah.page.fill("#frasa", FRASA)
        lurah.tekan("Tanda tangani")
        assert lurah.judul() == "1 ditandatangani"
        lihat(lurah.page)
        lurah.tekan("Ke daftar tugas")
        assert "Tidak ada yang menunggu Anda." in isi(lurah)
    with petugas(sistem, peramban, "loket.mekarjaya") as loket:
        loket.tunggu_isi(f"/loket/permohonan/{id}", "Serahkan surat")
        assert "Nomor " in isi(loket)


def test_what_an_official_sends_back_is_put_right_and_comes_to_him_again(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    panggung = stage(sistem)
    clerk = sign_in(sistem, "loket.pancoranmas")
    surel, answers = jawaban(703, sistem.settings.clock().now().date())
    id = diajukan(panggung, 703, answers)
    langkah.check(panggung, clerk, id)
    with petugas(sistem, peramban, "kasi") as kasi:
        buka_tugas(kasi, id)
        _dikembalikan(kasi)
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        hp.masuk(surel)
        hp.tunggu(f"/permohonan/{id}", "Perlu diperbaiki")
        assert "Nomor rumah di KTP 12 B." in isi(hp)
        lihat(hp.page)
        hp.tekan("Kirim KTP")
        hp.page.set_input_files("#berkas-KTP", foto(tmp_path, "KTP"))
        hp.page.wait_for_selector("#KTP [data-keadaan=bersih]")
        hp.tekan("Selesai")
        hp.page.fill("[name=alamat]", "Jalan Belimbing Nomor 12 B")
        hp.tekan("Kirim perbaikan")
        assert hp.judul() in {"Diterima", "Sedang diperiksa"}
        assert hp.asing == []
    langkah.check(panggung, clerk, id)
    with petugas(sistem, peramban, "kasi") as kasi:
        kasi.tunggu_isi("/tugas", "Sudah diperbaiki warga")
        buka_tugas(kasi, id)
        kasi.page.click("text=Isian pemohon")
        assert "Jalan Belimbing Nomor 12 B" in isi(kasi)
        lihat(kasi.page)
        kasi.tekan("Paraf")
        assert "Sudah diparaf" in isi(kasi)


def _disetujui(sistem: System, admin: Client, kantor: str, cara: str, seed: int) -> str:
    """A case of an office that signs so, approved by its lurah; the application's id."""
    path = f"/v1/kantor/{kantor}"
    tag = admin.call("GET", path).headers["ETag"]
    told = {"tanda_tangan": {"SKDOM": cara}}
    admin.call("PATCH", path, body=told, headers={"If-Match": tag})
    balai = Balai(sistem.url, kantor, sistem.settings.clock().now().date())
    id = balai.ajukan(seed)
    until(
        lambda: balai.loket.get(f"/v1/permohonan/{id}")["status"] == "diperiksa", what="ready for the counter"
    )
    balai.lengkap(id)
    balai.paraf(balai.menunggu("kasi", {id})[id])
    task = balai.menunggu("lurah", {id})[id]
    balai.setuju(task, balai.konfirmasi(task))
    return id


def _dipindai(loket: Kursi, folder: Path) -> None:
    """The printed sheet is signed and scanned; what is no scan is refused."""
    sheet = loket.page.request.get(loket.url + _alamat(loket, "Cetak surat")).body()
    loket.tekan("Kirim pindaian")
    assert "Pilih hasil pindai" in isi(loket)
    scan = folder / "pindaian.jpg"
    scan.write_bytes(dipindai(sheet))
    loket.page.set_input_files("#pindaian", scan)
    loket.tekan("Kirim pindaian")
    place = loket.page.url.removeprefix(loket.url).partition("?")[0]
    loket.tunggu_isi(place, "Bandingkan")
    for picture in loket.page.locator(".ek-lihat img").all():
        picture.scroll_into_view_if_needed()
        until(partial(picture.evaluate, "e => e.complete && e.naturalWidth > 0"), what="both pictures")
    lihat(loket.page)


def _alamat(loket: Layar, words: str) -> str:
    return str(loket.page.get_by_role("button", name=words).get_attribute("href"))


def _frasa_diganti(lurah: Layar, given: Any) -> None:
    lurah.page.fill("#lama", str(given))
    lurah.page.fill("#baru", FRASA)
    lurah.tekan("Simpan frasa baru")
    assert "Frasa sudah diganti." in isi(lurah)


def _dikembalikan(kasi: Layar) -> None:
    """One list of a paper and a field; an empty one is refused, and then every field stands open."""
    kasi.tekan("Kembalikan")
    lihat(kasi.page)
    kasi.tekan("Kembalikan")
    assert "Centang dulu berkas atau isian" in isi(kasi)
    kasi.page.select_option("#kurang-syarat-KTP", "buram")
    kasi.page.select_option("#kurang-medan-alamat", "tidak_cocok")
    kasi.page.fill("#teks-alamat", "Nomor rumah di KTP 12 B.")
    kasi.tekan("Kembalikan")
    assert "Sudah dikembalikan." in isi(kasi)
