"""Applying: choose the office, fill the form in short steps, bring the papers, check, send."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import formulir, resi, sesi
from frontend.gerbang import Masalah
from frontend.halaman.lembar import langkah, tampil
from frontend.halaman.umum import kelurahan
from frontend.pintu import ambil, lakukan, lihat, perlu, settings, ubah

bp = Blueprint("permohonan", __name__)


@bp.get("/mulai/<kode>")
@perlu(sesi.WARGA)
def mulai(kode: str) -> Any:
    return _begin(kode, {})


@bp.post("/mulai/<kode>")
@perlu(sesi.WARGA)
def buat(kode: str) -> Any:
    kantor = settings().kelurahan or request.form.get("kantor", "")
    hubungan = request.form.get("hubungan", "")
    galat = {} if kantor else {"kantor": "Pilih kelurahan."}
    galat |= {} if hubungan else {"hubungan": "Pilih surat ini untuk siapa."}
    if galat:
        return _begin(kode, galat), 422
    made = lakukan("/v1/permohonan", {"layanan": kode, "kantor": kantor, "hubungan": hubungan}).data
    resi.ingat(made)
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
    pages = langkah(case)
    if not 1 <= ke <= len(pages):
        return redirect(f"/permohonan/{id}/isi/1", 303)
    given = formulir.baca(pages[ke - 1], request.form)
    known, etag = {**case["jawaban"], **given}, request.form.get("etag", "")
    try:
        if (
            request.form.get("pengantar") == "ya"
        ):  # RT and RW are asked, so what stands on their paper may be empty
            asked = {"If-Match": etag}
            etag = lakukan(f"/v1/permohonan/{id}/pengantar", {"minta": True}, headers=asked).etag
        wanted = {"jawaban": given, "periksa": True}
        after = ubah(f"/v1/permohonan/{id}", wanted, etag).data
    except Masalah as error:
        if error.status == 412:  # somebody saved in another window: what was typed here is shown again
            fresh = lihat(f"/v1/permohonan/{id}")
            return _step(fresh.data, fresh.etag, ke, known, {"_": error.pesan})
        if error.status == 409:  # RT and RW cannot be asked
            return _step(case, etag, ke, known, {"_": error.pesan}), 409
        if error.status != 422:
            raise
        return _step(case, etag, ke, known, error.galat), 422
    return redirect(f"/permohonan/{id}/{_sesudah(ke, pages, langkah(after))}", 303)


def _sesudah(ke: int, sebelum: list[list[Any]], kini: list[list[Any]]) -> str:
    """Back to the whole for who changed one part of it, unless his answer asks for something else now."""
    changes = request.form.get("ke") == "periksa"
    names = [[[field["id"] for field in page] for page in pages] for pages in (sebelum, kini)]
    if changes and names[0] == names[1]:
        return "periksa"
    if ke < len(kini):
        return f"isi/{ke + 1}{'?ke=periksa' if changes else ''}"
    return "periksa" if changes else "berkas"


@bp.get("/permohonan/<uuid:id>/periksa")
@perlu(sesi.WARGA)
def periksa(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    return render_template("permohonan/periksa.html", kasus=case, langkah=langkah(case), galat={})


@bp.post("/permohonan/<uuid:id>/ajukan")
@perlu(sesi.WARGA)
def ajukan(id: Any) -> Any:
    who = {
        name: given for name in ("nama", "nik") if (given := request.form.get(f"pemohon.{name}", "").strip())
    }
    if who:  # who files for somebody else says who he is (R7)
        before = lihat(f"/v1/permohonan/{id}")
        known = {name: before.data["pemohon"].get(name) for name in ("nama", "nik")}
        ubah(f"/v1/permohonan/{id}", {"pemohon": {**known, **who}}, before.etag)
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
    return render_template("permohonan/periksa.html", kasus=case, langkah=langkah(case), galat=galat), 422


@bp.get("/permohonan/<uuid:id>/resi")
@perlu(sesi.WARGA)
def terkirim(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    secret = resi.rahasia(case)
    return render_template("permohonan/resi.html", kasus=case, rahasia=secret, qr=resi.gambar(case))


def _begin(kode: str, galat: Any) -> str:
    service = ambil(f"/v1/layanan/{kode}")
    return render_template(
        "permohonan/mulai.html", layanan=service, kantor=kelurahan(), isian=request.form, galat=galat
    )


def _step(case: Any, etag: str, ke: int, jawaban: Any, galat: Any) -> Any:
    return tampil("permohonan/isi.html", f"/permohonan/{case['id']}/berkas", case, etag, ke, jawaban, galat)
