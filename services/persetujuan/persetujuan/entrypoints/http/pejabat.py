"""Officials of an office, as letters name them."""

from __future__ import annotations

import re
from typing import Any

from apiflask import APIBlueprint
from flask import g, request

from chassis.aggregate import Cause
from persetujuan.application import pejabat
from persetujuan.domain.pejabat import Pejabat
from persetujuan.entrypoints.http.bagian import bagian, problems
from persetujuan.entrypoints.http.models import (
    DaftarPejabat,
    HalamanPejabat,
    PejabatKeluar,
    PejabatMasuk,
)
from web import commands, paging
from web.identity import Identity, caller
from web.problems import Problem

bp = APIBlueprint("pejabat", __name__, url_prefix="/v1/pejabat", tag="pejabat")
ADMIN = ("admin_kantor", "admin_kecamatan", "operator")
_AKUN = re.compile(r"(?![0-9]{16}$)[a-z0-9._-]{3,60}")


@bp.get("")
@bp.input(HalamanPejabat, location="query", validation=False)
@bp.output(DaftarPejabat)
@bp.doc(
    summary="Officials of an office",
    responses=problems(s401="not signed in", s403="outside the caller's area"),
)
def daftar(query_data: Any) -> dict[str, Any]:
    siapa, limit = caller(), paging.limit()
    kantor = request.args.get("kantor") or next(iter(siapa.wilayah), "")
    _covered(siapa, kantor)
    found = pejabat.daftar(bagian().pejabat, kantor, limit=limit, after=paging.cursor())
    cursor = paging.write([found[-1].id]) if len(found) == limit else None
    return {"pejabat": [outcome.state for outcome in found], "cursor": cursor}


@bp.put("/<akun>")
@bp.input(PejabatMasuk)
@bp.output(PejabatKeluar)
@bp.doc(
    summary="Enter or change an official",
    description="If-None-Match: * enters a new one, If-Match changes an existing one.",
    responses=problems(
        s401="not signed in",
        s403="not an administrator of that office",
        s412="changed by somebody else",
        s422="fields are wrong",
        s428="neither If-Match nor If-None-Match",
    ),
)
def simpan(akun: str, json_data: PejabatMasuk) -> Any:
    app, siapa = bagian(), caller(*ADMIN)
    if not _AKUN.fullmatch(akun):
        raise Problem("tidak-ditemukan")
    _covered(siapa, json_data.kantor)
    for kode in pejabat.wilayah(app.pejabat, app.rujukan, akun):
        _covered(siapa, kode)
    app.audit.append(json_data.kantor, actor=siapa.sub, action="pejabat.diubah", subject=akun)
    saved = pejabat.simpan(app.pejabat, Pejabat(akun=akun, **json_data.model_dump()), _cause(siapa))
    return commands.answer(saved, saved.state or {})


def _cause(siapa: Identity) -> Cause:
    return commands.change(siapa.sub, g.request_id, new=request.headers.get("If-None-Match") == "*")


def _covered(siapa: Identity, kantor: str) -> None:
    if not kantor or not siapa.covers(kantor):
        raise Problem("dilarang")
