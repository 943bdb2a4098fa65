"""A resident with a small phone: from plain words to the receipt and the tracking page, with a script and without."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.peramban import Layar, foto, jawaban, layar
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
RESI = re.compile(r"\d{6}-[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]")


@pytest.mark.parametrize("skrip", [True, False], ids=["with scripts", "without scripts"])
def test_a_resident_applies_and_tracks_on_a_small_phone(
    sistem: System, peramban: Browser, tmp_path: Path, skrip: bool
) -> None:
    surel, answers = jawaban(100 + skrip, sistem.settings.clock().now().date())
    with layar(peramban, sistem.pages, sistem.folder, skrip=skrip) as hp:
        _choose(hp, surel)
        hp.isi(answers)
        _papers(hp, tmp_path)
        nomor, rahasia = _file(hp)
        hp.buka("/kasus")
        assert nomor in hp.page.locator("main").inner_text()
    with layar(peramban, sistem.pages, sistem.folder, skrip=skrip) as orang_lain:
        orang_lain.buka("/lacak")
        orang_lain.page.fill("#nomor_resi", nomor)
        orang_lain.page.fill("#rahasia", rahasia)
        orang_lain.tekan("Lacak")
        assert orang_lain.judul() in {"Diterima", "Sedang diperiksa"}
        assert answers["nama"] not in orang_lain.page.content()


def _choose(hp: Layar, surel: str) -> None:
    """By plain words to the service, through the sign-in, to the first step of the form."""
    hp.buka("/")
    hp.page.fill("#q", "pindah rumah")
    hp.tekan("Cari")
    assert "Domisili" in hp.page.locator("main").inner_text()
    hp.buka("/layanan/SKDOM")
    hp.tekan("Mulai")
    hp.masuk(surel)
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
    """Check and send; the receipt's number and secret."""
    hp.page.check("input[name=benar]")
    hp.tekan("Kirim permohonan")
    assert hp.judul() == "Permohonan terkirim"
    found = RESI.search(hp.page.locator("main").inner_text())
    assert found is not None
    return found.group(), hp.page.locator("[data-rahasia]").inner_text()
