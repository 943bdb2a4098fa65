"""Small things of the day: a note to the next official, and that the resident waits at the counter."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from persetujuan.application import tugas as penugasan
from persetujuan.entrypoints.http.bagian import PEMUTUS, bagian, pemutus, problems
from persetujuan.entrypoints.http.models_harian import CatatanKeluar, CatatanMasuk, TungguKeluar, TungguMasuk
from web import commands
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("harian", __name__, url_prefix="/v1/tugas", tag="harian")


@bp.post("/<id>/catatan")
@bp.input(CatatanMasuk)
@bp.output(CatatanKeluar, status_code=201)
@bp.doc(
    summary="A note to whoever decides next; residents never see it",
    description="Needs an Idempotency-Key.",
    responses=problems(
        s401="not signed in",
        s403="another role, office or section decides; own case",
        s404="no such task",
        s409="already decided, or too many notes",
        s422="the note is empty or too long",
    ),
)
def catat(id: str, json_data: CatatanMasuk) -> Any:
    app, siapa = bagian(), caller(*PEMUTUS)
    cause = commands.command(siapa.sub, json_data.model_dump())
    found = penugasan.cari(app.kasus, id)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    app.audit.append(found.scope, actor=siapa.sub, action="tugas.dicatat", subject=id)
    saved = penugasan.catat(app.kasus, found, id, pemutus(app, siapa), json_data.teks, cause)
    return commands.answer(saved, {"id": id, "permohonan": found.id, "catatan": json_data.teks}, 201)


@bp.post("/ditunggu")
@bp.input(TungguMasuk)
@bp.output(TungguKeluar)
@bp.doc(
    summary="The resident waits at the counter (or has left): the case comes first in every inbox",
    description="Needs an Idempotency-Key.",
    responses=problems(
        s401="not signed in",
        s403="not the counter of that area",
        s404="no such case here",
        s409="no official has the case",
        s422="fields are wrong",
    ),
)
def tunggu(json_data: TungguMasuk) -> Any:
    app, siapa = bagian(), caller("petugas_loket", "petugas_loket_kecamatan")
    cause = commands.command(siapa.sub, json_data.model_dump())
    found = penugasan.kasus_id(app.kasus, json_data.permohonan)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    saved = penugasan.tunggu(app.kasus, found, json_data.menunggu_di_loket, cause)
    body = {"permohonan": found.id, "menunggu_di_loket": json_data.menunggu_di_loket}
    return commands.answer(saved, body)
