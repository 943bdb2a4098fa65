"""Small on a weak line, alive without one, and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as Gagal

from ekel.demo.people import PASSWORD
from support.halaman import lihat
from support.kursi import isi
from support.muka import muka
from support.peramban import Layar, jawaban, layar
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
FIRST, AGAIN = 60_000, 15_000  # bytes over the line for one view
PAGES = (
    *("/", "/layanan?q=pindah", "/layanan?q=zzz", "/layanan/SKDOM", "/layanan/WARIS", "/kantor"),
    *("/masuk", "/masuk/pin", "/masuk/petugas", "/masuk/petugas/aplikasi", "/aktivasi"),
    *("/masuk/kirim-ulang", "/lacak", "/cek"),
    *("/v/AAAA-BBBB-CCCC", "/luring", "/tidak-ada"),
)


def test_pages_before_the_sign_in_are_fit_for_everybody_and_ask_nobody_else(
    sistem: System, peramban: Browser
) -> None:
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        for path in PAGES:
            hp.buka(path)
            lihat(hp.page)
        assert hp.asing == []
        assert [g for g in hp.galat if "404" not in g] == []


def test_the_app_of_a_signer_is_shown_as_a_picture_and_in_letters(sistem: System, peramban: Browser) -> None:
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        hp.buka("/masuk/petugas/aplikasi")
        hp.page.fill("#akun", "kasi.pancoranmas")
        hp.page.fill("#sandi", PASSWORD)
        hp.tekan("Tampilkan kode QR")
        assert hp.page.locator("img[alt^='Kode QR']").evaluate("e => e.complete && e.naturalWidth > 0")
        lihat(hp.page)
        assert hp.galat == []


def test_the_first_view_and_the_next_are_small(sistem: System, peramban: Browser) -> None:
    with layar(peramban, sistem.pages, sistem.folder, pekerja=False) as hp:
        with _counted(hp) as first:
            hp.page.goto(hp.url + "/", wait_until="networkidle")
        with _counted(hp) as again:
            hp.page.goto(hp.url + "/layanan/SKDOM", wait_until="networkidle")
        assert 5_000 < sum(first) <= FIRST
        assert 500 < sum(again) <= AGAIN


def test_without_a_line_the_page_says_so_in_its_own_style(sistem: System, peramban: Browser) -> None:
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        hp.buka("/")
        # Not wait_for_function: it evaluates inside the page, which the page's policy refuses.
        worker = "navigator.serviceWorker.controller !== null"
        until(lambda: hp.page.evaluate(worker), what="the service worker at work")
        hp.page.context.set_offline(True)
        hp.buka("/lacak")
        assert hp.judul() == "Tidak ada sinyal"
        green = hp.page.evaluate("getComputedStyle(document.querySelector('.ek-kepala')).backgroundColor")
        assert green == "rgb(11, 93, 59)"


def test_a_killed_front_end_of_one_kelurahan_takes_no_other_with_it(
    sistem: System, peramban: Browser
) -> None:
    (surel, _), (other, answers) = (
        jawaban(seed, sistem.settings.clock().now().date()) for seed in (600, 601)
    )
    with (
        muka(sistem, "3276011006") as depok,
        muka(sistem, "3276011008") as pancoranmas,
        layar(peramban, depok.url, sistem.folder, pekerja=False) as gone,
        layar(peramban, pancoranmas.url, sistem.folder, pekerja=False) as hp,
    ):
        _offered(gone, "Depok", "Kelurahan Pancoran Mas", surel)
        _offered(hp, "Pancoran Mas", "Kelurahan Depok", other)
        depok.kill()
        with pytest.raises(Gagal, match="ERR_CONNECTION_REFUSED"):
            gone.buka("/")
        hp.tekan("Lanjut")
        hp.isi(answers)
        assert hp.page.url.endswith("/berkas")
        hp.buka("/kasus")
        assert "Domisili" in isi(hp)
        assert hp.asing == []


def _offered(hp: Layar, nama: str, lain: str, surel: str) -> None:
    """The pages know one office: it is not asked for, and no other is named."""
    hp.buka("/kantor")
    assert f"Kelurahan {nama}, " in isi(hp)
    assert lain not in isi(hp)
    hp.buka("/layanan/SKDOM")
    hp.tekan("Mulai")
    hp.masuk(surel)
    hp.page.check("input[name=hubungan][value=diri_sendiri]")
    assert f"Kelurahan {nama}, Kecamatan Pancoran Mas" in isi(hp)
    assert hp.page.locator("select").count() == 0
    lihat(hp.page)


@contextmanager
def _counted(hp: Layar) -> Iterator[list[float]]:
    """Bytes of every answer as they came over the line, headers with them."""
    watch = hp.page.context.new_cdp_session(hp.page)
    sizes: list[float] = []
    watch.on("Network.loadingFinished", lambda e: sizes.append(float(e["encodedDataLength"])))
    watch.send("Network.enable")
    yield sizes
    watch.detach()
