"""GET /v1/laporan: the figures of an office and month, and the same as a sheet to print (PDF)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from gateway.bootstrap import here
from gateway.pantau.laporan import cetak, isi
from gateway.pantau.laporan.isi import Laporan
from gateway.pantau.statistik.http import Baris
from web import identity
from web.problems import Problem

bp = APIBlueprint("laporan", __name__, tag="Pantau")
READERS = (
    *("petugas_loket", "kasi", "seklur", "lurah", "admin_kantor"),
    *("petugas_loket_kecamatan", "kasi_kecamatan", "sekcam", "camat", "admin_kecamatan"),
    *("operator", "inspektur"),
)
_ERRORS: dict[int, str] = {
    401: "belum-masuk",
    403: "dilarang, bukan-wewenang",
    404: "tidak-ditemukan",
    422: "isi-salah",
    503: "mesin-tidak-tersedia",
}
_PDF: Any = {
    200: {
        "description": "The sheet",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    },
    **{status: {"description": text} for status, text in _ERRORS.items()},
}


class LaporanQuery(BaseModel):
    kantor: Annotated[
        str,
        Field(pattern=r"^[0-9]{6}([0-9]{4})?$", description="A kelurahan, or a kecamatan with all its own."),
    ]
    bulan: Annotated[str | None, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")] = Field(
        None, description="Year and month; default: this one."
    )


class Kelompok(Baris):
    nama: str = Field(description="Of the service or kelurahan; its code where the name is not known here.")


class LaporanKeluar(BaseModel):
    """Counts by the days of the month; `terbuka` and `terlambat` as they are now."""

    kantor: str
    nama: str
    dari: date
    sampai: date
    per_layanan: list[Kelompok]
    per_kantor: list[Kelompok] = Field(description="Of a kecamatan; empty for a kelurahan.")
    jumlah: Baris
    terbuka: int
    terlambat: int


@bp.get("/v1/laporan")
@bp.input(LaporanQuery, location="query")
@bp.output(LaporanKeluar)
@bp.doc(summary="What an office did in a month, by service", responses=_ERRORS)
def laporan(query_data: LaporanQuery) -> Any:
    told = _laporan(query_data)
    names = ("dari", "sampai", "per_layanan", "per_kantor", "jumlah", "terbuka", "terlambat")
    office = {"kantor": query_data.kantor, "nama": told.kantor["nama"]}
    return {**office, **{name: getattr(told, name) for name in names}}


@bp.get("/v1/laporan/pdf")
@bp.input(LaporanQuery, location="query")
@bp.doc(summary="The same as a sheet to print and sign", responses=_PDF)
def lembar(query_data: LaporanQuery) -> Response:
    told = _laporan(query_data)
    answer = Response(cetak.pdf(told, here().clock.now().date()), content_type="application/pdf")
    name = f"laporan-{query_data.kantor}-{told.dari:%Y-%m}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _laporan(query: LaporanQuery) -> Laporan:
    """Raises `bukan-wewenang`, or `tidak-ditemukan` for an office that is not known."""
    caller, app = identity.caller(*READERS), here()
    if not caller.covers(query.kantor):
        raise Problem("bukan-wewenang")
    days = isi.bulan(query.bulan or f"{app.clock.now():%Y-%m}")
    found = isi.susun(app.rujukan, query.kantor, *days)
    if found is None:
        raise Problem("tidak-ditemukan")
    return found
