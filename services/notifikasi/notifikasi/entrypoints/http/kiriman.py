"""The delivery log of one application, and "Kirim ulang", for the counter."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from chassis.aggregate import Outcome
from notifikasi.application import kiriman
from notifikasi.entrypoints.http.bagian import bagian, problems
from notifikasi.entrypoints.http.models import DaftarKiriman, KirimUlang, TanyaKiriman
from web import commands
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("kiriman", __name__, url_prefix="/v1/pesan", tag="kiriman")
LOKET = ("petugas_loket", "petugas_loket_kecamatan")


@bp.get("/kiriman")
@bp.input(TanyaKiriman, location="query")
@bp.output(DaftarKiriman)
@bp.doc(
    summary="What became of an application's messages to its applicant; the reading is recorded",
    responses=problems(
        s401="not signed in", s403="not the counter of that area", s404="no such application", s422="no id"
    ),
)
def daftar(query_data: TanyaKiriman) -> dict[str, Any]:
    siapa = caller(*LOKET)
    found = kiriman.cari(bagian().kabar, query_data.permohonan)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    bagian().audit.append(found.scope, actor=siapa.sub, action="kiriman.dilihat", subject=found.id)
    return _shown(found)


@bp.post("/<id>/kirim-ulang")
@bp.input(KirimUlang)
@bp.output(DaftarKiriman, status_code=202)
@bp.doc(
    summary="Send a message to the applicant once more",
    description="Needs an Idempotency-Key.",
    responses=problems(
        s401="not signed in",
        s403="not the counter of that area",
        s404="no such message",
        s409="it is on its way still, there is no contact, or it may have arrived and `tetap_kirim` is not said",
        s422="fields are wrong",
    ),
)
def ulang(id: str, json_data: KirimUlang) -> Any:
    siapa = caller(*LOKET)
    cause = commands.command(siapa.sub, json_data.model_dump())
    found = kiriman.cari(bagian().kabar, json_data.permohonan)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    bagian().audit.append(found.scope, actor=siapa.sub, action="pesan.diulang", subject=id)
    saved = kiriman.ulang(bagian().kabar, found, id, cause, tetap_kirim=json_data.tetap_kirim)
    return commands.answer(saved, _shown(saved), 202)


def _shown(found: Outcome) -> dict[str, Any]:
    """Each message with the title that its applicant saw."""
    titles = bagian().templat
    rows = kiriman.daftar(found.state)
    return {"kiriman": [row | {"judul": titles[row["langkah"]].judul} for row in rows]}
