"""Applying: choose the office, fill the form in short steps, bring the papers, check, send."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request

from frontend import formulir, sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, lihat, perlu, settings, ubah

bp = Blueprint("permohonan", __name__)


@bp.get("/mulai/<kode>")
@perlu(sesi.WARGA)
def mulai(kode: str) -> Any:
    return render_template(
        "permohonan/mulai.html", layanan=ambil(f"/v1/layanan/{kode}"), kantor=_offices(), galat={}
    )


@bp.post("/mulai/<kode>")
@perlu(sesi.WARGA)
def buat(kode: str) -> Any:
    kantor = settings().kelurahan or request.form.get("kantor", "")
    hubungan = request.form.get("hubungan", "")
    galat = {} if kantor else {"kantor": "Pilih kelurahan."}
    galat |= {} if hubungan else {"hubungan": "Pilih surat ini untuk siapa."}
    if galat:
        page = render_template(
            "permohonan/mulai.html", layanan=ambil(f"/v1/layanan/{kode}"), kantor=_offices(), galat=galat
        )
        return page, 422
    made = lakukan("/v1/permohonan", {"layanan": kode, "kantor": kantor, "hubungan": hubungan}).data
    return redirect(f"/permohonan/{made['id']}/isi/1", 303)


@bp.get("/permohonan/<uuid:id>/isi/<int:ke>")
@perlu(sesi.WARGA)
def isi(id: Any, ke: int) -> Any:
    case = lihat(f"/v1/permohonan/{id}")
    return _step(case.data, case.etag, ke, case.data["jawaban"], {})


@bp.post("/permohonan/<uuid:id>/isi/<int:ke>")
@perlu(sesi.WARGA)
def simpan(id: Any, ke: int) -> Any:
    case = lihat(f"/v1/permohonan/{id}").data
    pages = _pages(case)
    if not 1 <= ke <= len(pages):
        return redirect(f"/permohonan/{id}/isi/1", 303)
    given = formulir.baca(pages[ke - 1], request.form)
    known = {**case["jawaban"], **given}
    try:
        wanted = {"jawaban": given, "periksa": True}
        after = ubah(f"/v1/permohonan/{id}", wanted, request.form.get("etag", "")).data
    except Masalah as error:
        if error.status == 412:  # somebody saved in another window: what was typed here is shown again
            fresh = lihat(f"/v1/permohonan/{id}")
            return _step(fresh.data, fresh.etag, ke, known, {"_": error.pesan})
        if error.status != 422:
            raise
        return _step(case, request.form.get("etag", ""), ke, known, error.galat), 422
    if request.form.get("ke") == "periksa" and ke >= len(_pages(after)):
        return redirect(f"/permohonan/{id}/periksa", 303)
    nxt = f"isi/{ke + 1}" if ke < len(_pages(after)) else "berkas"
    return redirect(f"/permohonan/{id}/{nxt}", 303)


@bp.get("/permohonan/<uuid:id>/berkas")
@perlu(sesi.WARGA)
def berkas(id: Any) -> Any:
    return _papers(ambil(f"/v1/permohonan/{id}"), {})


@bp.post("/permohonan/<uuid:id>/cara")
@perlu(sesi.WARGA)
def cara(id: Any) -> Any:
    """How one paper comes: uploaded, brought to the counter, or said to be missing (R6)."""
    case = lihat(f"/v1/permohonan/{id}")
    way = {"kode": request.form["syarat"], "cara": request.form["cara"]}
    if request.form.get("alasan", "").strip():
        way["alasan"] = request.form["alasan"].strip()
    ubah(f"/v1/permohonan/{id}", {"syarat": [way]}, case.etag)
    return redirect(f"/permohonan/{id}/berkas", 303)


@bp.post("/permohonan/<uuid:id>/unggah")
@perlu(sesi.WARGA)
def unggah(id: Any) -> Any:
    """One paper from a form, the way without a script; passed on as it is read."""
    case = ambil(f"/v1/permohonan/{id}")
    file, syarat = request.files.get("berkas"), request.form.get("syarat", "")
    if file is None or not file.filename:
        return _papers(case, {syarat: "Pilih foto atau berkasnya dulu, lalu tekan Kirim."}), 422
    headers = {
        "X-Izin-Unggah": case["izin_unggah"] or "",
        "Idempotency-Key": request.form.get("kunci", ""),
        "Content-Type": "application/octet-stream",
    }
    sent = gerbang().kirim(
        "POST", f"/v1/berkas?syarat={quote(syarat)}", token=sesi.token(), badan=file.stream, headers=headers
    )
    if sent.status >= 400:
        return _papers(case, {syarat: str(sent.data.get("detail") or sent.data["title"])}), sent.status
    return redirect(f"/permohonan/{id}/berkas#{syarat}", 303)


@bp.get("/permohonan/<uuid:id>/periksa")
@perlu(sesi.WARGA)
def periksa(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    return render_template("permohonan/periksa.html", kasus=case, langkah=_pages(case), galat={})


@bp.post("/permohonan/<uuid:id>/ajukan")
@perlu(sesi.WARGA)
def ajukan(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    galat = {} if request.form.get("benar") else {"benar": "Beri tanda centang bahwa data Anda benar."}
    if not galat:
        ways = [
            {"kode": s["kode"], "cara": s["cara"] or "unggah"}
            for s in case["syarat"]
            if s["cara"] != "tidak_punya"
        ]
        try:
            lakukan(f"/v1/permohonan/{id}/ajukan", {"syarat": ways, "pernyataan_benar": True})
            return redirect(f"/permohonan/{id}/resi", 303)
        except Masalah as error:
            if error.status != 422:
                raise
            galat = dict(error.galat)
    return render_template("permohonan/periksa.html", kasus=case, langkah=_pages(case), galat=galat), 422


@bp.get("/permohonan/<uuid:id>/resi")
@perlu(sesi.WARGA)
def resi(id: Any) -> Any:
    return render_template("permohonan/resi.html", kasus=ambil(f"/v1/permohonan/{id}"))


def _step(case: Any, etag: str, ke: int, jawaban: Any, galat: Any) -> Any:
    pages = _pages({**case, "jawaban": case["jawaban"]})
    if not 1 <= ke <= len(pages):
        return redirect(f"/permohonan/{case['id']}/berkas", 303)
    return render_template(
        "permohonan/isi.html",
        kasus=case,
        etag=etag,
        ke=ke,
        banyak=len(pages),
        medan_halaman=pages[ke - 1],
        jawaban=jawaban,
        galat=galat,
    )


def _papers(case: Any, galat: Any) -> str:
    return render_template("permohonan/berkas.html", kasus=case, langkah=len(_pages(case)), galat=galat)


def _pages(case: Any) -> list[list[Any]]:
    service = ambil(f"/v1/layanan/{case['layanan']['kode']}")
    return formulir.langkah(service["medan"], {**case["jawaban"], "hubungan": case["hubungan"]})


def _offices() -> list[Any]:
    wanted = settings().kelurahan
    return [
        k
        for k in ambil("/v1/kantor")["isi"]
        if k["tingkat"] == "kelurahan" and k["status"] == "aktif" and (not wanted or k["kode"] == wanted)
    ]
