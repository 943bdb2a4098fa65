"""GET /v1/peristiwa and GET /v1/status: what happens in the offices of the caller's area."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, Field

from chassis.contracts import Contracts
from gateway.bootstrap import App, here
from gateway.pantau import cursor, status, stream
from web import identity, paging
from web.identity import Identity
from web.problems import Problem

bp = APIBlueprint("pantau", __name__, tag="Pantau")
WATCHERS = (
    "petugas_loket_kecamatan",
    "kasi_kecamatan",
    "sekcam",
    "camat",
    "admin_kecamatan",
    "operator",
    "inspektur",
    "sistem",
)
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


class Status(BaseModel):
    """One row per office."""

    kantor: list[dict[str, Any]]


@bp.get("/v1/peristiwa")
@bp.input(PeristiwaQuery, location="query")
@bp.output(Peristiwa)
@bp.doc(summary="The unified event stream, in pages", responses={**_ERRORS, 410: "kursor-usang"})
def events(query_data: PeristiwaQuery) -> Any:
    caller, app = identity.caller(*WATCHERS), here()
    types = wanted(app.contracts, query_data.jenis or "")
    text = request.args.get("cursor", "")
    at = cursor.read(text) if text else None
    topics = _topics(app, _area(caller, query_data.wilayah))
    found = stream.page(app.events(), topics, at, types, paging.limit())
    return {"peristiwa": found.events, "cursor": cursor.write(found.cursor), "lagi": found.more}


@bp.get("/v1/status")
@bp.input(StatusQuery, location="query")
@bp.output(Status)
@bp.doc(summary="Offices: switched on or not, last event", responses=_ERRORS)
def offices(query_data: StatusQuery) -> Any:
    caller, app = identity.caller(*WATCHERS), here()
    area = _area(caller, query_data.wilayah)
    return {"kantor": status.offices(app.rujukan, app.events(), _topics(app, area), area)}


def wanted(contracts: Contracts, jenis: str) -> set[str]:
    """Full types from a filter; empty for no filter. Raises `isi-salah` for a name that no event has."""
    names = {name.strip() for name in jenis.split(",") if name.strip()}
    kinds = [k for k in contracts.types.values() if k.family.name == "peristiwa"]
    unknown = names - {k.type for k in kinds} - {k.name for k in kinds}
    if unknown:
        detail = f"Jenis peristiwa tidak dikenal: {', '.join(sorted(unknown))}."
        raise Problem("isi-salah", errors=[{"pointer": "/jenis", "slug": "jenis-salah", "detail": detail}])
    return {k.type for k in kinds if names & {k.type, k.name}}


def _area(caller: Identity, wilayah: str | None) -> tuple[str, ...]:
    """Code prefixes to look at. Raises `bukan-wewenang` outside the caller's area."""
    if wilayah is not None and not caller.covers(wilayah):
        raise Problem("bukan-wewenang")
    return caller.wilayah if wilayah is None else (wilayah,)


def _topics(app: App, area: tuple[str, ...]) -> dict[str, str]:
    """Kelurahan → topic, also of those switched on a moment ago."""
    prefix = app.contracts.families["peristiwa"].prefix
    found = {topic for kode in area for topic in app.events().topics(prefix + kode)}
    return {topic.removeprefix(prefix): topic for topic in sorted(found)}
