"""Who saw a case here; the gateway joins what every service tells."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from pengajuan.application.pemanggil import boleh_lihat
from pengajuan.application.queries import satu
from pengajuan.entrypoints.http.lingkungan import app, dari, dicatat
from web import jejak
from web.identity import caller

bp = APIBlueprint("jejak", __name__, tag="jejak")


@bp.get("/v1/jejak")
@bp.input(jejak.Tanya, location="query", arg_name="query")
@bp.output(jejak.DaftarJejak)
@bp.doc(summary="Who read or decided a case, here", responses=[401, 403, 404, 422])
def get_jejak(query: jejak.Tanya) -> Any:
    siapa = caller("warga", "inspektur")
    kasus = satu(app().lingkup, query.permohonan).kasus
    if siapa.peran == "warga":
        boleh_lihat(kasus, dari(siapa))
    else:
        jejak.require(siapa, kasus.kantor, kasus.id)
    dicatat(dari(siapa), kasus.kantor, "lihat_jejak", kasus.id)
    return jejak.entries(app().chain, kasus.kantor, [kasus.id])
