"""Uploads in pieces for the page's script: a thin way to the gateway's tus routes, the token staying in the cookie."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, request

from frontend import kiriman, sesi
from frontend.gerbang import Jawaban
from frontend.pintu import ambil, gerbang, perlu

bp = Blueprint("potongan", __name__)
TUS = {"Tus-Resumable": "1.0.0"}
POTONGAN = 512 * 1024  # bytes of one piece
_MEDIA = "application/offset+octet-stream"


@bp.post("/permohonan/<uuid:id>/potongan")
@perlu(sesi.WARGA)
def mulai(id: Any) -> Any:
    """Begin: 201 {kiriman, izin}; `izin` is the grant for this case alone, to be sent with every piece."""
    grant = ambil(f"/v1/permohonan/{id}")["izin_unggah"] or ""
    syarat = b64encode(request.form.get("syarat", "").encode()).decode()
    headers = {
        **TUS,
        "X-Izin-Unggah": grant,
        "Upload-Length": request.form.get("panjang", ""),
        "Upload-Metadata": f"syarat {syarat}",
        "Idempotency-Key": request.form.get("kunci", ""),
    }
    begun = gerbang().kirim("POST", "/v1/berkas/unggahan", token=sesi.token(), badan=b"", headers=headers)
    if begun.status != 201:
        return _refused(begun)
    made = begun.headers["Location"].rsplit("/", 1)[-1]
    kiriman.ingat(str(id), request.form.get("syarat", ""), made)
    return {"kiriman": made, "izin": grant}, 201


@bp.route("/permohonan/<uuid:id>/potongan/<uuid:kirim>", methods=["HEAD"])
@perlu(sesi.WARGA)
def sampai(id: Any, kirim: Any) -> Any:
    """How far it came."""
    told = gerbang().kirim("HEAD", f"/v1/berkas/unggahan/{kirim}", token=sesi.token(), badan=b"", headers=TUS)
    return Response(status=told.status, headers=_offset(told))


@bp.patch("/permohonan/<uuid:id>/potongan/<uuid:kirim>")
@perlu(sesi.WARGA)
def tambah(id: Any, kirim: Any) -> Any:
    """The next piece. It is read whole, so that a line that dies here never leaves half a request behind."""
    request.max_content_length = POTONGAN
    headers = {
        **TUS,
        "X-Izin-Unggah": request.headers.get("X-Izin-Unggah", ""),
        "Upload-Offset": request.headers.get("Upload-Offset", ""),
        "Content-Type": _MEDIA,
    }
    sent = gerbang().kirim(
        "PATCH", f"/v1/berkas/unggahan/{kirim}", token=sesi.token(), badan=request.get_data(), headers=headers
    )
    if sent.status >= 400:
        return _refused(sent)
    return Response(status=204, headers=_offset(sent))


def _offset(answer: Jawaban) -> dict[str, str]:
    known = answer.headers.get("Upload-Offset")
    return {"Upload-Offset": known} if known is not None else {}


def _refused(answer: Jawaban) -> Any:
    """The API's own words."""
    said = answer.data or {}
    fields = " ".join(str(e["detail"]) for e in said.get("errors", ()))
    return {"pesan": fields or said.get("detail") or said.get("title", "")}, answer.status, _offset(answer)
