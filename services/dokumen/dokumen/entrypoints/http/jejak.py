"""Who saw the papers and letters of a case; for the inspector, and for its resident through the gateway."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from dokumen.entrypoints.http.bagian import bagian, problems
from web import jejak

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
    app = bagian()
    found = app.perkara.find({"id": query_data.permohonan}, limit=1)
    return jejak.of_case(found, app.audit, app.chain, lambda state: [*state["berkas"], *state["surat"]])
