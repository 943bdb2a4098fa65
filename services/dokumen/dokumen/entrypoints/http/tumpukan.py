"""A pile of papers scanned as one PDF at the counter: taken in, looked at page by page, divided into papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint
from flask import request

from dokumen.adapters import izin
from dokumen.application.bagi import bagi as bagikan
from dokumen.domain.berkas import SYARAT_TUMPUKAN
from dokumen.domain.tumpukan import Bagian, milik
from dokumen.entrypoints.http.bagian import LOKET, bagian, pemegang, problems, tempat
from dokumen.entrypoints.http.bentuk_tumpukan import BagiMasuk
from dokumen.entrypoints.http.berkas import keluar, terima
from dokumen.entrypoints.http.models import BerkasKeluar
from web import commands
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("tumpukan", __name__, url_prefix="/v1/berkas", tag="berkas")


@bp.post("/tumpukan")
@bp.output(BerkasKeluar, status_code=202)
@bp.doc(
    summary="Upload a pile of papers scanned as one PDF",
    description="Examined like a paper (`GET /v1/berkas/{id}`, `…/halaman/{n}`), then it waits 24 hours as `tumpukan` "
    "until its pages are assigned. A signed PDF is refused: it is never divided (R11).",
    responses=problems(
        s401="not signed in",
        s403="not a clerk of that office, or the grant is missing, expired or of a closed round",
        s408="it took too long",
        s409="cut off, or too many piles",
        s413="larger than a scan may be",
        s422="a form without a file",
        s503="too many uploads at once, see `Retry-After`",
    ),
)
def unggah() -> Any:
    app, siapa = bagian(), caller(*LOKET)
    grant = izin.baca(app.verifier, request.headers.get("X-Izin-Unggah", ""))
    pemegang(siapa, grant)
    opened = replace(grant, syarat={**grant.syarat, SYARAT_TUMPUKAN: 1}, maks_byte=app.settings.maks_pindaian)
    cause = commands.command(siapa.sub, {"permohonan": grant.permohonan, "tumpukan": True})
    id, outcome = terima(opened, SYARAT_TUMPUKAN, siapa, cause)
    return commands.answer(outcome, keluar(id, outcome), 202)


@bp.post("/<id>/bagi")
@bp.input(BagiMasuk)
@bp.output(BerkasKeluar, status_code=202)
@bp.doc(
    summary="Say which pages of a pile are which paper",
    description="`bagian` of the answer names the papers to be; each is checked like any other. Pages that are not "
    "named go. If a round closes meanwhile, the pile stays and `pesan` says why. `X-Izin-Unggah` holds the grant.",
    responses=problems(
        s401="not signed in",
        s403="not a clerk of that office, or the grant is missing, expired or of a closed round",
        s404="no such paper",
        s409="not examined yet, no pile, or being divided",
        s410="divided already, or erased after 24 hours",
        s422="pages that it does not have, or a requirement that the grant does not hold",
    ),
)
def bagi(id: str, json_data: BagiMasuk) -> Any:
    app, siapa = bagian(), caller(*LOKET)
    place, _ = tempat(app, "berkas", id)
    if not siapa.covers(place.kantor):
        raise Problem("dilarang")
    grant = izin.baca(app.verifier, request.headers.get("X-Izin-Unggah", ""))
    pemegang(siapa, grant)
    milik(grant, place.permohonan)
    app.audit.append(place.kantor, actor=siapa.sub, action="berkas.dibagi", subject=id)
    parts = [Bagian(syarat=b.syarat, halaman=tuple(b.halaman)) for b in json_data.bagian]
    cause = commands.command(siapa.sub, {"berkas": id, **json_data.model_dump()})
    outcome = bagikan(app.perkara, place, grant, parts, siapa.sub, cause)
    return commands.answer(outcome, keluar(id, outcome), 202)
