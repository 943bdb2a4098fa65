"""The register of an office: every number of a year with what became of it (R5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint

from chassis.ports.documents import Doc
from dokumen.adapters.nomor import COLLECTION
from dokumen.domain.nomor import tulis
from dokumen.entrypoints.http.bagian import bagian, berhak, problems
from dokumen.entrypoints.http.models import AgendaKeluar, AgendaTanya
from web import paging
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("agenda", __name__, url_prefix="/v1/agenda", tag="agenda")


@bp.get("")
@bp.input(AgendaTanya, location="query")
@bp.output(AgendaKeluar)
@bp.doc(summary="Numbers of an office and year", responses=problems(s403="outside the caller's area"))
def daftar(query_data: AgendaTanya) -> Any:
    app, siapa, limit = bagian(), caller(), paging.limit()
    if siapa.peran == "warga":
        raise Problem("dilarang")
    berhak(siapa, query_data.kantor, ())
    app.audit.append(query_data.kantor, actor=siapa.sub, action="agenda.dilihat", subject=query_data.kantor)
    where = {"scope": query_data.kantor, "tahun": query_data.tahun}
    found = app.documents.find(
        COLLECTION.name, where, order=("seri", "urut", "id"), limit=limit, after=paging.cursor(3)
    )
    last = found[-1] if len(found) == limit else None
    cursor = paging.write([last.body["seri"], last.body["urut"], last.id]) if last else None
    return {"agenda": [_baris(doc) for doc in found], "cursor": cursor}


def _baris(doc: Doc) -> dict[str, Any]:
    body = doc.body
    written = None
    if body.get("tanggal"):
        day = date.fromisoformat(body["tanggal"])
        written = tulis(body["klasifikasi"], body["urut"], body["kode_unit"], day)
    return {**body, "nomor": written}
