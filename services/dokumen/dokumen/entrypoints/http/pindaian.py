"""Letters signed in ink at the counter: print, scan, compare, confirm (R2)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from chassis.aggregate import Outcome
from dokumen.application.pintu import Tempat
from dokumen.domain import tanda
from dokumen.domain.galat import PindaianBelum
from dokumen.entrypoints.http.badan import potongan
from dokumen.entrypoints.http.bagian import LOKET, PEJABAT, bagian, problems, tempat
from dokumen.entrypoints.http.bentuk_tanda import (
    DaftarMenunggu,
    PindaianKeluar,
    PindaianTanya,
    SahkanMasuk,
)
from dokumen.entrypoints.http.menunggu import antrean
from web import commands
from web.identity import Identity, caller
from web.problems import Problem

bp = APIBlueprint("pindaian", __name__, url_prefix="/v1", tag="tanda tangan")
MEDIA = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


@bp.get("/surat/basah")
@bp.output(DaftarMenunggu)
@bp.doc(
    summary="Letters to print, have signed and scan back, the longest waiting first",
    responses=problems(s401="not signed in", s403="not a clerk"),
)
def menunggu() -> Any:
    app, siapa = bagian(), caller(*LOKET)
    mine = siapa.wilayah[0] if siapa.wilayah else "-"
    return antrean(app, siapa, {"state.menanti.untuk": tanda.BASAH, "scope": {"gte": mine, "lt": mine + "~"}})


@bp.get("/surat/<id>/cetakan")
@bp.doc(
    summary="The written letter while it waits for its signatures",
    description="For signers to read and for the counter to print. It is no letter yet.",
    responses=problems(s403="outside the caller's area", s404="no such letter", s409="not waiting"),
)
def cetakan(id: str) -> Response:
    siapa = caller(*LOKET, *PEJABAT)
    _, case = _milik(id, siapa, "surat.cetakan")
    letter = case.state["surat"][id]
    if not letter.get("lembar"):
        raise PindaianBelum("Surat ini tidak menunggu tanda tangan.")
    answer = Response(bagian().objects.open(letter["lembar"]["objek"]), content_type="application/pdf")
    answer.content_length = letter["lembar"]["ukuran"]
    answer.headers["Content-Disposition"] = f'inline; filename="{id}-belum-ditandatangani.pdf"'
    return answer


@bp.post("/berkas/pindaian")
@bp.input(PindaianTanya, location="query")
@bp.output(PindaianKeluar, status_code=202)
@bp.doc(
    summary="Upload the scan of a letter that was signed and stamped",
    description="The raw file (PDF or picture) is the body; a later one replaces it until one is confirmed.",
    responses=problems(
        s403="not a clerk of that office", s404="no such letter", s409="not waiting", s413="too large"
    ),
)
def unggah(query_data: PindaianTanya) -> Any:
    app, siapa, id = bagian(), caller(*LOKET), query_data.surat
    place, _ = _milik(id, siapa, "surat.dipindai")
    cause = commands.command(siapa.sub, {"surat": id})
    done = app.pindai.unggah(place, siapa.sub, cause, potongan(app.settings.maks_pindaian))
    return commands.answer(done, _keluar(id, done), 202)


@bp.get("/surat/<id>/pindaian")
@bp.output(PindaianKeluar)
@bp.doc(
    summary="The scan's state, and the letter's text to compare it with",
    responses=problems(s403="outside the caller's area", s404="no such letter", s409="not waiting"),
)
def lihat(id: str) -> Any:
    _, case = _milik(id, caller(*LOKET, *PEJABAT), "surat.dibandingkan")
    return commands.answer(case, _keluar(id, case))


@bp.get("/surat/<id>/pindaian/isi")
@bp.doc(
    summary="The examined scan",
    responses=problems(s403="outside the caller's area", s404="no such letter", s409="not examined yet"),
)
def isi(id: str) -> Response:
    _, case = _milik(id, caller(*LOKET, *PEJABAT), "surat.pindaian")
    scan = case.state["surat"][id].get("pindaian") or {}
    if not scan.get("objek"):
        raise PindaianBelum("Belum ada pindaian yang selesai diperiksa.")
    answer = Response(bagian().objects.open(scan["objek"]), content_type=MEDIA[scan["jenis"]])
    answer.content_length = scan["ukuran"]
    answer.headers["Content-Disposition"] = "inline"
    return answer


@bp.post("/surat/<id>/pindaian/sahkan")
@bp.input(SahkanMasuk)
@bp.output(PindaianKeluar)
@bp.doc(
    summary="Confirm that the scan says what the letter says; it becomes the official copy",
    responses=problems(s403="not a clerk of that office", s409="not waiting, or another scan came in"),
)
def sahkan(id: str, json_data: SahkanMasuk) -> Any:
    app, siapa = bagian(), caller(*LOKET)
    place, _ = _milik(id, siapa, "surat.disahkan")
    cause = commands.command(siapa.sub, json_data.model_dump())
    done = app.pindai.sahkan(place, json_data.sha256, siapa.sub, cause)
    return commands.answer(done, _keluar(id, done))


def _milik(id: str, siapa: Identity, tindakan: str) -> tuple[Tempat, Outcome]:
    """The letter's case, for staff of the area, after the act was written down."""
    app = bagian()
    place, case = tempat(app, "surat", id)
    if not siapa.covers(place.kantor):
        raise Problem("dilarang")
    app.audit.append(place.kantor, actor=siapa.sub, action=tindakan, subject=id)
    return place, case


def _keluar(id: str, case: Outcome) -> dict[str, Any]:
    from dokumen.adapters.teks_pdf import words

    letter = case.state["surat"][id]
    scan = letter.get("pindaian") or {}
    sheet = letter.get("lembar")
    text = words(bagian().simpan.buka(sheet["objek"])) if sheet else []
    known = {name: scan.get(name) for name in ("alasan", "pesan", "sha256", "jenis", "halaman")}
    confirmed = bool(scan.get("sah"))
    return {
        **known,
        "surat": id,
        "status": scan.get("status", "belum"),
        "disahkan": confirmed,
        "naskah": text,
    }
