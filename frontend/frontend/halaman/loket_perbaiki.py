"""Somebody brings to the counter what was asked of him: scanned, put right, sent in his name (R6, R10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import formulir, sesi
from frontend.gerbang import Masalah
from frontend.halaman.kasus import diminta
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("loket_perbaiki", __name__)


@bp.get("/loket/permohonan/<uuid:id>/perbaiki")
@perlu(*sesi.LOKET)
def daftar(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    if case["status"] != "diperbaiki":
        return redirect(f"/loket/permohonan/{id}", 303)
    return _daftar(case, {})


@bp.post("/loket/permohonan/<uuid:id>/perbaiki")
@perlu(*sesi.LOKET)
def kirim(id: Any) -> Any:
    """The whole list at once; papers were scanned before."""
    case = ambil(f"/v1/permohonan/{id}")
    points = diminta(case, request.form.keys())
    given = formulir.baca([p["medan"] for p in points if p["medan"]], request.form)
    if missing := {
        p["kode"]: f"Pindai dulu {p['label']} yang baru." for p in points if p["berkas"] and not p["sudah"]
    }:
        return _daftar({**case, "jawaban": {**case["jawaban"], **given}}, missing), 422
    try:
        lakukan(f"/v1/permohonan/{id}/perbaiki", {"jawaban": given, "syarat": []})
    except Masalah as error:
        if error.status not in (409, 422):
            raise
        shown = {**case, "jawaban": {**case["jawaban"], **given}}
        return _daftar(shown, dict(error.galat) or {"_": error.pesan}), error.status
    return redirect(f"/loket/permohonan/{id}?sudah=perbaiki", 303)


def _daftar(case: Any, galat: Mapping[str, str]) -> str:
    return render_template(
        "loket/perbaiki.html",
        kasus=case,
        perlu=diminta(case, galat),
        galat=galat,
    )
