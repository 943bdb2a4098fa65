"""Retention: what was erased and what is due, as counts and ids; destruction of letters by two officials (R15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from chassis.ports.documents import Doc
from dokumen.bootstrap import PERKARA
from dokumen.entrypoints.http.bagian import PEJABAT, bagian, berhak, problems, tempat
from dokumen.entrypoints.http.models import Masukan
from web import commands, paging
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("retensi", __name__, url_prefix="/v1", tag="retensi")
PENGAWAS = ("admin_kantor", "admin_kecamatan", "operator", "inspektur")


class RetensiTanya(BaseModel):
    kantor: Annotated[str, Field(pattern=r"^[0-9]{10}$")]


class Hapusan(BaseModel):
    permohonan: str
    apa: str = Field(description="salinan (copies of KTP and KK), perkara, pribadi, or surat.")
    waktu: str = Field(description="When it was erased, or is due; real time.")
    jumlah: int | None = Field(None, description="Papers that were erased.")


class RetensiKeluar(BaseModel):
    dihapus: list[Hapusan]
    akan: list[Hapusan]
    cursor: str | None = None


class MusnahMasuk(Masukan):
    dasar: Annotated[
        str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="The schedule it rests on, as a code.")
    ]


class MusnahKeluar(BaseModel):
    surat: str
    status: str
    dasar: str
    disetujui: bool = Field(description="Whether a second official agreed; the file goes at once then.")


@bp.get("/retensi")
@bp.input(RetensiTanya, location="query")
@bp.output(RetensiKeluar)
@bp.doc(
    summary="What of an office was erased, and what is due",
    responses=problems(s403="outside the caller's area"),
)
def daftar(query_data: RetensiTanya) -> Any:
    app, siapa, limit = bagian(), caller(*PEJABAT, *PENGAWAS), paging.limit()
    if not siapa.covers(query_data.kantor):
        raise Problem("dilarang")
    app.audit.append(query_data.kantor, actor=siapa.sub, action="retensi.dilihat", subject=query_data.kantor)
    found = app.documents.find(
        PERKARA.name, {"scope": query_data.kantor}, order=("id",), limit=limit, after=paging.cursor(1)
    )
    cursor = paging.write([found[-1].id]) if len(found) == limit else None
    gone = [line for doc in found for line in _gone(doc)]
    return {"dihapus": gone, "akan": [line for doc in found for line in _due(doc)], "cursor": cursor}


@bp.post("/surat/<id>/musnahkan")
@bp.input(MusnahMasuk)
@bp.output(MusnahKeluar)
@bp.doc(
    summary="Destroy a letter whose time is over: the first official wishes, a second one agrees",
    description="One of both is the lurah or camat. Number, date and kind stay, and verification answers.",
    responses=problems(s403="not an official of that office, or the same one", s409="too young, or gone"),
)
def musnahkan(id: str, json_data: MusnahMasuk) -> Any:
    app, siapa = bagian(), caller(*PEJABAT)
    place, _ = tempat(app, "surat", id)
    berhak(siapa, place.kantor, ())
    app.audit.append(place.kantor, actor=siapa.sub, action="surat.dimusnahkan", subject=id)
    cause = commands.command(siapa.sub, json_data.model_dump())
    done = app.musnahkan(place, json_data.dasar, {"oleh": siapa.sub, "peran": siapa.peran}, cause)
    letter = done.state["surat"][id]
    note = letter["musnah"]
    told = {"surat": id, "status": letter["status"], "dasar": note["dasar"], "disetujui": "setuju" in note}
    return commands.answer(done, told)


def _gone(doc: Doc) -> Iterator[dict[str, Any]]:
    state = doc.body["state"] or {}
    for what, note in state.get("dihapus", {}).items():
        yield {"permohonan": doc.id, "apa": what, **note}
    for letter in state.get("surat", {}).values():
        if letter["status"] == "dimusnahkan":
            yield {"permohonan": doc.id, "apa": "surat", "waktu": letter["musnah"]["setuju"]["waktu"]}


def _due(doc: Doc) -> Iterator[dict[str, Any]]:
    for todo in doc.body["todos"].values():
        if todo["kind"] == "hapus":
            yield {"permohonan": doc.id, "apa": todo["data"]["apa"], "waktu": todo["due"]}
