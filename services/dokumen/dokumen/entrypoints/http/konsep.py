"""Read before signing: the draft of a letter, and the forms of a case filled in (GET only, nothing is kept)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel

from chassis.aggregate import Outcome
from dokumen.application.konsep import Konsep, Pembaca
from dokumen.entrypoints.http.bagian import bagian, berhak, pemohon, problems
from dokumen.entrypoints.http.models import SuratTanya
from web.identity import Identity, caller
from web.problems import Problem

if TYPE_CHECKING:
    from dokumen.adapters.konsep import PencetakKonsep

bp = APIBlueprint("konsep", __name__, url_prefix="/v1/surat", tag="surat")


class FormulirKeluar(BaseModel):
    kode: str
    model: str
    judul: str


class DaftarFormulir(BaseModel):
    formulir: list[FormulirKeluar]


@bp.get("/pratinjau")
@bp.input(SuratTanya, location="query")
@bp.doc(
    summary="The draft of an application's letter (PDF, marked KONSEP)",
    description="For officials of the area, before they decide. Neither number nor code; nothing is kept.",
    responses=problems(s403="not an official of the area", s404="no such case", s422="something is missing"),
)
def pratinjau(query_data: SuratTanya) -> Response:
    siapa = caller()
    if siapa.peran == "warga":
        raise Problem("dilarang")
    case = _perkara(query_data.permohonan, siapa, "surat.pratinjau")
    reader = Pembaca(akun=siapa.sub, peran=siapa.peran)
    draft = _konsep().surat(case, reader, bagian().clock.now().date(), _pengetik())
    return _pdf(draft, f"konsep-{case.id}")


@bp.get("/formulir")
@bp.input(SuratTanya, location="query")
@bp.output(DaftarFormulir)
@bp.doc(
    summary="Forms that this application fills in",
    responses=problems(s403="outside the caller's area", s404="no such case"),
)
def daftar(query_data: SuratTanya) -> Any:
    case = _perkara(query_data.permohonan, caller(), "formulir.dilihat")
    forms = _konsep().daftar(case)
    return {"formulir": [{"kode": f.kode, "model": f.model, "judul": f.judul} for f in forms]}


@bp.get("/formulir/<kode>")
@bp.input(SuratTanya, location="query")
@bp.doc(
    summary="A form filled in from the application (PDF)",
    responses=problems(
        s403="outside the caller's area", s404="no such case or form", s422="something is missing"
    ),
)
def formulir(kode: str, query_data: SuratTanya) -> Response:
    case = _perkara(query_data.permohonan, caller(), "formulir.pdf")
    sheet = _konsep().lembar(case, kode, bagian().clock.now().date(), _pengetik())
    if sheet is None:
        raise Problem("tidak-ditemukan")
    return _pdf(sheet, f"{kode}-{case.id}")


def _konsep() -> Konsep:
    app = bagian()
    return Konsep(rujukan=app.rujukan, katalog=app.katalog, formulir=app.formulir)


def _perkara(permohonan: str, siapa: Identity, tindakan: str) -> Outcome:
    """The case, after the reading was written down."""
    app = bagian()
    found = app.perkara.find({"id": permohonan}, limit=1)
    if not found:
        raise Problem("tidak-ditemukan")
    case = found[0]
    berhak(siapa, case.scope, pemohon(case, siapa))
    app.audit.append(case.scope, actor=siapa.sub, action=tindakan, subject=case.id)
    return case


@cache
def _pengetik() -> PencetakKonsep:
    """One renderer for a process, made when somebody first wants to read: it needs fonts and some memory."""
    from dokumen.adapters.konsep import PencetakKonsep
    from dokumen.adapters.typst_letters import Renderer

    return PencetakKonsep(Renderer())


def _pdf(isi: bytes, nama: str) -> Response:
    answer = Response(isi, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{nama}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
