"""The agenda of an office and year as a file: every number, also booked and void ones, in the order of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from apiflask import APIBlueprint

from chassis.ports.documents import Doc
from dokumen.adapters.nomor import COLLECTION
from dokumen.domain.nomor import BATAL, DIPESAN, SURAT
from dokumen.entrypoints.http.agenda import URUTAN, baris, dibaca
from dokumen.entrypoints.http.bagian import bagian, problems
from dokumen.entrypoints.http.bentuk_agenda import AgendaUnduh
from tables import download
from tables.shape import Cell, Column, Table

bp = APIBlueprint("agenda_unduh", __name__, url_prefix="/v1/agenda", tag="agenda")
KOLOM = (
    Column(title="No. urut", width=9),
    Column(title="Seri", width=14),
    Column(title="Nomor surat", width=36),
    Column(title="Tanggal surat", width=13),
    Column(title="Klasifikasi", width=14),
    Column(title="Perihal", width=44),
    Column(title="Kepada", width=28),
    Column(title="Keadaan", width=24),
    Column(title="Sebab", width=20),
    Column(title="Keterangan", width=40),
)
KEADAAN: Mapping[str, str] = {SURAT: "Surat", DIPESAN: "Dipesan, belum dicatat", BATAL: "Batal"}
SEBAB: Mapping[str, str] = {"surat_luar": "surat di luar sistem", "pemadaman": "listrik padam"}
_PAGE = 2000


@bp.get("/unduh")
@bp.input(AgendaUnduh, location="query")
@bp.doc(
    summary="Numbers of an office and year as a file for spreadsheet programs",
    responses={
        **download.documented("The agenda"),
        **problems(s401="not signed in", s403="outside the caller's area"),
    },
)
def unduh(query_data: AgendaUnduh) -> Any:
    where = dibaca(query_data, "agenda.diunduh")
    download.few(bagian().documents.count(COLLECTION.name, where), query_data.bentuk, "/seri")
    name = f"agenda-{query_data.kantor}-{query_data.tahun}"
    rows = (_lembar(doc) for doc in _semua(where))
    return download.answer(Table(name=name, columns=KOLOM, rows=rows), query_data.bentuk)


def _semua(where: Mapping[str, Any]) -> Iterator[Doc]:
    after: list[Any] = []
    while page := bagian().documents.find(COLLECTION.name, where, order=URUTAN, limit=_PAGE, after=after):
        yield from page
        after = [page[-1].body["seri"], page[-1].body["urut"], page[-1].id]


def _lembar(doc: Doc) -> tuple[Cell, ...]:
    line = baris(doc)
    known = bagian().katalog.get(line.get("jenis") or line.get("layanan") or "")
    used = line["status"] == DIPESAN and line["dicatat"]
    reason = line.get("alasan") or ""
    return (
        line["urut"],
        line["seri"],
        line["nomor"],
        date.fromisoformat(line["tanggal"]) if line.get("tanggal") else None,
        line.get("klasifikasi"),
        line.get("perihal") or (known.judul if known else line.get("layanan")),
        line.get("kepada"),
        "Dipakai di luar sistem" if used else KEADAAN[line["status"]],
        SEBAB.get(reason, reason.replace("_", " ")),
        line["keterangan"],
    )
