"""Functions the templates call to turn catalogue data into what the design system's macros take."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

_KOTAK = {"hari": ("Tanggal", 2), "bulan": ("Bulan", 2), "tahun": ("Tahun", 4)}


def galat_daftar(galat: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "href": f"#{name}"} for name, text in galat.items()]


def patah(text: object) -> Markup:
    """A letter's number, which may go on in a new line behind each of its strokes and nowhere else."""
    return Markup("/<wbr>").join(str(text or "").split("/"))


def pilihan(medan: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"value": p["kode"], "text": p["label"]} for p in medan["pilihan"]]


def kotak_tanggal(medan: Mapping[str, Any], isi: Mapping[str, str]) -> list[dict[str, Any]]:
    """Boxes for day, month, year; a month has no day."""
    names = ("hari", "bulan", "tahun") if medan["jenis"] == "tanggal" else ("bulan", "tahun")
    return [
        {
            "name": name,
            "label": _KOTAK[name][0],
            "value": isi.get(name, ""),
            "classes": f"govuk-input--width-{_KOTAK[name][1]}",
        }
        for name in names
    ]


def pilihan_kantor(kantor: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """By kecamatan and name; the city is said where there are several (R7)."""
    offices = sorted(kantor, key=lambda k: (k["kota"], k["kecamatan_nama"], k["nama"]))
    several = len({k["kota"] for k in offices}) > 1
    shown = [
        {
            "value": k["kode"],
            "text": f"{k['nama']}, Kecamatan {k['kecamatan_nama']}" + (f", {k['kota']}" if several else ""),
        }
        for k in offices
    ]
    return [{"value": "", "text": "Pilih kelurahan"}, *shown]


def nama_kode(kasus: Mapping[str, Any], medan: Sequence[Mapping[str, Any]], butir: Mapping[str, str]) -> str:
    """The words for a paper or a field that a list names by its code."""
    named = {("medan", m["id"]): m["label"] for m in medan}
    named |= {("syarat", s["kode"]): s["label"] for s in kasus["syarat"]}
    return str(named.get((butir["jenis"], butir["kode"]), "Bagian lain"))


def pasangan(daftar: Sequence[Mapping[str, Any]], nilai: str, kata: str) -> list[tuple[str, str]]:
    """Value and words of each for a list to choose from."""
    return [(str(each[nilai]), str(each[kata])) for each in daftar]


def sandi64(text: str) -> str:
    """An SVG for a picture inside a page, where no style of its own passes the page's rules."""
    if "xmlns" not in text:
        text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return b64encode(text.encode()).decode()


SEMUA = {
    f.__name__: f
    for f in (nama_kode, galat_daftar, pilihan, kotak_tanggal, pilihan_kantor, pasangan, sandi64)
}
