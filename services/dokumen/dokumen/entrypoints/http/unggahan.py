"""Uploads in pieces: tus 1.0 with creation, expiration and termination (https://tus.io/protocols/resumable-upload).

The id of an upload is the id of the paper it becomes, so its state is read at `/v1/berkas/{id}` from the beginning.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import ValidationError
from werkzeug.http import http_date

from dokumen.adapters import izin
from dokumen.domain.berkas import Izin
from dokumen.domain.galat import PosisiSalah
from dokumen.domain.kiriman import UMUR, Kiriman
from dokumen.entrypoints.http.badan import sampai_putus
from dokumen.entrypoints.http.bagian import LOKET, bagian, pemegang, problems
from dokumen.entrypoints.http.models import KirimanMeta
from web import commands
from web.identity import Identity, caller
from web.patience import patience
from web.problems import Problem

bp = APIBlueprint("unggahan", __name__, url_prefix="/v1/berkas/unggahan", tag="berkas")
VERSION = "1.0.0"
MEDIA = "application/offset+octet-stream"


@bp.after_request
def _tus(answer: Response) -> Response:
    answer.headers["Tus-Resumable"] = VERSION
    return answer


@bp.route("", methods=["OPTIONS"], provide_automatic_options=False)
@bp.doc(summary="What this server knows of tus", responses={204: "See the headers."})
def kemampuan() -> Response:
    told = {"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination"}
    return Response(status=204, headers={**told, "Tus-Max-Size": str(bagian().settings.maks_unggah)})


@bp.post("")
@bp.doc(
    summary="Begin an upload in pieces",
    description="`Upload-Length`, and `Upload-Metadata` with `syarat`; `X-Izin-Unggah` holds the grant. "
    "`Location` says where the pieces go, `Upload-Expires` until when they are kept.",
    responses=problems(
        s403="the grant is missing, expired, of a closed round or of somebody else",
        s409="too many uploads or papers",
        s412="another version of tus",
        s413="larger than the grant allows",
        s422="empty, or the grant has no such requirement",
    ),
)
def mulai() -> Response:
    app, siapa = bagian(), _caller()
    grant = _grant(siapa)
    meta, length = _meta(), _number("Upload-Length")
    asked = {"permohonan": grant.permohonan, "syarat": meta.syarat, "panjang": length}
    cause = commands.command(siapa.sub, asked)
    moment = app.perkara.moment()
    kiriman = app.kirim.mulai(
        Kiriman(
            id=moment.ids[0],
            izin=grant,
            syarat=meta.syarat,
            oleh=siapa.sub,
            perintah=cause.id,
            sidik=cause.digest,
            panjang=length,
            sampai=moment.real + UMUR,
            tetap=meta.tetap,
        )
    )
    answer = _answer(kiriman, 201)
    answer.headers["Location"] = f"/v1/berkas/unggahan/{kiriman.id}"
    return answer


@bp.route("/<id>", methods=["HEAD"])
@bp.doc(summary="How far an upload is", responses=problems(s404="no such upload, or its 24 hours are over"))
def posisi(id: str) -> Response:
    kiriman, rev = _found(id, _caller())
    if kiriman.utuh:  # stopped between the last piece and the paper
        kiriman = bagian().kirim.selesai(kiriman, rev)
    answer = _answer(kiriman, 200)
    answer.headers["Upload-Length"] = str(kiriman.panjang)
    return answer


@bp.patch("/<id>")
@bp.doc(
    summary="The next piece",
    description=f"`Content-Type: {MEDIA}`, `Upload-Offset`, `X-Izin-Unggah` (a fresh one will do). What arrived "
    "before a cut is kept. With the last piece, `Content-Location` names the paper.",
    responses=problems(
        s403="the grant no longer allows it; the pieces are gone",
        s404="no such upload",
        s408="the piece took too long; what arrived is kept",
        s409="another offset is due, see `Upload-Offset`",
        s413="the piece is larger than allowed",
        s415="another Content-Type",
        s503="too many uploads at once, see `Retry-After`",
    ),
)
def tambah(id: str) -> Response:
    app, siapa = bagian(), _caller()
    if request.mimetype != MEDIA:
        raise Problem("jenis-tidak-didukung", f"Potongan unggahan memakai Content-Type {MEDIA}.")
    kiriman, rev = _found(id, siapa)
    grant, most = _grant(siapa), app.settings.maks_potongan
    if grant.permohonan != kiriman.izin.permohonan:
        raise Problem("grant-salah", "Izin unggah ini untuk permohonan lain. Muat ulang halaman permohonan.")
    with app.shares.hold(grant.kantor), patience(request.environ, app.settings.detik_potongan) as waited:
        body = sampai_putus(most)
        try:
            kiriman = app.kirim.tambah(
                kiriman, rev, grant, _number("Upload-Offset"), request.content_length, body
            )
        except PosisiSalah as wrong:
            told = {"Upload-Offset": str(wrong.diterima)}
            raise Problem(wrong.slug, str(wrong), headers=told) from wrong
    if waited.over and not kiriman.berkas:
        raise _slow(kiriman, app.settings.detik_potongan)
    return _answer(kiriman, 204)


@bp.delete("/<id>")
@bp.doc(summary="Give an upload up", responses=problems(s404="no such upload", s409="it is a paper already"))
def batal(id: str) -> Response:
    kiriman, _ = _found(id, _caller())
    if kiriman.berkas:
        raise Problem("transisi-salah", "Berkas ini sudah utuh dan sudah diperiksa.")
    bagian().kirim.batal(kiriman)
    return Response(status=204)


def _caller() -> Identity:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Problem("tus-versi", headers={"Tus-Version": VERSION})
    return caller()


def _grant(siapa: Identity) -> Izin:
    grant = izin.baca(bagian().verifier, request.headers.get("X-Izin-Unggah", ""))
    pemegang(siapa, grant)
    return grant


def _found(id: str, siapa: Identity) -> tuple[Kiriman, int]:
    """Whoever began it goes on with it, or a clerk of the office."""
    found = bagian().rak.cari(id)
    if found is None or found[0].sampai < bagian().clock.real():
        raise Problem("tidak-ditemukan", "Unggahan ini tidak ada lagi. Mulai lagi dari awal.")
    clerk = siapa.peran in LOKET and siapa.covers(found[0].izin.kantor)
    if found[0].oleh != siapa.sub and not clerk:
        raise Problem("tidak-ditemukan", "Unggahan ini tidak ada lagi. Mulai lagi dari awal.")
    return found


def _answer(kiriman: Kiriman, status: int) -> Response:
    headers = {
        "Upload-Offset": str(kiriman.diterima),
        "Upload-Expires": http_date(kiriman.sampai),
    }
    if kiriman.berkas:
        headers["Content-Location"] = f"/v1/berkas/{kiriman.berkas}"
    return Response(status=status, headers=headers)


def _slow(kiriman: Kiriman, seconds: float) -> Problem:
    words = (
        f"Potongan ini lebih lama dari {seconds:g} detik. Yang sudah sampai disimpan; lanjutkan dari sana."
    )
    return Problem("unggahan-lambat", words, headers={"Upload-Offset": str(kiriman.diterima)})


def _number(name: str) -> int:
    given = request.headers.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise Problem("isi-salah", f"{name} harus diisi dengan jumlah byte.")
    return int(given)


def _meta() -> KirimanMeta:
    """`Upload-Metadata`: pairs of a name and a Base64 value; names we do not know are left aside."""
    pairs: dict[str, Any] = {}
    try:
        for pair in request.headers.get("Upload-Metadata", "").split(","):
            name, _, value = pair.strip().partition(" ")
            pairs[name] = b64decode(value, validate=True).decode()
        return KirimanMeta.model_validate({n: pairs[n] for n in KirimanMeta.model_fields if n in pairs})
    except (binascii.Error, UnicodeDecodeError, ValidationError) as error:
        words = "Upload-Metadata harus memuat kode syarat, misalnya KTP."
        raise Problem("isi-salah", words) from error
