"""Journeys to their end: a camat's letter over a bad line, a forwarded case, a second list, a moved case."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from ekel.demo import petugas as langkah
from ekel.demo import warga
from ekel.demo.people import PASSWORD, resident, sktm
from ekel.demo.stage import Stage
from ekel.hari import formulir, gambar
from ekel.hari.formulir import Pengisi
from support.halaman import lihat
from support.kabel import Kabel, kabel
from support.kode_qr import alamat
from support.kursi import buka_tugas, isi, petugas, sampai_simpulan
from support.lakon import diajukan, sign_in, stage
from support.peramban import Layar, jawaban, layar
from support.system import System
from support.waiting import until

LENGTH = re.compile(r'name="panjang"\r\n\r\n(\d+)')
NOMOR = re.compile(r"\b4\d\d[.\d]*/\d{4}/")
pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
DEPOK = "3276011006"
CAMERA = 0  # whose telephone has 12 megapixels
SLOW_3G = {"offline": False, "latency": 400, "uploadThroughput": 50_000, "downloadThroughput": 50_000}
UNLIMITED = {"uploadThroughput": -1, "downloadThroughput": -1}
BERKAS = ("KK", "PENGANTAR_RT_RW", "KTP", "PERNYATAAN_TIDAK_MAMPU", "FOTO_RUMAH")
DEATHS = (150_000, 230_000)  # bytes up the line: in the middle of the second piece, and of one after it
PIECE = (
    128 * 1024
)  # bytes: more than two deaths lose with all that is sent around; a new beginning costs more


def test_a_camats_letter_is_begun_over_a_line_that_dies_twice_and_is_verified_by_its_qr_code(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    person = resident(800)
    with kabel(sistem.pages) as line, layar(peramban, line.url, sistem.folder, pekerja=False) as hp:
        hp.buka("/layanan/SKTM")
        hp.tekan("Mulai")
        hp.masuk(person.surel)
        hp.page.check("input[name=hubungan][value=diri_sendiri]")
        hp.page.select_option("#kantor", DEPOK)
        hp.tekan("Lanjut")
        hp.isi(sktm(person, _today(sistem)))
        _first_over_the_bad_line(hp, line, tmp_path)
        for kode in BERKAS[1:]:
            hp.page.set_input_files(f"#berkas-{kode}", _camera(tmp_path, kode))
            hp.page.wait_for_selector(f"#{kode} [data-keadaan=bersih]")
        hp.tekan("Lanjut")
        hp.page.check("input[name=benar]")
        hp.tekan("Kirim permohonan")
        assert hp.judul() == "Permohonan terkirim"
        id = hp.page.url.split("/")[-2]
        _decided(sistem, peramban, id)
        hp.tunggu(f"/permohonan/{id}", "Surat siap")
        assert len(NOMOR.findall(isi(hp))) == 2, "a number of each office"
        _handed_over(sistem, peramban, id)
        hp.tunggu(f"/permohonan/{id}", "Selesai")
        with hp.page.expect_download() as got:
            hp.tekan("Unduh surat")
        pdf = got.value.path().read_bytes()
        assert hp.asing == []
    with layar(peramban, sistem.pages, sistem.folder) as siapa_pun:
        siapa_pun.page.goto(place := alamat(pdf))
        assert "ASLI DAN BERLAKU" in siapa_pun.page.locator("body").inner_text()
        lihat(siapa_pun.page)
        siapa_pun.buka(urlsplit(place).path)  # the same letter's page here
        assert "Asli dan berlaku" in isi(siapa_pun)


def test_a_case_of_another_office_is_forwarded_and_its_outcome_told(
    sistem: System, peramban: Browser
) -> None:
    panggung = stage(sistem)
    today = _today(sistem)
    asked = panggung.client.get("/v1/layanan/PINDAH")["medan"]
    filler = Pengisi(layanan="PINDAH", orang=resident(801), hari_ini=today, rng=random.Random(801))
    id = diajukan(panggung, 801, formulir.isi(asked, filler), "PINDAH")
    with (
        petugas(sistem, peramban, "loket") as loket,
        layar(peramban, sistem.pages, sistem.folder) as hp,
    ):
        sampai_simpulan(loket, id)
        assert loket.judul() == "Teruskan ke Dinas Kependudukan dan Pencatatan Sipil?"
        lihat(loket.page)
        loket.tekan("Teruskan")
        assert "Isi dulu nomor" in loket.page.locator(".govuk-error-summary").inner_text()
        lihat(loket.page)
        loket.page.fill("#rujukan", "400.12/801")
        for part, given in zip(("tahun", "bulan", "hari"), today.isoformat().split("-"), strict=True):
            loket.page.fill(f"#tanggal-{part}", given)
        loket.tekan("Teruskan")
        hp.masuk(resident(801).surel)
        hp.tunggu(f"/permohonan/{id}", "Diteruskan")
        assert f"tanggal {today:%d-%m-%Y}, nomor 400.12/801" in isi(hp)
        lihat(hp.page)
        loket.buka("/loket?daftar=diteruskan")
        loket.page.click(f"a[href='/loket/permohonan/{id}']")
        loket.tekan("Simpan kabar")
        assert "Pilih kabar dari kantor tujuan." in isi(loket)
        loket.page.check("input[name=hasil][value=diminta_datang]")
        loket.page.fill("#teks", "Bawa KTP asli ke loket 3.")
        loket.tekan("Simpan kabar")
        assert "Kabar dari kantor tujuan dicatat." in isi(loket)
        lihat(loket.page)
        hp.buka(f"/permohonan/{id}")
        assert "meminta Anda datang. Bawa KTP asli ke loket 3." in isi(hp)
        lihat(hp.page)
        assert hp.asing + loket.asing == []


def test_a_second_list_goes_to_the_resident_only_with_the_lurahs_consent(
    sistem: System, peramban: Browser
) -> None:
    panggung = stage(sistem)
    surel, answers = jawaban(802, _today(sistem))
    id = diajukan(panggung, 802, answers)
    with petugas(sistem, peramban, "loket") as loket:
        sampai_simpulan(loket, id, {"KTP": "buram"})
        loket.tekan("Kirim daftar")
        _sent_again(panggung, id)
        sampai_simpulan(loket, id, {"KTP": "terpotong"})
        assert "KTP: terpotong" in isi(loket)
        loket.tekan("Kirim daftar")
        assert "Daftar kedua perlu izin lurah" in isi(loket)
        lihat(loket.page)
        with petugas(sistem, peramban, "lurah") as lurah:
            lurah.buka("/tugas")
            lurah.tekan("Izin daftar perbaikan kedua")
            assert resident(802).nama in isi(lurah)
            lihat(lurah.page)
            lurah.tekan("Izinkan daftar kedua")
            assert "Izin diberikan" in isi(lurah)
            lihat(lurah.page)
        loket.tekan("Kirim daftar")
        assert loket.page.url.endswith("?sudah=kembali")
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        hp.masuk(surel)
        hp.buka(f"/permohonan/{id}")
        assert hp.judul() == "Perlu diperbaiki"
        assert "terpotong" in isi(hp).lower()
        lihat(hp.page)


def test_the_resident_of_a_moved_case_finds_it_at_the_right_office_by_every_way(
    sistem: System, peramban: Browser
) -> None:
    panggung = stage(sistem)
    surel, answers = jawaban(803, _today(sistem))
    id = diajukan(panggung, 803, answers)
    clerk = sign_in(sistem, "loket.pancoranmas")
    until(lambda: clerk.get(f"/v1/permohonan/{id}")["status"] == "diperiksa", what="ready for the counter")
    moved = clerk.post(f"/v1/permohonan/{id}/pindah", {"kantor": DEPOK})
    lama, baru = moved["nomor_resi"], moved["pindah_ke"]
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        hp.masuk(surel)
        hp.buka("/kasus")
        assert baru["nomor_resi"] in isi(hp)
        lihat(hp.page)
        hp.buka(f"/permohonan/{id}")  # the link in an old message
        assert hp.page.url.endswith(baru["id"])
        assert "dipindah dari Kelurahan Pancoran Mas" in isi(hp)
        assert f"Resi lama {lama} tetap bisa dipakai" in isi(hp)
        assert "Kelurahan Depok, Kecamatan Pancoran Mas" in isi(hp)
        hp.tunggu(f"/permohonan/{id}", "Sedang diperiksa")  # its papers have arrived too
        lihat(hp.page)
        hp.tekan("Siapa melihat data saya di sana")
        lihat(hp.page)
        assert hp.asing == []


def _today(sistem: System) -> date:
    return sistem.settings.clock().now().date()


def _camera(folder: Path, kode: str) -> Path:
    """A photograph of 12 megapixels, turned by EXIF, as `ekel simulate-day` makes them; to choose in a file field."""
    file = folder / f"{kode}.jpg"
    file.write_bytes(gambar.foto(kode, CAMERA))
    with Image.open(file) as taken:
        assert (taken.size, taken.getexif()[0x0112]) == ((3024, 4032), 6)
    return file


def _first_over_the_bad_line(hp: Layar, line: Kabel, folder: Path) -> None:
    """The first paper on slow 3G: made small, cut off twice, and each time gone on from where it was."""
    kode, begun, size, told = BERKAS[0], list[int](), list[int](), list[int]()
    file = _camera(folder, kode)

    def note(request: Request) -> None:
        if request.method == "PATCH":
            begun.append(int(request.headers["upload-offset"]))
        elif said := LENGTH.search(request.post_data or ""):
            size.append(int(said.group(1)))

    hp.page.on("request", note)
    with _slow(hp.page):
        line.putus(DEATHS)
        hp.page.set_input_files(f"#berkas-{kode}", file)
        for _ in DEATHS:
            until(partial(_told, hp, line, kode), what="the page to tell that the line is dead")
            told.append(int(hp.page.locator(f"#maju-{kode}").evaluate("bar => bar.value")))
            line.hidup()
        hp.page.wait_for_selector(f"#{kode} [data-keadaan=bersih]")
    hp.page.remove_listener("request", note)
    assert 0 < told[0] < told[1] < 100, told
    assert size[0] < file.stat().st_size / 4, "the phone makes it smaller"
    assert begun == sorted(begun), begun
    assert begun.count(0) == 1, begun
    assert size[0] < line.naik < size[0] + PIECE, (size, line.naik, begun)


def _told(hp: Layar, line: Kabel, kode: str) -> bool:
    """Whether the line is dead and the page says so."""
    return line.mati and "Sinyal terputus" in hp.page.locator(f"#{kode} .ek-maju__kata").inner_text()


@contextmanager
def _slow(page: Page) -> Iterator[None]:
    """A page on slow 3G."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    yield
    line.send("Network.emulateNetworkConditions", {**SLOW_3G, "latency": 0, **UNLIMITED})
    line.detach()


def _decided(sistem: System, peramban: Browser, id: str) -> None:
    """The counter at its desk, lurah and camat on their phones; whose paraf stands between does it by the API."""
    panggung = stage(sistem)
    with petugas(sistem, peramban, "loket.depok") as loket:
        sampai_simpulan(loket, id)
        loket.tekan("Nyatakan lengkap")
    langkah.decide(panggung, "kasi.depok", id, "paraf")
    _signed(sistem, peramban, "lurah.depok", id)
    _sent_back_by_the_kecamatan(sistem, peramban, id)
    _signed(sistem, peramban, "lurah.depok", id)
    langkah.decide(panggung, "kasi.kec.pancoranmas", id, "paraf")
    langkah.decide(panggung, "sekcam.pancoranmas", id, "paraf")
    _signed(sistem, peramban, "camat.pancoranmas", id)


def _sent_back_by_the_kecamatan(sistem: System, peramban: Browser, id: str) -> None:
    """Its list is what the kelurahan's counter and first official read."""
    with petugas(sistem, peramban, "kasi.kec.pancoranmas") as kasi:
        buka_tugas(kasi, id)
        kasi.tekan("Kembalikan")
        kasi.page.select_option("#kurang-syarat-KTP", "buram")
        kasi.page.fill("#teks-KTP", "Pindai ulang KTP-nya.")
        kasi.tekan("Kembalikan")
        assert "Sudah dikembalikan." in isi(kasi)
    with petugas(sistem, peramban, "loket.depok") as loket:
        loket.tunggu_isi(f"/loket/permohonan/{id}", "Yang diminta kecamatan")
        assert "Pindai ulang KTP-nya." in isi(loket)
        lihat(loket.page)
    with petugas(sistem, peramban, "kasi.depok") as kasi:
        buka_tugas(kasi, id)
        assert "Pindai ulang KTP-nya." in isi(kasi)
        lihat(kasi.page)
        kasi.tekan("Paraf")
        assert "Sudah diparaf" in isi(kasi)


def _signed(sistem: System, peramban: Browser, siapa: str, id: str) -> None:
    with petugas(sistem, peramban, siapa) as pejabat:
        buka_tugas(pejabat, id)
        pejabat.page.fill("#bukti", PASSWORD)
        pejabat.tekan("Setujui")
        assert "Sudah disetujui" in isi(pejabat)


def _handed_over(sistem: System, peramban: Browser, id: str) -> None:
    with petugas(sistem, peramban, "loket.depok") as loket:
        loket.buka(f"/loket/permohonan/{id}")
        loket.tekan("Serahkan surat")
        for box in loket.page.locator("input[name=asli]").all():
            box.check()
        loket.tekan("Surat sudah diserahkan")
        assert "Surat sudah diserahkan" in isi(loket)


def _sent_again(panggung: Stage, id: str) -> None:
    """The resident photographs the returned paper once more and sends the list off."""
    phone = warga.sign_in(panggung, resident(802))
    case = phone.get(f"/v1/permohonan/{id}")
    warga.upload(panggung, phone, case, "KTP")
    ways = [{"kode": "KTP", "cara": "unggah"}]
    phone.post(f"/v1/permohonan/{id}/perbaiki", {"jawaban": {}, "syarat": ways})
