"""Letters at the counter: handed over with originals ticked (R8); signed in ink: printed, scanned back, compared."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("loket_surat", __name__)
# Who fetches for somebody else brings the code, or this paper, which no form asked for before.
KUASA = {"kode": "SURAT_KUASA", "label": "surat kuasa", "asli": "diserahkan"}


@bp.get("/loket/surat/<uuid:id>/serah")
@perlu(*sesi.LOKET)
def serah(id: Any) -> Any:
    return _serah(id, {})


@bp.post("/loket/surat/<uuid:id>/serah")
@perlu(*sesi.LOKET)
def diserahkan(id: Any) -> Any:
    letter = ambil(f"/v1/surat/{id}")
    seen = request.form.getlist("asli")
    slots = _asli(ambil(f"/v1/permohonan/{letter['permohonan']}"))
    by_proxy = request.form.get("kepada") == "kuasa"
    slots += [KUASA] if by_proxy and KUASA["kode"] not in {s["kode"] for s in slots} else []
    ticked = [{"syarat": s["kode"], "hasil": s["asli"]} for s in slots if s["kode"] in seen]
    wanted = {"asli": ticked, "kepada": request.form.get("kepada", "pemohon")}
    if code := request.form.get("kode_ambil", "").strip():
        wanted["kode_ambil"] = code
    try:
        lakukan(f"/v1/surat/{id}/serah", wanted)
    except Masalah as error:
        if error.status not in (403, 409, 422):
            raise
        return _serah(id, {"_": _bernama(error.pesan, slots), **error.galat}), error.status
    return redirect(f"/loket/permohonan/{letter['permohonan']}?sudah=serah", 303)


@bp.post("/loket/surat/<uuid:id>/tidak-sesuai")
@perlu(*sesi.LOKET)
def tidak_sesuai(id: Any) -> Any:
    wrong = request.form.getlist("beda")
    if not wrong:
        return _serah(id, {"_": "Centang berkas asli yang tidak sesuai."}), 422
    letter = lakukan(f"/v1/surat/{id}/tidak-sesuai", {"syarat": wrong}).data
    return redirect(f"/loket/permohonan/{letter['permohonan']}?sudah=tidak-sesuai", 303)


@bp.get("/loket/basah")
@perlu(*sesi.LOKET)
def basah() -> Any:
    page = ambil("/v1/surat/basah", cursor=request.args.get("cursor", ""))
    done = request.args.get("surat", "")  # confirmed a moment ago, while the letter is still being made
    return render_template(
        "loket/basah.html",
        surat=[s for s in page["surat"] if s["id"] != done],
        cursor=page.get("cursor"),
        sudah=request.args.get("sudah", ""),
    )


@bp.get("/loket/basah/<uuid:id>")
@perlu(*sesi.LOKET)
def satu(id: Any) -> Any:
    return _basah(id, {})


@bp.post("/loket/basah/<uuid:id>/pindaian")
@perlu(*sesi.LOKET)
def pindaian(id: Any) -> Any:
    file = request.files.get("pindaian")
    if file is None or not file.filename:
        return _basah(id, {"pindaian": "Pilih hasil pindai surat yang sudah ditandatangani."}), 422
    headers = {
        "Idempotency-Key": request.form.get("kunci", ""),
        "Content-Type": "application/octet-stream",
    }
    path = f"/v1/berkas/pindaian?surat={id}"
    sent = gerbang().kirim("POST", path, token=sesi.token(), badan=file.stream, headers=headers)
    if sent.status >= 400:
        return _basah(id, {"pindaian": str(sent.data.get("detail") or sent.data["title"])}), sent.status
    return redirect(f"/loket/basah/{id}?sudah=pindaian", 303)


@bp.post("/loket/basah/<uuid:id>/sahkan")
@perlu(*sesi.LOKET)
def sahkan(id: Any) -> Any:
    if not request.form.get("sama"):
        return _basah(id, {"sama": "Bandingkan dulu keduanya, lalu beri centang."}), 422
    try:
        lakukan(f"/v1/surat/{id}/pindaian/sahkan", {"sha256": request.form.get("sha256", ""), "sama": True})
    except Masalah as error:
        if error.status != 409:
            raise
        return _basah(id, {"_": error.pesan}), 409
    return redirect(f"/loket/basah?sudah=sahkan&surat={id}", 303)


def _asli(case: Any) -> list[Any]:
    """Papers of which an original can be shown."""
    return [slot for slot in case["syarat"] if slot["berkas"]]


def _bernama(pesan: str, slots: list[Any]) -> str:
    """A refusal with the names of papers in place of their codes."""
    for slot in slots:
        pesan = re.sub(rf"\b{slot['kode']}\b", slot["label"], pesan)
    return pesan


def _serah(id: Any, galat: Any) -> str:
    letter = ambil(f"/v1/surat/{id}")
    case = ambil(f"/v1/permohonan/{letter['permohonan']}")
    all_of_them = ambil("/v1/surat", permohonan=case["id"])["surat"]
    return render_template(
        "loket/serah.html",
        surat=letter,
        bersama=[s for s in all_of_them if s["status"] == "berlaku" and not s["diserahkan"]],
        kasus=case,
        asli=_asli(case),
        tercentang=request.form.getlist("asli"),
        galat=galat,
    )


def _basah(id: Any, galat: Any) -> str:
    return render_template(
        "loket/basah_satu.html",
        surat=ambil(f"/v1/surat/{id}"),
        pindaian=ambil(f"/v1/surat/{id}/pindaian"),
        galat=galat,
        sudah=request.args.get("sudah", ""),
    )
