"""Who saw the papers and letters of a case; for the inspector, and for its resident through the gateway."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from dokumen.entrypoints.http.bagian import bagian, problems
from web import jejak
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("jejak", __name__, url_prefix="/v1/jejak", tag="jejak")


@bp.get("")
@bp.input(jejak.Tanya, location="query")
@bp.output(jejak.DaftarJejak)
@bp.doc(
    summary="Who read or decided the papers and letters of a case, here",
    description="Residents ask the gateway, which knows whose case it is.",
    responses=problems(s401="not signed in", s403="outside the caller's area", s404="no such case"),
)
def lihat(query_data: jejak.Tanya) -> Any:
    app, siapa = bagian(), caller("inspektur", "sistem")
    found = app.perkara.find({"id": query_data.permohonan}, limit=1)
    if not found:
        raise Problem("tidak-ditemukan")
    case = found[0]
    jejak.require(siapa, case.scope, case.id)
    app.audit.append(case.scope, actor=siapa.sub, action="jejak.dilihat", subject=case.id)
    return jejak.entries(app.chain, case.scope, [case.id, *case.state["berkas"], *case.state["surat"]])
