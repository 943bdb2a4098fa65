"""Inbox, one task, and the decision on it."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from persetujuan.application import tugas as penugasan
from persetujuan.bootstrap import SERVICE
from persetujuan.domain.alur import Keputusan
from persetujuan.domain.galat import TugasTidakAda
from persetujuan.domain.keputusan.syarat import Putusan
from persetujuan.entrypoints.http.bagian import PEMUTUS, bagian, pemutus, problems
from persetujuan.entrypoints.http.models import (
    DaftarTugas,
    Halaman,
    KeputusanKeluar,
    KeputusanMasuk,
    TugasLengkap,
)
from persetujuan.entrypoints.http.tampilan import kasus_dari, rinci, ringkas
from web import commands, paging
from web.identity import caller, confirmed
from web.problems import Problem

bp = APIBlueprint("tugas", __name__, url_prefix="/v1/tugas", tag="tugas")


@bp.get("")
@bp.input(Halaman, location="query", validation=False)
@bp.output(DaftarTugas)
@bp.doc(
    summary="Tasks that wait for the caller: who waits at the counter first, then late ones, then by due time",
    responses=problems(s401="not signed in", s403="not a deciding role"),
)
def daftar(query_data: Any) -> dict[str, Any]:
    app, limit = bagian(), paging.limit()
    who = pemutus(app, caller(*PEMUTUS))
    found = penugasan.kotak(app.kasus, who, app.per_seksi, limit=limit, after=paging.cursor(2))
    cases = [kasus_dari(outcome) for outcome in found]
    rows = [ringkas(app, case, case.terbuka) for case in cases if case.terbuka]
    last = [found[-1].state["terbuka"]["urut"], found[-1].id] if len(found) == limit else None
    return {"tugas": rows, "cursor": paging.write(last) if last else None}


@bp.get("/<id>")
@bp.output(TugasLengkap)
@bp.doc(
    summary="One task with the form data and the list of papers; the reading is recorded",
    responses=problems(s401="not signed in", s403="outside the caller's area", s404="no such task"),
)
def lihat(id: str) -> Any:
    app, siapa = bagian(), caller(*PEMUTUS)
    found = penugasan.cari(app.kasus, id)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    case = kasus_dari(found)
    task = case.cari(id)
    if task is None:
        raise TugasTidakAda("Tugas tidak ditemukan.")
    app.audit.append(found.scope, actor=siapa.sub, action="tugas.dilihat", subject=found.id)
    return commands.answer(found, rinci(app, case, task, pemutus(app, siapa)))


@bp.post("/<id>/keputusan")
@bp.input(KeputusanMasuk)
@bp.output(KeputusanKeluar)
@bp.doc(
    summary="Decide a task: paraf, setuju, kembalikan or tolak",
    description="Needs an Idempotency-Key; `setuju` also X-Konfirmasi from POST /v1/masuk/konfirmasi.",
    responses=problems(
        s401="not signed in",
        s403="another role, office or section decides; own case; drafter; unconfirmed",
        s404="no such task",
        s409="already decided, or the case waits for no decision",
        s412="the case changed since it was shown (If-Match)",
        s422="the step does not know this decision, or its reasons are missing",
    ),
)
def putuskan(id: str, json_data: KeputusanMasuk) -> Any:
    app, siapa = bagian(), caller(*PEMUTUS)
    cause = commands.command(siapa.sub, json_data.model_dump())
    found = penugasan.cari(app.kasus, id)
    if not siapa.covers(found.scope):
        raise Problem("dilarang")
    who = pemutus(app, siapa, terkonfirmasi=confirmed(app.verifier, siapa.sub, [id], SERVICE))
    app.audit.append(found.scope, actor=siapa.sub, action=f"tugas.{json_data.keputusan}", subject=id)
    outcome = penugasan.putuskan(app.kasus, app.layanan, found, id, who, _putusan(json_data), cause)
    case = kasus_dari(outcome)
    task = case.cari(id)
    body = {
        "id": id,
        "permohonan": case.id,
        "keputusan": task.keputusan if task else json_data.keputusan,
        "tahap": case.tahap,
        "berikutnya": case.terbuka.peran if case.terbuka else None,
    }
    return commands.answer(outcome, body)


def _putusan(asked: KeputusanMasuk) -> Putusan:
    return Putusan(
        keputusan=Keputusan(asked.keputusan),
        target=asked.target,
        kekurangan=tuple(point.model_dump() for point in asked.kekurangan),
        alasan=asked.alasan,
        teks=asked.teks,
    )
