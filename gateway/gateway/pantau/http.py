"""GET /v1/peristiwa, GET /v1/status, PUT /v1/detak: what happens in the offices of the caller's area."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, Field

from gateway.bootstrap import here
from gateway.pantau import cursor, detak, status, stream, wilayah
from web import identity, paging
from web.problems import Problem

bp = APIBlueprint("pantau", __name__, tag="Pantau")
_ERRORS = {
    400: "kursor-salah",
    401: "belum-masuk",
    403: "dilarang, bukan-wewenang",
    503: "mesin-tidak-tersedia",
}


class PeristiwaQuery(BaseModel):
    """`wilayah` is a code or the beginning of codes; default: all that the caller may see."""

    wilayah: str | None = Field(None, pattern=r"^[0-9]{4,10}$")
    jenis: str | None = Field(
        None, description="Types, or short names like permohonan.diajukan, with commas."
    )
    cursor: str | None = None
    batas: int = Field(50, ge=1, le=200)


class Peristiwa(BaseModel):
    """A page of the stream."""

    peristiwa: list[dict[str, Any]] = Field(description="CloudEvents 1.0 in structured form.")
    cursor: str = Field(description="Where to go on, also when nothing came.")
    lagi: bool = Field(description="More is there now.")


class StatusQuery(BaseModel):
    """As for the stream."""

    wilayah: str | None = Field(None, pattern=r"^[0-9]{4,10}$")


class Antrean(BaseModel):
    """Applications that are not finished."""

    terbuka: int
    terlambat: int = Field(description="Past their due time.")
    menurut_status: dict[str, int]


class Kantor(BaseModel):
    """One office; what nothing is known of is null."""

    kantor: str
    nama: str | None
    tingkat: str
    status: str | None
    aktif: bool
    tutup: dict[str, Any] | None = Field(description="Closed now (R20): dari, sampai, alasan.")
    detak: str | None = Field(description="Last heartbeat of its counter.")
    terhubung: bool | None = Field(description="Heard from within two minutes.")
    antrean: Antrean
    tertinggal: dict[str, int] = Field(description="Service → events of this office still waiting for it.")
    peristiwa_terakhir: str | None


class Status(BaseModel):
    """One row per office."""

    kantor: list[Kantor]


class Detak(BaseModel):
    """The office whose counter is alive."""

    kantor: str = Field(pattern=r"^([0-9]{6}|[0-9]{10})$")


class DetakDiterima(BaseModel):
    """When to come again."""

    tiap_detik: int


@bp.get("/v1/peristiwa")
@bp.input(PeristiwaQuery, location="query")
@bp.output(Peristiwa)
@bp.doc(summary="The unified event stream, in pages", responses={**_ERRORS, 410: "kursor-usang"})
def events(query_data: PeristiwaQuery) -> Any:
    caller, app = identity.caller(*wilayah.WATCHERS), here()
    types = wilayah.types(app.contracts, query_data.jenis or "")
    text = request.args.get("cursor", "")
    at = cursor.read(text) if text else None
    topics = wilayah.topics(app.contracts, app.events(), wilayah.area(caller, query_data.wilayah))
    found = stream.page(app.events(), topics, at, types, paging.limit())
    return {"peristiwa": found.events, "cursor": cursor.write(found.cursor), "lagi": found.more}


@bp.get("/v1/status")
@bp.input(StatusQuery, location="query")
@bp.output(Status)
@bp.doc(summary="Offices: on, closed, connected, backlog, overdue, what lags behind", responses=_ERRORS)
def offices(query_data: StatusQuery) -> Any:
    caller, app = identity.caller(*wilayah.WATCHERS), here()
    area = wilayah.area(caller, query_data.wilayah)
    topics = wilayah.topics(app.contracts, app.events(), area)
    found = status.offices(app.rujukan, app.beats, app.contracts, app.events(), topics, area)
    return {"kantor": found}


@bp.put("/v1/detak")
@bp.input(Detak)
@bp.output(DetakDiterima)
@bp.doc(
    summary="The counter of an office is alive; every half minute",
    responses={401: "belum-masuk", 403: "dilarang, bukan-wewenang", 503: "mesin-tidak-tersedia"},
)
def beat(json_data: Detak) -> Any:
    caller = identity.caller(*wilayah.COUNTERS)
    if json_data.kantor not in caller.wilayah:
        raise Problem("bukan-wewenang")
    here().beats.beat(json_data.kantor)
    return {"tiap_detik": detak.EVERY}
