"""Small on a weak line, alive without one, and nothing from anywhere else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as Gagal

from ekel.demo.client import Client
from ekel.demo.people import PASSWORD, resident
from ekel.hari import formulir
from ekel.hari.formulir import Pengisi
from support.halaman import lihat
from support.kursi import isi
from support.muka import muka
from support.peramban import Layar, foto, jawaban, layar
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


def test_every_page_forbids_what_is_not_its_own_and_has_nothing_inline(
    sistem: System, peramban: Browser
) -> None:
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        for path in PAGES:
            answer = hp.page.request.get(hp.url + path)
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy or "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", answer.text()) == []


def test_without_scripts_every_kind_of_field_and_every_way_of_a_paper_can_be_used(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    person, today, anybody = resident(610), sistem.settings.clock().now().date(), Client(sistem.url)
    forms = {
        s["kode"]: anybody.get(f"/v1/layanan/{s['kode']}")["medan"] for s in anybody.get("/v1/layanan")["isi"]
    }
    kinds = {kode: {field["jenis"] for field in form} for kode, form in forms.items()}
    # The other is filled in without scripts by test_warga.py.
    assert kinds["RAMAI"] | kinds["SKDOM"] == set().union(*kinds.values())
    filler = Pengisi(layanan="RAMAI", orang=person, hari_ini=today, rng=random.Random(610))
    with layar(peramban, sistem.pages, sistem.folder, skrip=False) as hp:
        hp.buka("/layanan/RAMAI")
        hp.tekan("Mulai")
        hp.masuk(person.surel)
        hp.page.check("input[name=hubungan][value=diri_sendiri]")
        hp.page.select_option("#kantor", "3276011008")
        hp.tekan("Lanjut")
        hp.isi(formulir.isi(forms["RAMAI"], filler))
        _papers_by_every_way(hp, tmp_path)
        hp.page.check("input[name=benar]")
        hp.tekan("Kirim permohonan")
        assert hp.judul() == "Permohonan terkirim"
        id = hp.page.url.split("/")[-2]
        hp.buka(f"/permohonan/{id}")
        assert "bawa ke loket" in isi(hp)
        hp.page.click("text=Batalkan permohonan")
        hp.tekan("Ya, batalkan")
        hp.tunggu(f"/permohonan/{id}", "Dibatalkan")
        hp.tekan("Ajukan lagi dari isian ini")
        assert hp.page.url.endswith("/isi/1")
        assert hp.page.locator(f"input[value='{person.nik}']").count() == 1
        assert hp.asing == []


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
        with pytest.raises(Gagal, match="ERR_CONNECTION_"):
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


def _papers_by_every_way(hp: Layar, folder: Path) -> None:
    """The first paper is not there, which needs a reason; the last is sent; those between come to the counter."""
    kept = hp.page.locator("[data-syarat][data-wajib=ya]").all()
    first, *between, last = [str(each.get_attribute("data-syarat")) for each in kept]
    for reason in ("", "Rumah kami kebanjiran."):
        _opened(hp, first)
        hp.page.fill(f"#alasan-{first}", reason)
        hp.page.click(f"#{first} button:text('Saya tidak punya')")
        assert ("Tulis dulu mengapa tidak punya." in isi(hp)) == (not reason)
    for kode in between:
        _opened(hp, kode)
        hp.page.click(f"#{kode} button:text('Saya bawa ke loket')")
    hp.page.set_input_files(f"#berkas-{last}", foto(folder, last))
    with hp.page.expect_navigation():  # a page that is still leaving cannot be loaded again
        hp.page.click(f"#{last} .ek-unggah button")

    def clean() -> bool:
        hp.page.reload()
        return hp.page.locator(f"#{last} [data-keadaan=bersih]").count() == 1

    until(clean, what=f"{last} clean")
    assert "Anda memilih: tidak punya." in isi(hp)
    hp.tekan("Lanjut")


def _opened(hp: Layar, kode: str) -> None:
    """The part of a paper's section that is folded up at first."""
    if not hp.page.locator(f"#{kode} details").evaluate("each => each.open"):
        hp.page.click(f"#{kode} summary")


@contextmanager
def _counted(hp: Layar) -> Iterator[list[float]]:
    """Bytes of every answer as they came over the line, headers with them."""
    watch = hp.page.context.new_cdp_session(hp.page)
    sizes: list[float] = []
    watch.on("Network.loadingFinished", lambda e: sizes.append(float(e["encodedDataLength"])))
    watch.send("Network.enable")
    yield sizes
    watch.detach()
