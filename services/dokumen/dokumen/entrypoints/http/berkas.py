"""Papers: uploaded on a grant, watched, shown when clean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from chassis.aggregate import Cause, Outcome
from dokumen.adapters import izin
from dokumen.application import tetap
from dokumen.application.pintu import Tempat
from dokumen.domain.berkas import BERSIH, Izin, halaman, yang_bersih
from dokumen.domain.galat import Terputus
from dokumen.domain.kiriman import Kiriman
from dokumen.domain.peringatan import saran
from dokumen.entrypoints.http.badan import berkas as badan
from dokumen.entrypoints.http.bagian import (
    LOKET,
    PEJABAT,
    bagian,
    berhak,
    pemegang,
    pemohon,
    problems,
    tempat,
)
from dokumen.entrypoints.http.models import BerkasKeluar, UnggahTanya
from web import commands
from web.identity import Identity, caller
from web.patience import patience
from web.problems import Problem

bp = APIBlueprint("berkas", __name__, url_prefix="/v1/berkas", tag="berkas")
MEDIA = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


@bp.post("")
@bp.input(UnggahTanya, location="query")
@bp.output(BerkasKeluar, status_code=202)
@bp.doc(
    summary="Upload a paper into quarantine",
    description="The raw file is the body, or the first file of a form (multipart/form-data). `X-Izin-Unggah` "
    "holds the grant of the application. The same bytes for the same requirement are the paper that is there.",
    responses=problems(
        s401="not signed in",
        s403="the grant is missing, expired, of a closed round or of somebody else",
        s408="it took too long; send it in pieces",
        s409="cut off, or too many papers in this slot",
        s413="larger than the grant allows",
        s422="the grant has no such requirement",
        s503="too many uploads at once, see `Retry-After`",
    ),
)
def unggah(query_data: UnggahTanya) -> Any:
    app, siapa = bagian(), caller()
    grant = izin.baca(app.verifier, request.headers.get("X-Izin-Unggah", ""))
    pemegang(siapa, grant)
    cause = commands.command(siapa.sub, {"permohonan": grant.permohonan, "syarat": query_data.syarat})
    id, outcome = terima(grant, query_data.syarat, siapa, cause, tetap=query_data.tetap)
    return commands.answer(outcome, keluar(id, outcome), 202)


def terima(
    grant: Izin, syarat: str, siapa: Identity, cause: Cause, *, tetap: bool = False
) -> tuple[str, Outcome]:
    """The request's file into quarantine, within the shares and the time of an upload in one go."""
    app = bagian()
    with app.shares.hold(grant.kantor), patience(request.environ, app.settings.detik_unggah) as waited:
        try:
            return app.unggah(grant, syarat, siapa.sub, cause, badan(grant.maks_byte), tetap=tetap)
        except Terputus:
            if waited.over:
                raise Problem(
                    "unggahan-lambat", "Sambungan terlalu lambat. Coba lagi di tempat lain."
                ) from None
            raise


@bp.get("/<id>")
@bp.output(BerkasKeluar)
@bp.doc(summary="State of a paper", responses=problems(s401="not signed in", s404="no such paper"))
def lihat(id: str) -> Any:
    siapa, found = caller(), bagian().rak.cari(id)
    if found is not None and not found[0].berkas:
        return _mengunggah(found[0], siapa)
    id = found[0].berkas if found else id
    _, outcome = _dibaca(id, siapa, "berkas.dilihat")
    return commands.answer(outcome, keluar(id, outcome))


@bp.get("/<id>/isi")
@bp.doc(
    summary="The clean file",
    description="A clerk gets a signed receipt in `X-Tanda-Lihat`.",
    responses=problems(s404="no such paper", s409="still in quarantine", s422="refused"),
)
def isi(id: str) -> Response:
    siapa = caller()
    place, outcome = _dibaca(id, siapa, "berkas.isi")
    paper = _terlihat(id, outcome, siapa)
    answer = _alir(paper["objek"], MEDIA[paper["jenis"]])
    answer.content_length = paper["ukuran"]
    if siapa.peran in LOKET and paper["status"] == BERSIH:  # before "Kirim tetap" nothing was sent
        seen = izin.tanda_lihat(bagian().signer, place.permohonan, id, paper, siapa.sub)
        answer.headers["X-Tanda-Lihat"] = seen
    return answer


@bp.get("/<id>/gambar")
@bp.doc(
    summary="A small picture of the paper",
    responses=problems(s404="no such paper", s409="still in quarantine", s422="refused"),
)
def gambar(id: str) -> Response:
    siapa = caller()
    _, outcome = _dibaca(id, siapa, "berkas.gambar")
    return _alir(_terlihat(id, outcome, siapa)["gambar"], "image/jpeg")


@bp.get("/<id>/halaman/<int:nomor>")
@bp.doc(
    summary="A page as a picture, counted from 1",
    description="A JPEG of at most 1,400 pixels (a photograph as it is kept), so that no viewer need open PDFs.",
    responses=problems(s404="no such paper or page", s409="still in quarantine", s422="refused"),
)
def satu_halaman(id: str, nomor: int) -> Response:
    siapa = caller()
    _, outcome = _dibaca(id, siapa, "berkas.halaman")
    key = halaman(_terlihat(id, outcome, siapa), nomor)
    if not key:
        raise Problem("tidak-ditemukan", "Berkas ini tidak punya halaman itu.")
    return _alir(key, "image/jpeg")


@bp.post("/<id>/kirim-tetap")
@bp.output(BerkasKeluar)
@bp.doc(
    summary='"Kirim tetap": a picture with warnings goes on as it is (R11)',
    responses=problems(s404="no such paper", s409="no warning waits for an answer"),
)
def kirim_tetap(id: str) -> Any:
    siapa = caller()
    place, _ = _dibaca(id, siapa, "berkas.kirim_tetap")
    if siapa.peran in PEJABAT:
        raise Problem("dilarang")
    outcome = tetap.kirim(bagian().perkara, place, commands.command(siapa.sub, {"berkas": id}))
    return commands.answer(outcome, keluar(id, outcome))


def _terlihat(id: str, outcome: Outcome, siapa: Identity) -> Mapping[str, Any]:
    paper: Mapping[str, Any] = outcome.state["berkas"][id]
    return yang_bersih(paper, pengirim=siapa.sub in {paper["oleh"], *pemohon(outcome, siapa)})


def _mengunggah(kiriman: Kiriman, siapa: Identity) -> Mapping[str, Any]:
    """A paper of which pieces are still to come."""
    berhak(siapa, kiriman.izin.kantor, {kiriman.oleh, kiriman.izin.pemilik})
    bagian().audit.append(kiriman.izin.kantor, actor=siapa.sub, action="berkas.dilihat", subject=kiriman.id)
    return {
        "id": kiriman.id,
        "status": "mengunggah",
        "syarat": kiriman.syarat,
        "putaran": kiriman.izin.putaran,
        "ukuran": kiriman.panjang,
        "diterima": kiriman.diterima,
    }


def _dibaca(id: str, siapa: Identity, tindakan: str) -> tuple[Tempat, Outcome]:
    """The paper's case, after the reading was written down."""
    app = bagian()
    place, outcome = tempat(app, "berkas", id)
    berhak(siapa, place.kantor, {outcome.state["berkas"][id]["oleh"], *pemohon(outcome, siapa)})
    app.audit.append(place.kantor, actor=siapa.sub, action=tindakan, subject=id)
    return place, outcome


def _alir(key: str, media: str) -> Response:
    return Response(bagian().objects.open(key), content_type=media, headers={"Content-Disposition": "inline"})


def keluar(id: str, outcome: Outcome) -> Mapping[str, Any]:
    """A paper as it is told."""
    paper = outcome.state["berkas"][id]
    return {"id": id, **paper, "saran": saran(paper.get("peringatan", ()))}
