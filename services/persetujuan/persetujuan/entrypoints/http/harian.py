"""Small things of the day: a note to the next official, and that the resident waits at the counter."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from chassis.aggregate import Outcome
from persetujuan.application import tugas as penugasan
from persetujuan.bootstrap import App
from persetujuan.entrypoints.http.bagian import PEMUTUS, bagian, pemutus, problems
from persetujuan.entrypoints.http.models_harian import (
    CatatanKeluar,
    CatatanMasuk,
    TungguKeluar,
    TungguLihat,
    TungguMasuk,
    TungguTanya,
)
from persetujuan.entrypoints.http.tampilan import ditunggu, kasus_dari
from web import commands
from web.identity import Identity, caller
from web.problems import Problem

LOKET = ("petugas_loket", "petugas_loket_kecamatan")
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
    app, siapa = bagian(), caller(*LOKET)
    cause = commands.command(siapa.sub, json_data.model_dump())
    found = _terjangkau(app, siapa, json_data.permohonan)
    saved = penugasan.tunggu(app.kasus, found, json_data.menunggu_di_loket, siapa.sub, cause)
    body = {"permohonan": found.id, "menunggu_di_loket": json_data.menunggu_di_loket}
    return commands.answer(saved, body)


@bp.get("/ditunggu")
@bp.input(TungguTanya, location="query")
@bp.output(TungguLihat)
@bp.doc(
    summary="Whether the counter said that the resident of a case waits there, who and since when",
    responses=problems(
        s401="not signed in",
        s403="not the counter of that area",
        s404="no such case here",
        s422="the id is wrong",
    ),
)
def ditunggu_sejak(query_data: TungguTanya) -> Any:
    app, siapa = bagian(), caller(*LOKET)
    found = _terjangkau(app, siapa, query_data.permohonan)
    case = kasus_dari(found)
    who = case.ditunggu.oleh if case.ditunggu else ""
    told = {"permohonan": found.id, "oleh": who or None, "bisa": case.terbuka is not None}
    return commands.answer(found, ditunggu(case) | told)


def _terjangkau(app: App, siapa: Identity, permohonan: str) -> Outcome:
    """The case, if it lies in the caller's area. Raises TugasTidakAda, `dilarang`."""
    found = penugasan.kasus_id(app.kasus, permohonan)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    return found
