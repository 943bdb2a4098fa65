"""Offices to choose from: names repeat between kecamatan, and between cities too."""

from __future__ import annotations

from frontend.kait import pilihan_kantor


def office(kode: str, kota: str) -> dict[str, str]:
    return {"kode": kode, "nama": "Curug", "kecamatan_nama": "Bojongsari", "kota": kota}


def test_the_city_is_said_where_there_are_several() -> None:
    depok, bogor = office("3276101004", "Kota Depok"), office("3271061004", "Kota Bogor")

    assert [p["text"] for p in pilihan_kantor([depok])[1:]] == ["Curug, Kecamatan Bojongsari"]
    assert [p["text"] for p in pilihan_kantor([depok, bogor])[1:]] == [
        "Curug, Kecamatan Bojongsari, Kota Bogor",
        "Curug, Kecamatan Bojongsari, Kota Depok",
    ]
