"""The day before anything is sent: its plan, the filled forms, the pictures."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from ekel.demo.client import Client, Unexpected
from ekel.demo.people import resident
from ekel.hari import berkas, formulir, gambar, rencana
from ekel.hari.buku import GAGAL, Buku, Kasus
from ekel.hari.formulir import Pengisi
from ekel.hari.kantor import Kantor
from ekel.hari.meja import WARGA, Meja
from ekel.hari.rencana import Kunjungan, Lakon, Rencana
from pengajuan.adapters.katalog import baca_layanan
from pengajuan.domain import formulir as judge
from pengajuan.domain.layanan import Layanan

TODAY = date(2026, 1, 15)
KANTOR = tuple(
    Kantor(
        kode=f"327601{n}",
        nama=f"Contoh {n}",
        kecamatan="Contoh",
        dibuka=frozenset({"SKU", "SKDU"} if n == 1001 else ()),
    )
    for n in range(1001, 1008)
)
LAYANAN: dict[str, Layanan] = dict(baca_layanan())


def told(layanan: Layanan) -> dict[str, Any]:
    """As GET /v1/layanan/{kode} tells it, as far as a plan looks."""
    return {"kode": layanan.kode, "alur": layanan.alur.value, "dibatasi": layanan.dibatasi}


def day(*, seed: int = 1, scale: float = 0.0) -> Rencana:
    return rencana.susun(KANTOR, [told(one) for one in LAYANAN.values()], benih=seed, skala=scale)


def applications(plan: Rencana) -> list[Kunjungan]:
    return [visit for visit in plan.kunjungan if visit.lakon is not Lakon.HALAMAN]


def test_the_same_seed_is_the_same_day_and_another_is_another() -> None:
    assert day(seed=7) == day(seed=7)
    assert day(seed=7) != day(seed=8)


@pytest.mark.parametrize("seed", range(20))
def test_the_smallest_day_has_every_service_and_everything_that_can_happen(seed: int) -> None:
    plan = day(seed=seed)

    assert {visit.layanan for visit in plan.kunjungan} == set(LAYANAN)
    assert {visit.lakon for visit in plan.kunjungan} == set(Lakon)
    assert {visit.kantor for visit in plan.kunjungan} == set(KANTOR)
    assert len({plan.absen.kode, plan.tutup.kode, plan.daring.kode}) == 3
    assert {v.kantor for v in plan.kunjungan if v.lakon is Lakon.RT_RW} == {plan.daring}
    astray = {(visit.lakon is Lakon.SALAH_KANTOR, visit.salah is not None) for visit in plan.kunjungan}
    assert astray == {(True, True), (False, False)}
    assert all(visit.salah != visit.kantor for visit in plan.kunjungan)


def test_a_whole_day_has_more_than_two_hundred_applications_and_a_rush_at_ten() -> None:
    filed = applications(day(scale=1.0))
    rush = [v for v in filed if rencana.RAMAI <= v.menit < rencana.RAMAI + 5]

    assert len(filed) >= 200
    assert len(rush) > len(filed) / 4
    assert {visit.kantor for visit in filed} == set(KANTOR)


@pytest.mark.parametrize("kode", ["SKU", "SKDU"])
def test_a_restricted_service_is_filed_where_it_was_opened_and_refused_elsewhere(kode: str) -> None:
    visits = [visit for visit in day(scale=1.0).kunjungan if visit.layanan == kode]

    assert {(kode in v.kantor.dibuka, v.lakon is Lakon.HALAMAN) for v in visits} == {
        (True, False),
        (False, True),
    }


@pytest.mark.parametrize("kode", sorted(k for k, one in LAYANAN.items() if one.medan))
@pytest.mark.parametrize("seed", range(10))
def test_every_form_of_the_catalogue_is_filled_without_a_mistake(kode: str, seed: int) -> None:
    layanan = LAYANAN[kode]
    filler = Pengisi(layanan=kode, orang=resident(seed), hari_ini=TODAY, rng=random.Random(seed))

    answers = formulir.isi([asdict(medan) for medan in layanan.medan], filler)
    judged = judge.periksa(layanan, answers, hubungan="diri_sendiri", hari_ini=TODAY, batas={})

    assert judged.kesalahan == ()


def test_a_rule_that_nobody_can_guess_is_told_and_not_passed_over() -> None:
    medan = {
        "id": "sandi",
        "jenis": "teks",
        "label": "Sandi",
        "wajib": True,
        "bila": None,
        "aturan": {"pola": "[xyz]{30}"},
    }
    filler = Pengisi(layanan="CONTOH", orang=resident(1), hari_ini=TODAY, rng=random.Random(1))

    with pytest.raises(Unexpected, match="sandi"):
        formulir.isi([medan], filler)


def test_pictures_are_large_noisy_turned_and_kept_outside_the_folder_of_state(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    one, other = gambar.foto("KTP", 1), gambar.foto("KTP", 6)
    picture = Image.open(BytesIO(one))

    assert 2_000_000 < len(one) < 8_000_000
    assert picture.getexif()[0x0112] == 6
    assert one != other
    assert gambar.foto("KTP", 1) == one
    assert gambar.tempat().is_relative_to(cache)
    assert any(gambar.tempat().iterdir())


def test_a_scan_has_several_pages_and_differs_from_resident_to_resident() -> None:
    one, other = gambar.pindaian("KK", 3), gambar.pindaian("KK", 7)

    assert one.count(b"/Type /Page\n") == 4
    assert one != other
    assert one.rstrip().endswith(b"%%EOF")


def test_who_needs_no_paper_makes_no_mistake_with_one() -> None:
    """Help with a lost KTP demands none: the visit goes on without the mistake."""
    assert berkas.keliru(Lakon.KURANG, []) == ""
    assert berkas.keliru(Lakon.BURAM, ["KTP", "KK"]) == "KTP"
    assert berkas.keliru(Lakon.LANCAR, ["KTP", "KK"]) == ""


def test_whatever_breaks_on_a_desk_stands_in_the_book_and_ends_the_case() -> None:
    """A full disk, say: a case that nobody ends would stand still until patience is over."""
    visit = applications(day())[0]
    kasus = Kasus(kunjungan=visit, orang=resident(visit.benih, visit.kantor.kode[:6]))
    buku = Buku([kasus])
    meja = Meja(Client("http://127.0.0.1:9"), buku)

    def draw(_: Kasus) -> None:
        raise OSError(28, "No space left on device")

    meja.titip(WARGA, kasus, draw)
    meja.tutup()

    assert (kasus.akhir, buku.terbuka()) == (GAGAL, [])
    assert "No space left on device" in buku.tak_terduga[0]
