"""A pile of papers scanned as one PDF: sent in, looked at page by page, each page given to its paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("loket_tumpukan", __name__)
PILIH = "halaman-"


@bp.get("/loket/permohonan/<uuid:id>/tumpukan")
@perlu(*sesi.LOKET)
def mulai(id: Any) -> Any:
    return _lukis(ambil(f"/v1/permohonan/{id}"), None, {})


@bp.post("/loket/permohonan/<uuid:id>/tumpukan")
@perlu(*sesi.LOKET)
def kirim(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    file = request.files.get("berkas")
    if file is None or not file.filename:
        return _lukis(case, None, {"berkas": "Pilih PDF hasil pindainya dulu."}), 422
    headers = {
        "X-Izin-Unggah": case["izin_unggah"] or "",
        "Idempotency-Key": request.form.get("kunci", ""),
        "Content-Type": "application/octet-stream",
    }
    path = "/v1/berkas/tumpukan"
    sent = gerbang().kirim("POST", path, token=sesi.token(), badan=file.stream, headers=headers)
    if sent.status >= 400:
        said = str(sent.data.get("detail") or sent.data["title"])
        return _lukis(case, None, {"berkas": said}), sent.status
    return redirect(f"/loket/permohonan/{id}/tumpukan/{sent.data['id']}", 303)


@bp.get("/loket/permohonan/<uuid:id>/tumpukan/<uuid:berkas>")
@perlu(*sesi.LOKET)
def lihat(id: Any, berkas: Any) -> Any:
    return _lukis(ambil(f"/v1/permohonan/{id}"), ambil(f"/v1/berkas/{berkas}"), {})


@bp.post("/loket/permohonan/<uuid:id>/tumpukan/<uuid:berkas>")
@perlu(*sesi.LOKET)
def bagi(id: Any, berkas: Any) -> Any:
    """Pages of the same choice are one paper, in their order."""
    case, pile = ambil(f"/v1/permohonan/{id}"), ambil(f"/v1/berkas/{berkas}")
    parts: dict[str, list[int]] = {}
    for page in range(1, (pile.get("halaman") or 0) + 1):
        if chosen := request.form.get(f"{PILIH}{page}", ""):
            parts.setdefault(chosen, []).append(page)
    if not parts:
        return _lukis(case, pile, {f"{PILIH}1": "Pilih paling sedikit satu halaman."}), 422
    wanted = {"bagian": [{"syarat": code, "halaman": pages} for code, pages in parts.items()]}
    try:
        lakukan(f"/v1/berkas/{berkas}/bagi", wanted, headers={"X-Izin-Unggah": case["izin_unggah"] or ""})
    except Masalah as error:
        if error.status not in (403, 409, 410, 422):
            raise
        return _lukis(case, pile, {"_": error.pesan}), error.status
    return redirect(f"/loket/permohonan/{id}/tumpukan/{berkas}", 303)


def _lukis(case: Any, pile: Any, galat: dict[str, str]) -> str:
    return render_template(
        "loket/tumpukan.html",
        kasus=case,
        tumpukan=pile,
        galat=galat,
        dipilih=request.form,
        label={slot["kode"]: slot["label"] for slot in case["syarat"]},
    )
