"""Message texts: every template can be filled, empty paragraphs vanish, dates are read easily."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from notifikasi.adapters.templat import baca
from notifikasi.domain.galat import TemplatSalah
from notifikasi.domain.kabar import Kabar
from notifikasi.domain.langkah import ATURAN, tertahan
from notifikasi.domain.naskah import Templat, susun, waktu_panjang
from support.neighbours import example

TEMPLAT = baca()
ISI = dict.fromkeys(
    (
        "layanan", "nomor_resi", "permohonan", "kantor", "loket", "telepon", "jam", "catatan", "situs", "tempat",
        "jatuh_tempo", "kode", "berlaku_menit", "daftar", "tautan", "lebih", "menunggu", "terlambat", "ditunggu",
        "wakil", "cara", "untuk", "mulai", "sampai", "dasar", "tautan_rt_rw",
    ),
    "x",
)  # fmt: skip


@pytest.mark.parametrize("langkah", TEMPLAT)
def test_every_template_can_be_filled(langkah: str) -> None:
    words = susun(TEMPLAT[langkah], ISI)

    assert "{" not in words.judul + words.isi
    assert not words.judul.endswith(".")


@pytest.mark.parametrize("peristiwa", ATURAN)
def test_every_step_has_its_template(peristiwa: str) -> None:
    asked = ATURAN[peristiwa](Kabar(id="x", kantor="3276011006"), example(peristiwa))

    assert all(kirim.langkah in TEMPLAT for kirim in asked)


def test_trouble_has_its_template() -> None:
    asked = tertahan(Kabar(id="x", kantor="3276011006"), "dokumen", "y")

    assert {kirim.langkah for kirim in asked} <= TEMPLAT.keys()


def test_a_paragraph_without_filling_is_left_out() -> None:
    words = susun(Templat(judul="J", isi="Satu.\n\n{catatan}\n\nDua.\n"), {"catatan": ""})

    assert words.isi == "Satu.\n\nDua.\n"


def test_a_missing_value_is_a_defect() -> None:
    with pytest.raises(TemplatSalah, match="kode"):
        susun(Templat(judul="J", isi="{kode}"), {})


def test_a_moment_is_written_as_people_say_it() -> None:
    moment = datetime(2026, 1, 19, 16, 0, tzinfo=timezone(timedelta(hours=7)))

    assert waktu_panjang(moment) == "Senin, 19 Januari 2026 pukul 16.00"
