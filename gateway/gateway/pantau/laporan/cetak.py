"""The sheet of a report: data in, PDF/A-2b out, the same bytes for the same figures."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from gateway.pantau.laporan.isi import Laporan
from gateway.tanggal import BULAN, tertulis

TEMPLATE = Path(__file__).with_name("laporan.typ")
_satu = Lock()  # one compiler for all threads


def pdf(laporan: Laporan, hari_ini: date) -> bytes:
    inputs = {"data": json.dumps(isi(laporan, hari_ini), ensure_ascii=False, sort_keys=True)}
    with _satu:
        made = _compiler().compile(
            TEMPLATE, format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=0
        )
    if not isinstance(made, bytes):
        raise TypeError(type(made).__name__)
    return made


def isi(laporan: Laporan, hari_ini: date) -> dict[str, Any]:
    """What the template prints, as texts."""
    office = laporan.kantor
    level = "Kelurahan" if office["tingkat"] == "kelurahan" else "Kecamatan"
    return {
        "atas": [f"Pemerintah {office['kota']}", *_above(office)],
        "kantor": f"{level} {office['nama']}",
        "alamat": office.get("alamat", ""),
        "bulan": f"{BULAN[laporan.dari.month - 1]} {laporan.dari.year}",
        "tempat": str(office["kota"]).removeprefix("Kota ").removeprefix("Kabupaten "),
        "tanggal": tertulis(hari_ini.isoformat()),
        "kepala": f"{'Lurah' if level == 'Kelurahan' else 'Camat'} {office['nama']}",
        "per_layanan": [_row(each) for each in laporan.per_layanan],
        "per_kantor": [_row(each) for each in laporan.per_kantor],
        "jumlah": _row({"nama": "Jumlah", **laporan.jumlah}),
        "terbuka": str(laporan.terbuka),
        "terlambat": str(laporan.terlambat),
        # The month goes on: its figures are those of the day of printing.
        "sementara": hari_ini <= laporan.sampai,
    }


KOLOM = ("diajukan", "terbit", "diserahkan", "dikembalikan", "ditolak", "dibatalkan", "ditutup", "terlambat")


def _row(each: dict[str, Any]) -> list[str]:
    hours = [_hours(each[name]) for name in ("jam_median", "jam_p90")]
    return [str(each["nama"]), *(str(each[name]) for name in KOLOM), *hours]


def _hours(value: float | None) -> str:
    """Decimals as Indonesians write them."""
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


def _above(office: Any) -> list[str]:
    return [f"Kecamatan {office['kecamatan_nama']}"] if office["tingkat"] == "kelurahan" else []


@cache
def _compiler() -> Any:
    """Made when somebody first prints: it needs some memory. Its own fonts are enough, none is read from here."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(root=TEMPLATE.parent, font_paths=fonts)
