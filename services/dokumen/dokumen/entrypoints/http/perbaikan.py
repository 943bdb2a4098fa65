"""Corrections of issued letters: proposed at the counter, agreed to by the signers (R10)."""

from __future__ import annotations

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from chassis.aggregate import Outcome
from dokumen.application.pintu import Tempat
from dokumen.bootstrap import SERVICE
from dokumen.domain import perbaikan
from dokumen.domain.perbaikan import Usul
from dokumen.entrypoints.http.bagian import LOKET, bagian, berhak, problems, tempat
from dokumen.entrypoints.http.bentuk_perbaikan import DaftarPerbaikan
from dokumen.entrypoints.http.menunggu import kepala
from dokumen.entrypoints.http.models import Masukan
from web import commands, paging
from web.identity import Identity, caller, confirmed

bp = APIBlueprint("perbaikan", __name__, url_prefix="/v1/surat", tag="surat")
PENYETUJU = ("lurah", "camat")
_ORDER = ("state.perbaikan.sejak", "id")
_FIELD = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class UsulMasuk(Masukan):
    alasan: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Reason code.")]
    koreksi: Annotated[
        dict[_FIELD, str | int | bool], Field(max_length=30, description="Answers as they should be.")
    ]


class SetujuMasuk(Masukan):
    """Nothing but the caller's word."""


class PerbaikanKeluar(BaseModel):
    surat: str
    alasan: str
    medan: list[str]
    disetujui: list[str] = Field(description="Roles that have agreed.")
    menunggu: str | None = Field(None, description="The role that has to agree next.")
    baru: str | None = Field(None, description="The new letter, once it is being made.")
    tertahan: str | None = Field(None, description="Code of what is missing.")


@bp.get("/perbaikan")
@bp.output(DaftarPerbaikan)
@bp.doc(
    summary="Corrections that wait for the caller's word, the longest waiting first",
    responses=problems(s401="not signed in", s403="not a signer"),
)
def menunggu() -> Any:
    app, siapa = bagian(), caller(*PENYETUJU)
    mine, limit = siapa.wilayah[0] if siapa.wilayah else "-", paging.limit()
    where = {"state.perbaikan.untuk": siapa.peran, "scope": {"gte": mine, "lt": mine + "~"}}
    found = app.perkara.find(where, order=_ORDER, limit=limit, after=paging.cursor(2))
    for scope in dict.fromkeys(case.scope for case in found):
        app.audit.append(scope, actor=siapa.sub, action="surat.perbaikan_antrean", subject=scope)
    last = found[-1] if len(found) == limit else None
    return {
        "surat": [row for case in found for row in _baris(case, siapa.peran)],
        "cursor": paging.write([last.state["perbaikan"]["sejak"], last.id]) if last else None,
    }


@bp.post("/<id>/perbaikan")
@bp.input(UsulMasuk)
@bp.output(PerbaikanKeluar)
@bp.doc(
    summary="Propose a corrected letter",
    responses=problems(
        s403="not a clerk of that office",
        s409="not in force, or agreed to",
        s422="unknown field, or what the letter could not say: `errors` names each",
    ),
)
def usulkan(id: str, json_data: UsulMasuk) -> Any:
    app, siapa = bagian(), caller(*LOKET)
    place = _dibaca(id, siapa, "surat.perbaikan_diusulkan")
    cause = commands.command(siapa.sub, json_data.model_dump())
    wish = Usul(alasan=json_data.alasan, koreksi=json_data.koreksi)
    done = app.perbaiki.usulkan(place, wish, siapa.sub, cause)
    return commands.answer(done, _keluar(id, done.state["surat"][id]))


@bp.post("/<id>/perbaikan/setuju")
@bp.input(SetujuMasuk)
@bp.output(PerbaikanKeluar)
@bp.doc(
    summary="Agree to a corrected letter, as its next signer",
    description="The lurah, then the camat on a letter that both signed. Needs X-Konfirmasi from POST "
    "/v1/masuk/konfirmasi for this letter: what is agreed to is signed (R12).",
    responses=problems(
        s403="not the next signer, his own case, or not confirmed", s409="nothing proposed, or not in force"
    ),
)
def setuju(id: str, json_data: SetujuMasuk) -> Any:
    app, siapa = bagian(), caller(*PENYETUJU)
    place = _dibaca(id, siapa, "surat.perbaikan_disetujui")
    who = {"peran": siapa.peran, "oleh": siapa.sub, "kantor": siapa.wilayah[0]}
    own = frozenset(str(siapa.klaim[k]) for k in ("nik_h", "kk_h") if siapa.klaim.get(k))
    cause = commands.command(siapa.sub, json_data.model_dump())
    sure = confirmed(app.verifier, siapa.sub, [id], SERVICE)
    done = app.perbaiki.setujui(place, who, own, cause, terkonfirmasi=sure)
    return commands.answer(done, _keluar(id, done.state["surat"][id]))


def _dibaca(id: str, siapa: Identity, tindakan: str) -> Tempat:
    """The letter's place, after the act was written down."""
    app = bagian()
    place, _ = tempat(app, "surat", id)
    berhak(siapa, place.kantor, ())
    app.audit.append(place.kantor, actor=siapa.sub, action=tindakan, subject=id)
    return place


def _baris(case: Outcome, peran: str) -> list[dict[str, Any]]:
    """The case's letters whose correction waits for this role."""
    return [
        {
            **kepala(case, id, letter),
            "sejak": letter["perbaikan"]["waktu"],
            "alasan": letter["perbaikan"]["alasan"],
            "perubahan": perbaikan.perubahan(case.state, letter),
        }
        for id, letter in case.state["surat"].items()
        if perbaikan.giliran(letter) == peran
    ]


def _keluar(id: str, letter: dict[str, Any]) -> dict[str, Any]:
    note = letter["perbaikan"]
    agreed = [s["peran"] for s in note["setuju"]]
    return {
        "surat": id,
        "alasan": note["alasan"],
        "medan": sorted(note["koreksi"]),
        "disetujui": agreed,
        "menunggu": perbaikan.giliran(letter),
        "baru": note.get("surat"),
        "tertahan": (note.get("tertahan") or {}).get("alasan"),
    }
