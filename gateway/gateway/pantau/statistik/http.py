"""GET /v1/statistik: what was filed, issued, returned, refused and late, by office, service and day."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any, Literal

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from gateway.bootstrap import here
from gateway.pantau import wilayah
from gateway.pantau.statistik import hitung
from gateway.pantau.statistik.baris import COUNTED
from web import identity
from web.problems import Problem

bp = APIBlueprint("statistik", __name__, tag="Pantau")
MOST = 366  # days of one question
_DAYS = 30  # days that are told when none are asked for


class StatistikQuery(BaseModel):
    """Days of the office's zone, both included; default: the last thirty."""

    wilayah: str | None = Field(None, pattern=r"^[0-9]{4,10}$")
    dari: date | None = None
    sampai: date | None = None
    per: str = Field("kantor,layanan,hari", description="Some of kantor, layanan, hari, with commas.")
    bentuk: Literal["json", "csv"] = "json"


class Baris(BaseModel):
    """Counts of a group; `jam_*` are hours from complete papers to the letter, null where none was issued."""

    kantor: str | None = None
    layanan: str | None = None
    hari: date | None = None
    diajukan: int
    terbit: int
    dikembalikan: int
    ditolak: int
    dibatalkan: int
    ditutup: int
    dipindah: int = Field(description="Misfiled and moved to the right office, where it counts as filed.")
    diserahkan: int
    terlambat: int = Field(description="Decided after their due time.")
    jam_median: float | None
    jam_p90: float | None


class Statistik(BaseModel):
    """Groups in order."""

    dari: date
    sampai: date
    statistik: list[Baris]


@bp.get("/v1/statistik")
@bp.input(StatistikQuery, location="query")
@bp.output(Statistik)
@bp.doc(
    summary="Counts and durations by office, service and day; bentuk=csv as a table",
    responses={
        401: "belum-masuk",
        403: "dilarang, bukan-wewenang",
        422: "isi-salah",
        503: "mesin-tidak-tersedia",
    },
)
def statistik(query_data: StatistikQuery) -> Any:
    caller, app = identity.caller(*wilayah.WATCHERS), here()
    area = wilayah.area(caller, query_data.wilayah)
    sampai = query_data.sampai or app.clock.now().date()
    dari = query_data.dari or sampai - timedelta(days=_DAYS - 1)
    if not timedelta(0) <= sampai - dari < timedelta(days=MOST):
        raise _wrong("sampai", f"Pilih rentang 1 sampai {MOST} hari.")
    by = _by(query_data.per)
    span = (dari.isoformat(), sampai.isoformat())
    found = hitung.totals(hitung.between(app.documents, area, *span), *span, by)
    if query_data.bentuk == "csv":
        return _table(by, found)
    return {"dari": dari, "sampai": sampai, "statistik": found}


def _by(text: str) -> list[str]:
    asked = {name.strip() for name in text.split(",") if name.strip()}
    if not asked <= set(hitung.BY):
        raise _wrong("per", f"Pilih dari: {', '.join(hitung.BY)}.")
    return [name for name in hitung.BY if name in asked]


def _wrong(name: str, detail: str) -> Problem:
    return Problem("isi-salah", errors=[{"pointer": f"/{name}", "slug": "pilihan", "detail": detail}])


def _table(by: list[str], rows: list[dict[str, Any]]) -> Response:
    """RFC 4180, with a heading."""
    text = io.StringIO()
    table = csv.DictWriter(text, [*by, *COUNTED, "jam_median", "jam_p90"])
    table.writeheader()
    table.writerows(rows)
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8; header=present")
