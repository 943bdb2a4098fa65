"""Papers: uploaded on a grant, watched, shown when clean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from chassis.aggregate import Outcome
from dokumen.adapters import izin
from dokumen.application.pintu import Tempat
from dokumen.domain.berkas import Izin, yang_bersih
from dokumen.domain.galat import IzinSalah
from dokumen.domain.perkara import pemilik
from dokumen.entrypoints.http.badan import potongan
from dokumen.entrypoints.http.bagian import LOKET, bagian, berhak, problems, tempat
from dokumen.entrypoints.http.models import BerkasKeluar, UnggahTanya
from web import commands
from web.identity import Identity, caller

bp = APIBlueprint("berkas", __name__, url_prefix="/v1/berkas", tag="berkas")
MEDIA = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


@bp.post("")
@bp.input(UnggahTanya, location="query")
@bp.output(BerkasKeluar, status_code=202)
@bp.doc(
    summary="Upload a paper into quarantine",
    description="The raw file is the body. `X-Izin-Unggah` holds the grant of the application.",
    responses=problems(
        s401="not signed in",
        s403="the grant is missing, expired, of a closed round or of somebody else",
        s409="cut off, or too many papers in this slot",
        s413="larger than the grant allows",
        s422="the grant has no such requirement",
    ),
)
def unggah(query_data: UnggahTanya) -> Any:
    app, siapa = bagian(), caller()
    grant = izin.baca(app.verifier, request.headers.get("X-Izin-Unggah", ""))
    _pemegang(siapa, grant)
    cause = commands.command(siapa.sub, {"permohonan": grant.permohonan, "syarat": query_data.syarat})
    body = potongan(grant.maks_byte)
    id, outcome = app.unggah(grant, query_data.syarat, siapa.sub, cause, body)
    return commands.answer(outcome, _keluar(id, outcome), 202)


@bp.get("/<id>")
@bp.output(BerkasKeluar)
@bp.doc(summary="State of a paper", responses=problems(s401="not signed in", s404="no such paper"))
def lihat(id: str) -> Any:
    _, outcome = _dibaca(id, caller(), "berkas.dilihat")
    return commands.answer(outcome, _keluar(id, outcome))


@bp.get("/<id>/isi")
@bp.doc(
    summary="The clean file",
    description="A clerk gets a signed receipt in `X-Tanda-Lihat`.",
    responses=problems(s404="no such paper", s409="still in quarantine", s422="refused"),
)
def isi(id: str) -> Response:
    siapa = caller()
    place, outcome = _dibaca(id, siapa, "berkas.isi")
    paper = yang_bersih(outcome.state["berkas"][id])
    answer = _alir(paper["objek"], MEDIA[paper["jenis"]])
    answer.content_length = paper["ukuran"]
    if siapa.peran in LOKET:
        seen = izin.tanda_lihat(bagian().signer, place.permohonan, id, paper, siapa.sub)
        answer.headers["X-Tanda-Lihat"] = seen
    return answer


@bp.get("/<id>/gambar")
@bp.doc(
    summary="A small picture of the paper",
    responses=problems(s404="no such paper", s409="still in quarantine", s422="refused"),
)
def gambar(id: str) -> Response:
    _, outcome = _dibaca(id, caller(), "berkas.gambar")
    return _alir(yang_bersih(outcome.state["berkas"][id])["gambar"], "image/jpeg")


def _pemegang(siapa: Identity, grant: Izin) -> None:
    """The grant is for its owner, or for a clerk of that office."""
    if siapa.sub != grant.pemilik and not (siapa.peran in LOKET and siapa.covers(grant.kantor)):
        raise IzinSalah(
            "Izin unggah ini milik orang lain. Buka permohonan Anda sendiri, lalu unggah dari sana."
        )


def _dibaca(id: str, siapa: Identity, tindakan: str) -> tuple[Tempat, Outcome]:
    """The paper's case, after the reading was written down."""
    app = bagian()
    place, outcome = tempat(app, "berkas", id)
    berhak(siapa, place.kantor, {outcome.state["berkas"][id]["oleh"], pemilik(outcome.state)} - {""})
    app.audit.append(place.kantor, actor=siapa.sub, action=tindakan, subject=id)
    return place, outcome


def _alir(key: str, media: str) -> Response:
    return Response(bagian().objects.open(key), content_type=media, headers={"Content-Disposition": "inline"})


def _keluar(id: str, outcome: Outcome) -> Mapping[str, Any]:
    return {"id": id, **outcome.state["berkas"][id]}
