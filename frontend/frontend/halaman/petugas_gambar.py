"""Pictures and files that officials look at, passed on from the gateway as they come."""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import Any

import pypdfium2
from flask import Blueprint, Response, abort, request, stream_with_context
from PIL import Image

from frontend import sesi
from frontend.pintu import gerbang, perlu

bp = Blueprint("petugas_gambar", __name__)
# Pillow counts degrees against the clock.
PUTAR = {
    "90": Image.Transpose.ROTATE_270,
    "180": Image.Transpose.ROTATE_180,
    "270": Image.Transpose.ROTATE_90,
}
LEBAR = 1000  # pixels: readable when a phone's screen is zoomed twice
_satu = Lock()  # PDFium is not made for threads


@bp.get("/lihat/berkas/<uuid:id>/<int:hal>")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def halaman(id: Any, hal: int) -> Response:
    """One page of a paper as a picture; `putar` turns it clockwise by that many degrees."""
    path = f"/v1/berkas/{id}/halaman/{hal}"
    turn = PUTAR.get(request.args.get("putar", ""))
    return alir(path) if turn is None else _diputar(path, turn)


@bp.get("/lihat/berkas/<uuid:id>/kecil")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def kecil(id: Any) -> Response:
    return alir(f"/v1/berkas/{id}/gambar")


@bp.get("/lihat/konsep/<uuid:permohonan>.pdf")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def konsep_pdf(permohonan: Any) -> Response:
    return alir(f"/v1/surat/pratinjau?permohonan={permohonan}")


@bp.get("/lihat/konsep/<uuid:permohonan>/<int:hal>.png")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def konsep(permohonan: Any, hal: int) -> Response:
    """The draft as a picture, page 0 being all pages: phones do not show a PDF inside a page."""
    return _gambar(f"/v1/surat/pratinjau?permohonan={permohonan}", hal)


@bp.get("/lihat/cetakan/<uuid:id>.pdf")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def cetakan_pdf(id: Any) -> Response:
    return alir(f"/v1/surat/{id}/cetakan")


@bp.get("/lihat/cetakan/<uuid:id>/<int:hal>.png")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def cetakan(id: Any, hal: int) -> Response:
    """The written letter that waits for its signature, as a picture."""
    return _gambar(f"/v1/surat/{id}/cetakan", hal)


@bp.get("/lihat/surat/<uuid:id>.pdf")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def surat_pdf(id: Any) -> Response:
    """A letter in force, for officials."""
    return alir(f"/v1/surat/{id}/pdf")


@bp.get("/lihat/surat/<uuid:id>/<int:hal>.png")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def surat(id: Any, hal: int) -> Response:
    """A letter in force as a picture."""
    return _gambar(f"/v1/surat/{id}/pdf", hal)


@bp.get("/lihat/pindaian/<uuid:id>.pdf")
@perlu(*sesi.LOKET)
def pindaian_pdf(id: Any) -> Response:
    return alir(f"/v1/surat/{id}/pindaian/isi")


@bp.get("/lihat/pindaian/<uuid:id>/<int:hal>.png")
@perlu(*sesi.LOKET)
def pindaian(id: Any, hal: int) -> Response:
    return _gambar(f"/v1/surat/{id}/pindaian/isi", hal)


def alir(path: str) -> Response:
    """What the gateway answers, passed on as it comes."""
    answer, pieces = gerbang().alirkan(path, token=sesi.token())
    kept = ("Content-Length", "Content-Disposition")
    headers = {name: answer.headers[name] for name in kept if name in answer.headers}
    kind = answer.headers.get("Content-Type", "application/octet-stream")
    return Response(stream_with_context(iter(pieces)), headers=headers, content_type=kind)


def _diputar(path: str, turn: Image.Transpose) -> Response:
    out = BytesIO()
    with Image.open(BytesIO(gerbang().minta("GET", path, token=sesi.token()).content)) as picture:
        picture.transpose(turn).save(out, "JPEG", quality=85)
    return Response(out.getvalue(), mimetype="image/jpeg")


def _gambar(path: str, hal: int) -> Response:
    answer = gerbang().minta("GET", path, token=sesi.token())
    if not answer.content.startswith(b"%PDF"):
        return Response(answer.content, content_type=answer.headers.get("Content-Type"))
    return Response(dilukis(answer.content, hal), mimetype="image/png")


def dilukis(pdf: bytes, hal: int) -> bytes:
    """Page `hal` (from 1) as PNG, or with 0 all pages one below the other. Answers 404 when there is no such page."""
    with _satu:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()  # the second office signs in a field of its own
        try:
            if not 0 <= hal <= len(document):
                abort(404)
            wanted = [document[hal - 1]] if hal else list(document)
            pictures = [p.render(scale=LEBAR / p.get_width(), grayscale=True).to_pil() for p in wanted]
        finally:
            document.close()
    picture = Image.new("L", (LEBAR, sum(p.height for p in pictures)), 255)
    top = 0
    for one in pictures:
        picture.paste(one, (0, top))
        top += one.height
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
