"""Every screen in every role, at the width of a phone and of a desk: judged, and none of the routes left out."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, FilePayload
from werkzeug.serving import make_server

from chassis.metrics import Metrics
from ekel.demo import verifikasi
from frontend.aplikasi import create
from frontend.halaman.cek import PDF
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings
from support.halaman_depan import menolak
from support.jelajah import Jelajah
from support.kantor_ramai import WARGA, Ramai, ramai
from support.kursi import petugas
from support.peramban import Layar, layar
from support.system import System

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
# Pages of everybody: who is signed in need not see each of them again.
UMUM = {"/", "/layanan", "/layanan/<kode>", "/kantor", "/lacak", "/cek", "/masuk", "/masuk/kirim-ulang"}
# Pages of an office look the same to whoever works there: the first who sees them is enough for these.
BERSAMA = {"/laporan", "/register", "/arsip", "/loket/agenda", "/perangkat", "/perangkat/sandi", "/pesan"}

# Opened only by a step that changes something: played in the files beside this, or by the pages' own component tests.
DI_TEMPAT_LAIN = {
    "/berkas/<uuid:id>/gambar",
    "/lihat/pindaian/<uuid:id>.pdf",
    "/lihat/pindaian/<uuid:id>/<int:hal>.png",
    "/loket/permohonan/<uuid:id>/tumpukan/<uuid:berkas>",
    "/permohonan/<uuid:id>/berkas/<kode>",
    "/rt-rw/<tautan>",
}
# For machines.
MESIN = {"/manifest.webmanifest", "/.well-known/assetlinks.json", "/sw.js"}


@pytest.fixture(scope="module")
def kantor(sistem: System) -> Ramai:
    return ramai(sistem)


@pytest.fixture(scope="module")
def muka(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The front end alone; nobody answers where its gateway should be."""
    folder = tmp_path_factory.mktemp("muka")
    settings = Settings(env="test", data=folder, gateway_url="http://127.0.0.1:1")
    return create(settings, Metrics(settings.contracts), Pengunjung(0, folder / "none", harus=False))


@pytest.fixture(scope="module")
def jelajah(muka: Flask) -> Jelajah:
    return Jelajah(muka.url_map.bind("127.0.0.1"))


def test_pages_before_the_sign_in(sistem: System, peramban: Browser, kantor: Ramai, jelajah: Jelajah) -> None:
    clerk = kantor.siapa("loket.pancoranmas")
    pdf = clerk.call("GET", f"/v1/surat/{kantor.surat['selesai']}/pdf").content
    start = ["/", "/layanan?q=pindah", "/layanan?q=zzz", "/luring", f"/v/{verifikasi.code(pdf)}"]
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        jelajah.ikut(hp.page)
        jelajah.telusuri(hp, "publik", start)
        hp.buka("/tidak-ada")
        jelajah.lihat(hp.page, "publik", "tidak ada")
    jelajah.baik()


def test_pages_of_a_resident_with_a_case_in_every_state(
    sistem: System, peramban: Browser, kantor: Ramai, jelajah: Jelajah
) -> None:
    own = ("draf", "kembali", "siap", "selesai", "ditolak", "batal", "menunggu")
    cases = [f"/permohonan/{kantor.kasus[name]}" for name in own]
    start = ["/kasus", *cases, f"/permohonan/{kantor.kasus['draf']}/berkas", "/mulai/SKDOM"]
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        jelajah.ikut(hp.page)
        hp.masuk(WARGA.surel)
        jelajah.telusuri(hp, "warga", start, UMUM)
    jelajah.baik()


@pytest.mark.parametrize(
    ("siapa", "mulai", "lewati"),
    [
        ("loket", "/loket", set[str]()),
        ("loket.depok", "/loket", BERSAMA),
        ("loket.kec.pancoranmas", "/loket", BERSAMA),
        ("kasi", "/tugas", BERSAMA),
        ("lurah", "/tugas", BERSAMA),
        ("lurah.mekarjaya", "/tugas", BERSAMA),
        ("camat", "/tugas", BERSAMA),
        ("admin", "/loket/kantor", BERSAMA),
        # From where a sign-in leads them, whatever is there.
        ("seklur", "/tugas", BERSAMA),
        ("kasi.kec.pancoranmas", "/tugas", BERSAMA),
        ("sekcam", "/tugas", BERSAMA),
        ("admin.kel.depok", "/loket/kantor", BERSAMA),
        ("operator", "/loket/kantor", BERSAMA),
    ],
)
def test_pages_of_the_office(
    sistem: System,
    peramban: Browser,
    kantor: Ramai,
    jelajah: Jelajah,
    siapa: str,
    mulai: str,
    lewati: set[str],
) -> None:
    with petugas(sistem, peramban, siapa) as official:
        jelajah.ikut(official.page)
        jelajah.telusuri(official, siapa, [mulai, *_juga(kantor, siapa)], UMUM | lewati)
    jelajah.baik()


def test_pages_without_a_gateway(muka: Flask, peramban: Browser, jelajah: Jelajah, tmp_path: Path) -> None:
    server = make_server("127.0.0.1", 0, muka, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with layar(peramban, f"http://127.0.0.1:{server.server_port}", tmp_path, pekerja=False) as hp:
            hp.buka("/layanan")
            assert hp.judul() == "Layanan sedang terganggu"
            jelajah.lihat(hp.page, "publik", "terganggu")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    jelajah.baik()


def test_pages_that_say_no(peramban: Browser, jelajah: Jelajah, tmp_path: Path) -> None:
    """Too often, too large, too old, another's page, a session that ended: words, and a way on."""
    with menolak(tmp_path) as (url, kuki), layar(peramban, url, tmp_path, pekerja=False) as hp:
        jelajah.ikut(hp.page)
        _sebagai(hp, kuki("inspektur"))
        hp.buka("/petugas")
        jelajah.lihat(hp.page, "publik", "akun tanpa halaman")
        _sebagai(hp, kuki("petugas_loket"))
        for path, title in (
            ("/layanan", "Terlalu sering, coba lagi nanti"),
            ("/tugas", "Halaman ini bukan untuk akun Anda"),
            ("/loket", "Masuk petugas dan pejabat"),
        ):
            hp.buka(path)
            assert hp.judul() == title
            jelajah.lihat(hp.page, "publik", f"menolak {path}")
        assert "Waktu masuk Anda habis" in hp.page.locator("main").inner_text()
        _sebagai(hp, kuki("petugas_loket"))
        hp.buka("/loket/ktp")
        hp.page.fill("#nama", "Sari Contohwati")
        hp.page.check("#dilihat")
        hp.tekan("Buat slip")
        assert hp.judul() == "Waktu masuk Anda habis"
        jelajah.lihat(hp.page, "publik", "habis saat mengirim")
        hp.buka("/cek")
        big = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=b"%PDF" + bytes(PDF))
        hp.page.set_input_files("input[type=file]", big)
        hp.page.locator("main form:has(input[type=file]) button").click()
        assert hp.judul() == "Kiriman terlalu besar"
        jelajah.lihat(hp.page, "publik", "terlalu besar")
        hp.buka("/cek")
        hp.page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach(e => { e.value = 'lama'; })")
        hp.page.locator("main form:has(input[type=file]) button").click()
        assert hp.judul() == "Halaman sudah terlalu lama dibuka"
        jelajah.lihat(hp.page, "publik", "terlalu lama")
    jelajah.baik()


def test_no_page_was_left_out(muka: Flask, jelajah: Jelajah) -> None:
    """After the others of this file: every route that can be opened has answered in one of them."""
    routes = {rule.rule for rule in muka.url_map.iter_rules() if "GET" in (rule.methods or ())}
    seen = {rule for method, rule in jelajah.dilihat if method == "GET"}
    left = sorted(routes - seen - DI_TEMPAT_LAIN - MESIN)
    assert not left, "\n".join(left)
    assert not sorted((DI_TEMPAT_LAIN | MESIN) - routes)


def _sebagai(hp: Layar, kuki: str) -> None:
    hp.page.context.add_cookies([{"name": "ekel_sesi", "value": kuki, "url": hp.url}])


def _juga(kantor: Ramai, siapa: str) -> list[str]:
    """Where the queue alone does not lead."""
    kasus, surat = kantor.kasus, kantor.surat["siap"]
    if siapa == "lurah":
        return [f"/arsip/{surat}/cabut"]
    if siapa != "loket":
        return []
    walk_in = [f"/loket/permohonan/{kasus['datang']}/datang/{step}" for step in ("1", "berkas", "kirim")]
    letter = [f"/loket/surat/{surat}/{step}" for step in ("serah", "perbaiki")]
    return [*walk_in, *letter, f"/loket/permohonan/{kasus['kembali']}/perbaiki", "/loket/cari?q=zzz"]
