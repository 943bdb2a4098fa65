"""The agenda of an office: every number of a year with what became of it; booked and void ones too (R5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from apiflask import APIBlueprint

from chassis.ports.documents import Doc
from dokumen.adapters.nomor import COLLECTION
from dokumen.domain.nomor import DIPESAN, SURAT, tulis
from dokumen.entrypoints.http.bagian import LOKET, PEJABAT, bagian, problems
from dokumen.entrypoints.http.bentuk_agenda import (
    AgendaKeluar,
    AgendaTanya,
    BarisAgenda,
    BatalNomorMasuk,
    CatatMasuk,
    PesanKeluar,
    PesanMasuk,
)
from web import commands, paging
from web.identity import Identity, caller
from web.problems import Problem

bp = APIBlueprint("agenda", __name__, url_prefix="/v1/agenda", tag="agenda")
ADMIN = ("admin_kantor", "admin_kecamatan")
URUTAN = ("seri", "urut", "id")
LINE = "/<kantor>/<int:tahun>/<seri>/<int:urut>"


@bp.get("")
@bp.input(AgendaTanya, location="query")
@bp.output(AgendaKeluar)
@bp.doc(summary="Numbers of an office and year", responses=problems(s403="outside the caller's area"))
def daftar(query_data: AgendaTanya) -> Any:
    where, limit = dibaca(query_data, "agenda.dilihat"), paging.limit()
    found = bagian().documents.find(COLLECTION.name, where, order=URUTAN, limit=limit, after=paging.cursor(3))
    last = found[-1] if len(found) == limit else None
    cursor = paging.write([last.body["seri"], last.body["urut"], last.id]) if last else None
    return {"agenda": [baris(doc) for doc in found], "cursor": cursor}


@bp.post("/<kantor>/pesan")
@bp.input(PesanMasuk)
@bp.output(PesanKeluar, status_code=201)
@bp.doc(
    summary="Book the next numbers for letters made outside the system, singly or as a block for an outage",
    responses=problems(s403="not the counter or administrator of that office", s422="no classification"),
)
def pesan(kantor: str, json_data: PesanMasuk) -> Any:
    app, siapa = bagian(), _pengelola(kantor)
    asked = json_data.model_dump()
    cause = commands.command(siapa.sub, asked)
    app.audit.append(kantor, actor=siapa.sub, action="nomor.dipesan", subject=f"{json_data.jumlah}")
    note = {name: asked[name] for name in ("alasan", "klasifikasi", "keterangan") if asked[name]}
    lines = app.pesan(kantor, json_data.jumlah, {**note, "oleh": siapa.sub}, app.clock.now(), cause)
    return {"nomor": [baris(line) for line in lines]}


@bp.post(LINE + "/catat")
@bp.input(CatatMasuk)
@bp.output(BarisAgenda)
@bp.doc(
    summary="Write up what a booked number was used for",
    responses=problems(
        s403="not the counter or administrator of that office", s404="no such number", s422="not booked"
    ),
)
def catat(kantor: str, tahun: int, seri: str, urut: int, json_data: CatatMasuk) -> Any:
    app, siapa = bagian(), _pengelola(kantor)
    line = _line(kantor, f"{seri}/{tahun}", urut)
    asked = json_data.model_dump(mode="json")
    cause = commands.command(siapa.sub, asked)
    app.audit.append(kantor, actor=siapa.sub, action="nomor.dicatat", subject=line.id)
    return _answer(app.pesan.catat(line, asked, siapa.sub, app.clock.now(), cause))


@bp.post(LINE + "/batal")
@bp.input(BatalNomorMasuk)
@bp.output(BarisAgenda)
@bp.doc(
    summary="Make a booked number void that nobody used",
    responses=problems(
        s403="not the counter or administrator of that office", s404="no such number", s422="not booked"
    ),
)
def batal(kantor: str, tahun: int, seri: str, urut: int, json_data: BatalNomorMasuk) -> Any:
    app, siapa = bagian(), _pengelola(kantor)
    line = _line(kantor, f"{seri}/{tahun}", urut)
    cause = commands.command(siapa.sub, json_data.model_dump())
    app.audit.append(kantor, actor=siapa.sub, action="nomor.dibatalkan", subject=line.id)
    reason, note = json_data.alasan, json_data.keterangan
    return _answer(app.pesan.batal(line, reason, note, siapa.sub, app.clock.now(), cause))


def dibaca(asked: AgendaTanya, tindakan: str) -> dict[str, Any]:
    """Which lines somebody who may asks for, after the reading was written down."""
    siapa = caller(*LOKET, *PEJABAT, *ADMIN, "inspektur")
    if not siapa.covers(asked.kantor):
        raise Problem("dilarang")
    bagian().audit.append(asked.kantor, actor=siapa.sub, action=tindakan, subject=asked.kantor)
    return _where(asked)


def _where(asked: AgendaTanya) -> dict[str, Any]:
    where: dict[str, Any] = {"scope": asked.kantor, "tahun": asked.tahun}
    if asked.seri:
        where["seri"] = asked.seri
    if asked.status:
        where["status"] = asked.status
    if asked.belum_dicatat:
        where |= {"status": DIPESAN, "dicatat.oleh": {"exists": False}}
    return where


def _pengelola(kantor: str) -> Identity:
    """Who keeps this register: the office's own counter and administrator, and the kecamatan's administrator."""
    siapa = caller(*LOKET, *ADMIN)
    upper = siapa.peran in ("petugas_loket_kecamatan", "admin_kecamatan")
    own = upper == (len(kantor) == 6) or siapa.peran == "admin_kecamatan"
    if not own or not siapa.covers(kantor):
        raise Problem("dilarang")
    return siapa


def _line(kantor: str, register: str, urut: int) -> Doc:
    found = bagian().nomor.baris(kantor, register, urut)
    if found is None:
        raise Problem("tidak-ditemukan")
    return found


def _answer(line: Doc) -> Any:
    return baris(line), 200, {"ETag": f'"{line.rev}"'}


def baris(doc: Doc) -> Mapping[str, Any]:
    """A line as `BarisAgenda`, and all that is stored of it."""
    body = doc.body
    written = None
    if body.get("tanggal") and body.get("klasifikasi"):
        day = date.fromisoformat(body["tanggal"])
        written = tulis(body["klasifikasi"], body["urut"], body["kode_unit"], day)
    gone = (body.get("dibatalkan") or {}).get("keterangan")
    return {
        **body,
        "nomor": written,
        "surat": body["surat"] if body.get("permohonan") and body["status"] == SURAT else None,
        "dicatat": "dicatat" in body,
        "keterangan": gone or body.get("keterangan"),
        "versi": doc.rev,
    }
