"""The catalogue files and the list of offices."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pengajuan.adapters.katalog import KATALOG, baca_layanan
from pengajuan.adapters.wilayah import baca_wilayah
from pengajuan.domain.errors import KatalogSalah
from pengajuan.domain.kondisi import terpenuhi
from pengajuan.domain.layanan import Alur, Asli, Rilis
from support.permohonan import LAYANAN, SKDOM, SKTM


def test_both_services_of_the_spine_are_complete() -> None:
    assert (SKDOM.alur, SKDOM.klasifikasi, SKDOM.rilis) == (
        Alur.LURAH,
        "400.12.2.1",
        Rilis.SETELAH_ASLI_DILIHAT,
    )
    assert (SKTM.alur, SKTM.produk, SKTM.klasifikasi) == (Alur.CAMAT, "legalisasi", "400.9.14.1")
    assert SKDOM.sidik != SKTM.sidik
    assert {s.asli for s in SKTM.syarat} == set(Asli)
    assert all(m.bantuan and m.label for layanan in (SKDOM, SKTM) for m in layanan.medan)


def test_requirements_follow_the_answers() -> None:
    owned = {
        s.kode
        for s in SKDOM.syarat_berlaku({"status_tinggal": "milik_sendiri", "hubungan": "diri_sendiri"}, {})
    }
    rented = {s.kode for s in SKDOM.syarat_berlaku({"status_tinggal": "kos", "hubungan": "orang_lain"}, {})}
    assert owned == {"PENGANTAR_RT_RW", "KTP", "KK"}
    assert rented - owned == {"BUKTI_TINGGAL", "SURAT_KUASA"}


@pytest.mark.parametrize(
    "key",
    [
        "medan",
        "template",
        "produk",
        "klasifikasi",
        "rilis",
        "nama",
        "syarat",
        "dasar_hukum",
        "hari",
        "penetapan",
    ],
)
def test_a_service_without_an_essential_part_does_not_load(tmp_path: Path, key: str) -> None:
    data = yaml.safe_load((KATALOG / "skdom.yaml").read_text())
    del data[key]
    (tmp_path / "skdom.yaml").write_text(yaml.safe_dump(data))
    with pytest.raises(KatalogSalah) as caught:
        baca_layanan(tmp_path)
    assert f"'{key}' is a required property" in str(caught.value)


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    data = yaml.safe_load((KATALOG / "skdom.yaml").read_text())
    data["medan"][1]["label"] = ""
    del data["rilis"]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(data))
    other = yaml.safe_load((KATALOG / "sktm.yaml").read_text())
    other["syarat"][0]["bila"] = {"medan": "tidak_ada", "sama": 1}
    other["medan"][2]["bila"] = {"medan": "dtsen", "sama": "1"}
    other["subjek"][0]["nama"] = "siapa"
    other["medan"].append(other["medan"][2] | {"bila": {"medan": "nik", "sama": "1"}})
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(other))
    (tmp_path / "c.yaml").write_text("kode: [")
    with pytest.raises(KatalogSalah) as caught:
        baca_layanan(tmp_path)
    told = caught.value.daftar
    assert [line.split(":")[0] for line in told] == ["a.yaml"] * 2 + ["b.yaml"] * 4 + ["c.yaml"]
    assert "b.yaml: untuk is used twice" in told


def test_a_block_or_a_paper_that_nobody_wrote_is_told(tmp_path: Path) -> None:
    data = yaml.safe_load((KATALOG / "skdom.yaml").read_text())
    data["medan"][0] = {"blok": "dirimu"}
    data["syarat"][0] = {"baku": "KARTU"}
    (tmp_path / "skdom.yaml").write_text(yaml.safe_dump(data))
    with pytest.raises(KatalogSalah) as caught:
        baca_layanan(tmp_path)
    assert any("medan.0: no block dirimu" in line for line in caught.value.daftar)
    assert any("syarat.0: no standard paper KARTU" in line for line in caught.value.daftar)


def test_a_block_asks_the_same_of_another_person_under_names_of_its_own() -> None:
    lahir = LAYANAN["LAHIR"]
    asked = {m.id: m for m in lahir.medan}

    assert asked["ibu_nama"].label == "Nama ibu"
    assert asked["saksi2_alamat"].label == "Alamat saksi kedua"
    recorded, not_recorded = ({"ayah_tercatat": tercatat} for tercatat in (True, False))
    assert terpenuhi(asked["ayah_nama"].bila, recorded, {})
    assert not terpenuhi(asked["ayah_nama"].bila, not_recorded, {})


def test_one_code_in_two_files_does_not_load(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text((KATALOG / "skdom.yaml").read_text())
    with pytest.raises(KatalogSalah, match="SKDOM is used twice"):
        baca_layanan(tmp_path)


def test_all_63_kelurahan_of_11_kecamatan_are_known_and_seven_are_active() -> None:
    depok = baca_wilayah()
    assert (len(depok.kecamatan), len(depok.kelurahan)) == (11, 63)
    active = [k.kode for k in depok.kelurahan if k.aktif]
    assert active == [f"327601{n}" for n in range(1006, 1012)] + ["3276051004"]


def test_every_mistake_of_a_city_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "kota.yaml"
    office = '{kode: "3271011001", nama: Contoh, kode_unit: "01.1001"}'
    file.write_text(
        'kota: {kode: "3271", nama: Kota Contoh}\n'
        f'kecamatan: [{{kode: "327601", nama: Contoh, kelurahan: [{office}, {office}]}}]\n'
    )
    with pytest.raises(KatalogSalah) as wrong:
        baca_wilayah(file)
    assert len(wrong.value.daftar) == 5  # one kecamatan outside, two kelurahan outside and used twice

    file.write_text("kota: Kota Contoh\n")
    with pytest.raises(KatalogSalah, match=r"kota\.yaml: kecamatan"):
        baca_wilayah(file)


def test_an_office_is_found_by_code_and_by_any_spelling() -> None:
    depok = baca_wilayah()
    office = depok.satu("3276051004")
    assert office is not None
    assert (office.kode_titik, office.kode_unit) == ("32.76.05.1004", "05.1004")
    assert office.label == "Kelurahan Mekarjaya, Kecamatan Sukmajaya"
    assert depok.cari("mekar jaya") == (office,)
    assert len(depok.cari("Curug")) == 2
