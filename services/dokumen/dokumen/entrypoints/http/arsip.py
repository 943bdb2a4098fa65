"""The archive of an office: its letters found by number, day, service and words of a name (officials only)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from dokumen.application.arsip import Pertanyaan, Temuan
from dokumen.domain import arsip
from dokumen.domain.surat import status_kini
from dokumen.entrypoints.http.bagian import LOKET, PEJABAT, bagian, problems
from dokumen.entrypoints.http.bentuk_agenda import KodeKantor
from web import paging
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("arsip", __name__, url_prefix="/v1/arsip", tag="arsip")


class ArsipTanya(BaseModel):
    """What is looked for; all that is given must fit. The archive of an office: the letters of its registers."""

    kantor: KodeKantor
    nomor: Annotated[
        str, Field(max_length=60, description="12, 12/2026 or 400.12.2.1/0012/05.1004/XI/2026.")
    ] = ""
    dari: date | None = Field(None, description="First day of the letter's date.")
    sampai: date | None = Field(None, description="Last day, included.")
    layanan: Annotated[str, Field(pattern=r"^([A-Z][A-Z_]{1,19})?$")] = ""
    nama: Annotated[
        str,
        Field(
            max_length=80, description="Whole words of the applicant's or the subject's name, in any order."
        ),
    ] = ""


class SuratArsip(BaseModel):
    surat: str
    permohonan: str
    kantor: str = Field(description="The kelurahan of the case.")
    nomor: str = Field(description="As printed, of the office that was asked for.")
    tanggal: str
    layanan: str
    judul: str
    status: str
    nama: str = Field(description="Masked; the case shows it to whoever may see it.")


class ArsipKeluar(BaseModel):
    arsip: list[SuratArsip] = Field(description="Newest first.")
    cursor: str | None = Field(None, description="Where to go on; a page may be short before the end.")


@bp.get("")
@bp.input(ArsipTanya, location="query")
@bp.output(ArsipKeluar)
@bp.doc(
    summary="Letters of an office by number, day, service and words of a name",
    description="Who looked for a name is written down first, by a keyed hash of it.",
    responses=problems(s401="not signed in", s403="no official of the area", s422="no such number or name"),
)
def cari(query_data: ArsipTanya) -> Any:
    app, siapa, limit = bagian(), caller(*LOKET, *PEJABAT), paging.limit()
    if not siapa.covers(query_data.kantor):
        raise Problem("dilarang")
    asked = _pertanyaan(query_data)
    # Whoever asks later who looked for a name gives the name: the chain itself does not tell it.
    words = app.samaran.of("arsip", " ".join(sorted(asked.kata))) if asked.kata else ""
    subject = f"nama.{words}" if words else query_data.kantor
    app.audit.append(query_data.kantor, actor=siapa.sub, action="arsip.dicari", subject=subject)
    found, last = app.arsip.cari(asked, paging.cursor(2), limit)
    return {
        "arsip": [_keluar(one, query_data.kantor) for one in found],
        "cursor": paging.write(last) if last else None,
    }


def _pertanyaan(query: ArsipTanya) -> Pertanyaan:
    """Raises `isi-salah` for a number or a name that nothing can have."""
    number = arsip.nomor(query.nomor) if query.nomor.strip() else None
    if query.nomor.strip() and number is None:
        raise _salah("nomor", "Tulis nomor urutnya saja, misalnya 12 atau 12/2026, atau nomor surat lengkap.")
    words = arsip.kata([query.nama])
    if query.nama.strip() and not words:
        raise _salah("nama", "Tulis satu kata dari nama itu, paling sedikit dua huruf.")
    if query.dari and query.sampai and query.sampai < query.dari:
        raise _salah("sampai", "Tanggal sampai tidak boleh sebelum tanggal dari.")
    return Pertanyaan(
        kantor=query.kantor,
        dari=query.dari,
        sampai=query.sampai,
        layanan=query.layanan,
        nomor=number,
        kata=words,
    )


def _salah(name: str, detail: str) -> Problem:
    return Problem("isi-salah", errors=[{"pointer": f"/{name}", "slug": "pilihan", "detail": detail}])


def _keluar(one: Temuan, kantor: str) -> dict[str, Any]:
    letter = one.letter
    written = {r["kantor"]: r["nomor"] for r in letter["tertulis"]}
    return {
        "surat": one.surat,
        "permohonan": one.perkara.id,
        "kantor": one.perkara.scope,
        "nomor": written.get(kantor, letter["tertulis"][0]["nomor"]),
        "tanggal": letter["tanggal"],
        "layanan": letter["layanan"],
        "judul": letter["judul"],
        "status": status_kini(letter, bagian().clock.now().date()),
        "nama": letter.get("nama_samar", ""),
    }
