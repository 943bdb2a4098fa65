"""The office at its pages: the counter checks, officials decide on a phone, the letter is handed over; and walk-ins."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ekel.demo.people import PASSWORD, resident, skdom
from support.halaman import lihat
from support.kursi import buka_tugas, isi, petugas
from support.peramban import Layar, foto
from support.system import System
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
BERKAS = ("PENGANTAR_RT_RW", "KTP", "KK")


def test_a_walk_in_is_checked_signed_on_a_phone_and_handed_over(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    with petugas(sistem, peramban, "loket") as loket:
        lihat(loket.page, "loket")
        id = datang(loket, sistem, tmp_path, 501)
        periksa(loket, id)
        assert "Dinyatakan lengkap" in isi(loket)
    with petugas(sistem, peramban, "kasi") as kasi:
        buka_tugas(kasi, id)
        lihat(kasi.page)
        kasi.tekan("Paraf")
        assert "Sudah diparaf" in isi(kasi)
    with petugas(sistem, peramban, "loket") as loket:
        loket.buka(f"/loket/permohonan/{id}")
        loket.tekan("Warga menunggu di loket")
        assert "Pejabat sudah diberi tahu" in isi(loket)
        loket.tekan("Warga sudah pulang")
        assert "warga tidak menunggu lagi" in isi(loket)
        loket.tekan("Warga menunggu di loket")
        loket.buka(f"/loket/permohonan/{id}")
        assert "Ditandai Anda, " in isi(loket)
        assert loket.page.get_by_role("button", name="Warga sudah pulang").is_visible()
        lihat(loket.page)
    with petugas(sistem, peramban, "lurah") as lurah:
        lurah.buka("/tugas")
        assert "Warga menunggu di loket sejak " in isi(lurah)
        buka_tugas(lurah, id)
        lihat(lurah.page, "lurah")
        there = lurah.page.url
        lurah.page.fill("#bukti", "bukan sandinya")
        lurah.tekan("Setujui")
        assert "sandi salah" in lurah.page.locator(".govuk-error-summary").inner_text()
        lurah.page.fill("#bukti", PASSWORD)
        lurah.tekan("Setujui")
        assert "Sudah disetujui" in isi(lurah)
        lurah.page.goto(there)
        assert "Sudah diputus. Lurah menyetujui" in isi(lurah)
        lihat(lurah.page)
    with petugas(sistem, peramban, "loket") as loket:
        loket.tunggu_isi(f"/loket/permohonan/{id}", "Serahkan surat")
        _by_proxy(loket)
        dibuka_lagi(loket, resident(501).nama)
        assert loket.asing == []


def _by_proxy(loket: Layar) -> None:
    """Handed to somebody with a letter of attorney; whatever is not ticked is named."""
    loket.tekan("Serahkan surat")
    lihat(loket.page, "serah")
    loket.tekan("Surat sudah diserahkan")
    refused = loket.page.locator(".govuk-error-summary").inner_text()
    assert "Kartu Keluarga" in refused
    assert "PENGANTAR" not in refused
    for box in loket.page.locator("input[name=asli]:not([value=SURAT_KUASA])").all():
        box.check()
    loket.page.check("input[name=kepada][value=kuasa]")
    loket.tekan("Surat sudah diserahkan")
    assert "berkas asli ini: surat kuasa" in loket.page.locator(".govuk-error-summary").inner_text()
    loket.page.check("input[value=SURAT_KUASA]")
    loket.tekan("Surat sudah diserahkan")
    assert "Surat sudah diserahkan" in isi(loket)


def test_typed_data_is_corrected_and_one_list_goes_back_to_the_resident(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    with petugas(sistem, peramban, "loket") as loket:
        id = datang(loket, sistem, tmp_path, 502)
        loket.buka(f"/loket/permohonan/{id}/koreksi")
        lihat(loket.page)
        loket.page.check("input[name=berkas] >> nth=0")
        loket.page.fill("#tempat_lahir", "Bekasi")
        loket.tekan("Simpan pembetulan")
        assert "Bekasi" in isi(loket)
        loket.tekan("Periksa berkas")
        loket.tekan("Lanjut")
        assert "Pilih dulu bagaimana berkas ini" in isi(loket)
        loket.page.check("input[type=radio][value=buram]")
        loket.tekan("Lanjut")
        for _ in BERKAS[1:]:
            loket.page.check("input[type=radio][value=baik]")
            loket.tekan("Lanjut")
        loket.page.check("#medan-alamat")
        loket.tekan("Lanjut")
        lihat(loket.page)
        assert loket.judul() == "Kirim daftar perbaikan ke warga?"
        loket.tekan("Kirim daftar")
        loket.buka(f"/loket/permohonan/{id}")
        assert "Surat pengantar RT/RW: tidak terbaca" in isi(loket)
        assert "Alamat tempat tinggal sekarang: isian salah" in isi(loket)
        lihat(loket.page)


def test_a_misfiled_case_moves_with_its_papers_and_the_old_receipt_leads_to_it(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    with petugas(sistem, peramban, "loket") as loket:
        id = datang(loket, sistem, tmp_path, 505)
        nomor, kode = (found.inner_text() for found in loket.page.locator(".ek-nomor").all())
        loket.buka(f"/loket/permohonan/{id}")
        loket.page.get_by_role("link", name="Salah kelurahan? Pindahkan").click()
        lihat(loket.page)
        loket.tekan("Pindahkan")
        assert "Pilih kelurahan yang benar." in isi(loket)
        loket.page.select_option("#kantor", "3276011006")
        loket.tekan("Pindahkan")
        assert "Cocokkan dulu alamatnya" in isi(loket)
        loket.page.check("#yakin")
        loket.tekan("Pindahkan")
        assert loket.judul() == "Permohonan sudah dipindah"
        lihat(loket.page, "pindah")
        baru, sama = (found.inner_text() for found in loket.page.locator(".ek-nomor").all())
        assert (sama, baru[:6]) == (kode, "011006")
        loket.buka(f"/loket/permohonan/{id}")
        assert f"Dilanjutkan di Kelurahan Depok, Kecamatan Pancoran Mas, resi {baru}" in isi(loket)
        lihat(loket.page)
        loket.buka("/lacak")
        loket.page.fill("#nomor_resi", nomor)
        loket.page.fill("#rahasia", kode)
        loket.tekan("Lacak")
        assert baru in isi(loket)
        assert "Kelurahan Depok" in isi(loket)
    with petugas(sistem, peramban, "loket.depok") as depok:
        depok.buka(f"/loket/cari?q={baru}")
        assert f"Pindahan dari Kelurahan Pancoran Mas, Kecamatan Pancoran Mas, resi {nomor}" in isi(depok)
        periksa(depok, depok.page.url.rsplit("/", 1)[1])
        assert "Dinyatakan lengkap" in isi(depok)
        assert depok.asing == []


def test_several_are_turned_one_by_one_and_decided_with_one_password(
    sistem: System, peramban: Browser, tmp_path: Path
) -> None:
    with petugas(sistem, peramban, "loket") as loket:
        both = [datang(loket, sistem, tmp_path, seed) for seed in (503, 504)]
        for id in both:
            periksa(loket, id)
    with petugas(sistem, peramban, "kasi") as kasi:
        until(partial(banyak, kasi, len(both)), what="both tasks of the kasi")
        seen = sekaligus(kasi)
        kasi.tekan(f"Paraf {seen} permohonan")
        assert kasi.judul() == f"{seen} diparaf"
    with petugas(sistem, peramban, "lurah") as lurah:
        until(partial(banyak, lurah, len(both)), what="both tasks of the lurah")
        seen = sekaligus(lurah)
        lihat(lurah.page)
        lurah.page.fill("#bukti", PASSWORD)
        lurah.tekan(f"Setujui {seen} permohonan")
        assert lurah.judul() == f"{seen} disetujui"
        lihat(lurah.page)
        lurah.tekan("Ke daftar tugas")
        assert "Tidak ada yang menunggu Anda." in isi(lurah)


@pytest.mark.parametrize(
    ("siapa", "pages"),
    [
        ("loket", ("/loket?daftar=terbit", "/loket/cari?q=a", "/loket/datang", "/loket/ktp", "/loket/basah")),
        ("loket", ("/loket/agenda", "/loket/kantor", "/perangkat", "/loket?daftar=diteruskan")),
        ("lurah", ("/tugas", "/tanda-tangan", "/wakil", "/perangkat", "/tugas/daftar-kedua")),
        ("admin", ("/loket/kantor", "/loket/agenda", "/laporan")),
        ("loket", ("/register", "/arsip", "/arsip?nama=sari", "/arsip?nomor=12")),
        ("kasi", ("/laporan", "/register", "/arsip", "/loket/agenda")),
        ("loket.kec.pancoranmas", ("/laporan", "/register", "/arsip?nama=sari", "/loket/agenda")),
    ],
)
def test_every_other_page_of_the_office_is_well_made(
    sistem: System, peramban: Browser, siapa: str, pages: tuple[str, ...]
) -> None:
    with petugas(sistem, peramban, siapa) as official:
        for page in pages:
            official.buka(page)
            lihat(official.page)
        assert official.galat == []


def test_a_slip_is_given_once_the_ktp_was_seen(sistem: System, peramban: Browser) -> None:
    with petugas(sistem, peramban, "loket") as loket:
        loket.buka("/loket/ktp")
        loket.page.fill("#nama", "Sari Contohwati")
        loket.page.fill("#nik", "3276015203959001")
        loket.tekan("Buat slip")
        assert "Lihat dulu KTP aslinya" in isi(loket)
        loket.page.check("#dilihat")
        loket.tekan("Buat slip")
        assert re.search(r"\d{4}-\d{4}-\d{2}", isi(loket))
        assert loket.page.locator("img[alt^='Kode QR']").evaluate("e => e.complete && e.naturalWidth > 0")
        lihat(loket.page)


def dibuka_lagi(loket: Layar, nama: str) -> None:
    """The letter is found in the archive by a name, its case in the register; the books go home as files."""
    loket.buka("/loket")
    loket.tekan("Arsip surat")
    loket.page.fill("#nama", nama.split(maxsplit=1)[0])
    loket.tekan("Cari surat")
    assert "Surat yang ditemukan" in isi(loket)
    lihat(loket.page, "arsip")
    loket.tekan("Register pelayanan")
    assert nama in isi(loket)
    lihat(loket.page, "register")
    loket.tekan("Laporan bulanan")
    lihat(loket.page, "laporan")
    for path, kind in (
        ("/register/unduh?bentuk=xlsx", "spreadsheetml"),
        ("/loket/agenda/unduh?bentuk=csv", "text/csv"),
        ("/laporan.pdf", "application/pdf"),
    ):
        sent = loket.page.request.get(loket.url + path)
        assert sent.ok
        assert kind in sent.headers["content-type"]


def datang(loket: Layar, sistem: System, folder: Path, seed: int) -> str:
    """Somebody comes to the counter with all papers; the application's id."""
    person = resident(seed)
    loket.buka("/loket/datang")
    loket.tekan("Lanjut")
    assert "Isi nama orang yang datang." in isi(loket)
    loket.page.fill("#nama", person.nama)
    loket.page.fill("#nik", person.nik)
    loket.page.select_option("#layanan", "SKDOM")
    loket.page.check("#hubungan")
    loket.tekan("Lanjut")
    answers = skdom(person, sistem.settings.clock().now().date())
    while re.search(r"/datang/\d+$", loket.page.url):
        before = loket.page.url
        for name, value in answers.items():
            loket._answer(name, value)
        loket.tekan("Simpan dan lanjut")
        assert loket.page.url != before, isi(loket)
    id = loket.page.url.split("/")[-3]
    for kode in BERKAS:
        loket.page.set_input_files(f"#f-{kode}", foto(folder, kode))
        loket.page.locator(f"#{kode} form >> nth=0").locator("button").click()
    lihat(loket.page)
    loket.tekan("Lanjut")
    loket.page.check("#benar")
    loket.tekan("Ajukan permohonan")
    assert loket.judul() == "Tanda terima permohonan"
    assert "Kode rahasia" in isi(loket)
    lihat(loket.page)
    return id


def periksa(loket: Layar, id: str) -> None:
    """Every paper opened and found good, then complete."""

    def ready() -> bool:
        loket.buka(f"/loket/permohonan/{id}")
        return "Periksa berkas" in isi(loket)

    until(ready, what="the case to be ready for the counter")
    lihat(loket.page)
    loket.tekan("Periksa berkas")
    lihat(loket.page)
    for _ in BERKAS:
        loket.page.check("input[type=radio][value=baik]")
        loket.tekan("Lanjut")
    assert loket.judul() == "Isian warga"
    lihat(loket.page)
    loket.tekan("Lanjut")
    lihat(loket.page)
    loket.tekan("Nyatakan lengkap")


def sekaligus(official: Layar) -> int:
    """Turn every draft of the inbox and find it good; how many there were, at least two."""
    official.buka("/tugas")
    official.tekan("Periksa beberapa sekaligus")
    seen = 0
    while official.page.get_by_role("button", name="Baik, lanjut").count():
        if not seen:
            lihat(official.page)
        official.tekan("Baik, lanjut")
        seen += 1
    assert seen >= 2
    return seen


def banyak(official: Layar, wanted: int) -> bool:
    """Whether so many tasks wait in the inbox."""
    official.buka("/tugas")
    return official.page.locator(".ek-kartu__tautan").count() >= wanted
