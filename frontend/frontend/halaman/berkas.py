"""Papers: one section each with its state, as plain forms; the same sections in pieces for the script."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context

from frontend import kiriman, sesi
from frontend.gerbang import Masalah
from frontend.halaman.lembar import langkah
from frontend.pintu import ambil, gerbang, lakukan, lihat, perlu, ubah

bp = Blueprint("berkas", __name__)


@bp.get("/permohonan/<uuid:id>/berkas")
@perlu(sesi.WARGA)
def semua(id: Any) -> Any:
    return _page(ambil(f"/v1/permohonan/{id}"), {})


@bp.get("/permohonan/<uuid:id>/berkas/<kode>")
@perlu(sesi.WARGA)
def satu(id: Any, kode: str) -> Any:
    """One section anew, for the script that waits for the check."""
    case = ambil(f"/v1/permohonan/{id}")
    wanted = next((s for s in case["syarat"] if s["kode"] == kode), None)
    if wanted is None:
        return redirect(f"/permohonan/{id}/berkas", 303)
    return render_template(
        "permohonan/satu_berkas.html",
        kasus=case,
        s=wanted,
        keadaan=kiriman.keadaan(case),
        lagi=kiriman.lagi(case),
        galat={},
    )


@bp.post("/permohonan/<uuid:id>/cara")
@perlu(sesi.WARGA)
def cara(id: Any) -> Any:
    """How one paper comes: uploaded, brought to the counter, or said to be missing (R6)."""
    case = lihat(f"/v1/permohonan/{id}")
    syarat = request.form["syarat"]
    way = {"kode": syarat, "cara": request.form["cara"]}
    if request.form.get("alasan", "").strip():
        way["alasan"] = request.form["alasan"].strip()
    elif "alasan" in request.form:  # its field stands beside the button
        return _page(case.data, {syarat: "Tulis dulu mengapa tidak punya."}), 422
    try:
        ubah(f"/v1/permohonan/{id}", {"syarat": [way]}, case.etag)
    except Masalah as error:
        if error.status != 422:
            raise
        said = next(iter(error.galat.values()), error.pesan)
        return _page(case.data, {syarat: said}), 422
    return redirect(f"/permohonan/{id}/berkas#{syarat}", 303)


@bp.post("/permohonan/<uuid:id>/unggah")
@perlu(sesi.WARGA)
def unggah(id: Any) -> Any:
    """One paper from a form, the way without a script; passed on as it is read."""
    case = ambil(f"/v1/permohonan/{id}")
    file, syarat = request.files.get("berkas"), request.form.get("syarat", "")
    if file is None or not file.filename:
        return _page(case, {syarat: "Pilih foto atau berkasnya dulu, lalu tekan Kirim."}), 422
    headers = {
        "X-Izin-Unggah": case["izin_unggah"] or "",
        "Idempotency-Key": request.form.get("kunci", ""),
        "Content-Type": "application/octet-stream",
    }
    sent = gerbang().kirim(
        "POST", f"/v1/berkas?syarat={quote(syarat)}", token=sesi.token(), badan=file.stream, headers=headers
    )
    if sent.status >= 400:
        return _page(case, {syarat: str(sent.data.get("detail") or sent.data["title"])}), sent.status
    kiriman.ingat(str(id), syarat, sent.data["id"])
    return redirect(f"/permohonan/{id}/berkas#{syarat}", 303)


@bp.post("/permohonan/<uuid:id>/berkas/<uuid:berkas>/kirim-tetap")
@perlu(sesi.WARGA)
def kirim_tetap(id: Any, berkas: Any) -> Any:
    lakukan(f"/v1/berkas/{berkas}/kirim-tetap", None)
    return redirect(f"/permohonan/{id}/berkas#{request.form.get('syarat', '')}", 303)


@bp.get("/berkas/<uuid:id>/gambar")
@perlu()
def gambar(id: Any) -> Response:
    """The small picture of a paper."""
    answer, pieces = gerbang().alirkan(f"/v1/berkas/{id}/gambar", token=sesi.token())
    media = answer.headers.get("Content-Type", "image/jpeg")
    return Response(stream_with_context(iter(pieces)), mimetype=media)


def _page(case: Any, galat: Any) -> str:
    return render_template(
        "permohonan/berkas.html",
        kasus=case,
        langkah=len(langkah(case)),
        keadaan=kiriman.keadaan(case),
        lagi=kiriman.lagi(case),
        galat=galat,
    )
