"""The kecamatan's own letters (R9): people are sent to its counter, and its counter is told, not the kelurahan's."""

from __future__ import annotations

import pytest

from chassis.ids import new_id
from support.kurir import KANTOR, Kurir
from support.neighbours import OFFICE

KECAMATAN = OFFICE[:6]
SURAT = "019900c1-0000-7000-8000-0000000000c1"


@pytest.fixture
def dispensasi(kurir: Kurir) -> str:
    """A case of the camat's dispensation for a wedding."""
    kurir.kantor()
    above = {
        "kode": KECAMATAN,
        "nama": "Pancoran Mas",
        "jam": "08.00 sampai 14.00",
        "telepon": "(021) 5550 0600",
    }
    kurir.say("pengajuan", KECAMATAN, "kantor.diubah", **{**KANTOR, **above, "tingkat": "kecamatan"})
    kurir.say(
        "pengajuan",
        "DISP_NIKAH",
        "layanan.diubah",
        kode="DISP_NIKAH",
        nama="Dispensasi Nikah",
        alur="KECAMATAN",
    )
    kurir.quiet()
    id = new_id()
    kurir.pribadi(id)
    kurir.say("pengajuan", id, "permohonan.diajukan", layanan="DISP_NIKAH")
    return id


def test_people_are_sent_to_the_kecamatan_s_counter_with_its_hours(kurir: Kurir, dispensasi: str) -> None:
    kurir.say(
        "dokumen", dispensasi, "surat.diterbitkan", surat=SURAT, layanan="DISP_NIKAH", rilis="hanya_loket"
    )
    kurir.quiet()
    told = kurir.berkas(dispensasi)
    assert "sudah diterima Kecamatan Pancoran Mas." in told["diterima.1"]
    ready = told[f"siap.{SURAT}"]
    assert "loket Kecamatan Pancoran Mas. Jam layanan: 08.00 sampai 14.00." in ready
    assert "Kelurahan" not in ready


def test_the_kecamatan_s_counter_is_told_to_check_and_the_kelurahan_s_is_not(
    kurir: Kurir, dispensasi: str
) -> None:
    kurir.say("pengajuan", dispensasi, "permohonan.siap_diperiksa", layanan="DISP_NIKAH")
    kurir.quiet()
    here = kurir.pesan("loket.depok", "petugas_loket", OFFICE)
    above = kurir.pesan("loket.kec.pancoranmas", "petugas_loket_kecamatan", KECAMATAN)
    assert [m["langkah"] for m in here] == []
    assert [m["langkah"] for m in above] == ["periksa"]
