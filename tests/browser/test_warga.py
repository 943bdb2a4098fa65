"""A resident with a small phone: from plain words to the receipt and the tracking page, with a script and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from ekel.demo import petugas, verifikasi, warga
from ekel.demo.client import Client
from ekel.demo.stage import Stage
from support.halaman import lihat
from support.lakon import diajukan, stage
from support.peramban import Layar, foto, jawaban, layar
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
RESI = re.compile(r"\d{6}-[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]")


@pytest.mark.parametrize("skrip", [True, False], ids=["with scripts", "without scripts"])
def test_a_resident_applies_and_tracks_on_a_small_phone(
    sistem: System, peramban: Browser, tmp_path: Path, skrip: bool
) -> None:
    surel, answers = jawaban(100 + skrip, _today(sistem))
    look = lihat if skrip else _nothing
    with layar(peramban, sistem.pages, sistem.folder, skrip=skrip) as hp:
        _choose(hp, surel, look)
        look(hp.page, "isian")
        hp.tekan("Simpan dan lanjut")
        assert "Ada yang perlu diperbaiki" in hp.page.locator("main").inner_text()
        look(hp.page, "")
        hp.isi(answers)
        look(hp.page, "berkas")
        _papers(hp, tmp_path)
        look(hp.page, "")
        nomor, rahasia = _file(hp)
        look(hp.page, "resi")
        hp.buka("/perangkat")
        look(hp.page, "")
        hp.buka("/kasus")
        assert nomor in hp.page.locator("main").inner_text()
        look(hp.page, "")
        assert hp.asing == []
        assert [g for g in hp.galat if "422" not in g] == []
    with layar(peramban, sistem.pages, sistem.folder, skrip=skrip) as orang_lain:
        orang_lain.buka("/lacak")
        orang_lain.page.fill("#nomor_resi", nomor)
        orang_lain.page.fill("#rahasia", rahasia)
        orang_lain.tekan("Lacak")
        assert orang_lain.judul() in {"Diterima", "Sedang diperiksa"}
        assert answers["nama"] not in orang_lain.page.content()
        look(orang_lain.page, "")


def test_papers_arrive_over_a_line_that_dies_twice(sistem: System, peramban: Browser, tmp_path: Path) -> None:
    surel, answers = jawaban(200, _today(sistem))
    with layar(peramban, sistem.pages, sistem.folder, pekerja=False) as hp:
        _choose(hp, surel, _nothing)
        hp.isi(answers)
        tried: list[str] = []

        def dies(route: Route) -> None:
            tried.append(route.request.method)
            if route.request.method == "PATCH" and tried.count("PATCH") in {2, 3}:
                route.abort("connectionreset")
            else:
                route.continue_()

        hp.page.route("**/potongan/**", dies)
        hp.page.set_input_files("#berkas-KTP", foto(tmp_path, "KTP"))
        hp.page.wait_for_selector("#KTP [data-keadaan=bersih]")
        assert tried.count("HEAD") == 2, tried
        hp.page.wait_for_selector("#KTP img[src^='/berkas/']")


def test_what_came_back_is_put_right_and_the_letter_is_found_genuine(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    panggung = stage(sistem)
    surel, answers = jawaban(300, _today(sistem))
    loket = petugas.sign_in(panggung, "loket.pancoranmas")
    with layar(peramban, sistem.pages, sistem.folder) as hp:
        id = diajukan(panggung, 300, answers)
        hp.masuk(surel)
        _returned(panggung, loket, id)
        hp.buka(f"/permohonan/{id}")
        assert hp.judul() == "Perlu diperbaiki"
        lihat(hp.page, "perbaikan")
        hp.tekan("Kirim KTP")
        hp.page.set_input_files("#berkas-KTP", foto(tmp_path, "KTP"))
        hp.page.wait_for_selector("#KTP [data-keadaan=bersih]")
        hp.tekan("Selesai")
        assert "Sudah dikirim lagi" in hp.page.locator("main").inner_text()
        hp.page.fill("[name=alamat]", "Jalan Belimbing Nomor 12 B")
        hp.tekan("Kirim perbaikan")
        assert hp.judul() in {"Diterima", "Sedang diperiksa"}
        lihat(hp.page)
        petugas.check(panggung, loket, id)
        petugas.decide(panggung, "kasi.pancoranmas", id, "paraf")
        petugas.decide(panggung, "lurah.pancoranmas", id, "setuju")
        surat = petugas.letter(panggung, loket, id)
        hp.tunggu(f"/permohonan/{id}", "Surat siap")
        assert "Bawa:" in hp.page.locator("main").inner_text()
        lihat(hp.page, "surat-siap")
        hp.page.click("text=Diambil orang lain?")
        hp.tekan("Kode untuk ojek")
        assert re.search(r"\b\d{6}\b", hp.page.locator(".govuk-panel").inner_text())
        lihat(hp.page)
        petugas.hand_over(panggung, loket, surat["id"], _originals(loket, id))
        hp.tunggu(f"/permohonan/{id}", "Selesai")
        lihat(hp.page)
        _watched(hp, id)
        with hp.page.expect_download() as got:
            hp.tekan("Unduh surat")
        pdf = tmp_path / "surat.pdf"
        got.value.save_as(pdf)
    _verified(sistem, peramban, pdf, answers["nama"])


def _today(sistem: System) -> date:
    return sistem.settings.clock().now().date()


def _nothing(_page: Page, _name: str = "") -> None:
    """Without scripts a page cannot judge itself; it is the same page."""


def _choose(hp: Layar, surel: str, look: Callable[[Page, str], None]) -> None:
    """By plain words to the service, through the sign-in, to the first step of the form."""
    hp.buka("/")
    look(hp.page, "beranda")
    hp.page.fill("#q", "pindah rumah")
    hp.tekan("Cari")
    assert "Domisili" in hp.page.locator("main").inner_text()
    look(hp.page, "")
    hp.buka("/layanan/SKDOM")
    look(hp.page, "layanan")
    hp.tekan("Mulai")
    hp.masuk(surel)
    look(hp.page, "")
    hp.page.check("input[name=hubungan][value=diri_sendiri]")
    hp.page.select_option("#kantor", "3276011008")
    hp.tekan("Lanjut")


def _papers(hp: Layar, folder: Path) -> None:
    """Every mandatory paper as a photograph; each is waited for until it is clean."""
    scripted = hp.page.locator("body.js-enabled").count() == 1
    wanted = hp.page.locator("[data-syarat][data-wajib=ya]")
    for code in [str(each.get_attribute("data-syarat")) for each in wanted.all()]:
        hp.page.set_input_files(f"#berkas-{code}", foto(folder, code))
        if not scripted:
            hp.page.click(f"#{code} .ek-unggah button")
            until(partial(_clean, hp, code), what=f"{code} clean")
        hp.page.wait_for_selector(f"#{code} [data-keadaan=bersih]")
    hp.tekan("Lanjut")


def _clean(hp: Layar, code: str) -> bool:
    """What the link "Lihat hasilnya" does: the page once more."""
    state = hp.page.locator(f"#{code} [data-keadaan]").get_attribute("data-keadaan")
    assert state != "ditolak", hp.page.locator(f"#{code}").inner_text()
    if state != "bersih":
        hp.page.reload()
    return state == "bersih"


def _file(hp: Layar) -> tuple[str, str]:
    """Look at one part again, check and send; the receipt's number and secret."""
    hp.page.get_by_role("link", name="Ubah bagian 1").first.click()
    hp.tekan("Simpan dan lanjut")
    assert hp.judul() == "Periksa lagi sebelum dikirim"
    hp.page.check("input[name=benar]")
    hp.tekan("Kirim permohonan")
    assert hp.judul() == "Permohonan terkirim"
    found = RESI.search(hp.page.locator("main").inner_text())
    assert found is not None
    return found.group(), hp.page.locator("[data-rahasia]").inner_text()


def _returned(panggung: Stage, loket: Client, id: str) -> None:
    """The clerk sends back one list: a paper and a field."""
    until(lambda: loket.get(f"/v1/permohonan/{id}")["status"] == "diperiksa", what="ready for the counter")
    points = [
        {"jenis": "syarat", "kode": "KTP", "alasan": "buram"},
        {"jenis": "medan", "kode": "alamat", "alasan": "tidak_cocok", "teks": "Nomor rumah di KTP 12 B."},
    ]
    loket.post(f"/v1/permohonan/{id}/periksa", {"hasil": "kurang", "kekurangan": points})


def _watched(hp: Layar, id: str) -> None:
    """The resident sees who opened his papers, and goes back."""
    hp.tekan("Siapa melihat data saya")
    assert "Petugas loket" in hp.page.locator("main").inner_text()
    lihat(hp.page)
    hp.buka(f"/permohonan/{id}")


def _originals(loket: Client, id: str) -> dict[str, str]:
    return warga.originals(loket.get(f"/v1/permohonan/{id}"))


def _verified(sistem: System, peramban: Browser, pdf: Path, nama: str) -> None:
    """Anybody with the letter in hand: by its code, its name, and its file."""
    with layar(peramban, sistem.pages, sistem.folder) as siapa_pun:
        siapa_pun.buka("/cek")
        lihat(siapa_pun.page)
        siapa_pun.page.fill("#kode", verifikasi.code(pdf.read_bytes()))
        siapa_pun.tekan("Periksa")
        assert "Asli dan berlaku" in siapa_pun.page.locator(".ek-verdik--hijau").inner_text()
        assert nama not in siapa_pun.page.content()
        lihat(siapa_pun.page, "periksa-surat")
        siapa_pun.page.fill("#nama", nama)
        siapa_pun.tekan("Cocokkan nama")
        assert "Cocok" in siapa_pun.page.locator(".ek-verdik").first.inner_text()
        siapa_pun.buka("/cek")
        siapa_pun.page.set_input_files("#berkas", pdf)
        siapa_pun.tekan("Periksa berkas")
        assert "Sama dengan yang diterbitkan" in siapa_pun.page.locator("main").inner_text()
        lihat(siapa_pun.page)
