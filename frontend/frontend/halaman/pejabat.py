"""The official's inbox and one file: what is asked, the draft, papers, and the buttons that this step knows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import formulir, sesi, wilayah
from frontend.gerbang import Masalah
from frontend.pintu import ambil, lakukan, lihat, perlu

bp = Blueprint("pejabat", __name__)
PENYETUJU = ("lurah", "camat")  # who agrees to the correction of a letter
BUKTI = ("sandi-salah", "totp-salah", "totp-wajib", "totp-belum-dipasang")


@bp.get("/tugas")
@perlu(*sesi.PEJABAT)
def kotak() -> Any:
    page = ambil("/v1/tugas", cursor=request.args.get("cursor", ""), batas="50")
    return render_template(
        "pejabat/kotak.html",
        tugas=page["tugas"],
        cursor=page["cursor"],
        orang=orang() if page["tugas"] else {},
        kantor=wilayah.nama(),
        tte=ambil("/v1/surat/tanda-tangan")["surat"],
        perbaikan=ambil("/v1/surat/perbaikan")["surat"] if sesi.peran() in PENYETUJU else [],
        sudah=request.args.get("sudah", ""),
    )


@bp.get("/tugas/<uuid:id>")
@perlu(*sesi.PEJABAT)
def satu(id: Any) -> Any:
    found = lihat(f"/v1/tugas/{id}")
    return berkas_tugas(found.data, found.etag, {})


@bp.post("/tugas/<uuid:id>/putus")
@perlu(*sesi.PEJABAT)
def putus(id: Any) -> Any:
    """Paraf or setuju; who signs confirms with his password or a fresh code."""
    found = lihat(f"/v1/tugas/{id}")
    wanted = request.form.get("keputusan", "")
    try:
        headers = {"If-Match": request.form["etag"]} if request.form.get("etag") else {}
        if wanted == "setuju":
            headers["X-Konfirmasi"] = yakin([str(id)])
        lakukan(f"/v1/tugas/{id}/keputusan", {"keputusan": wanted}, headers=headers)
        return redirect(f"/tugas?sudah={wanted}", 303)
    except Masalah as error:
        if error.slug in BUKTI or error.status == 422:
            return berkas_tugas(found.data, found.etag, {"bukti": error.pesan}), 422
        if error.status in (409, 412):
            return berkas_tugas(lihat(f"/v1/tugas/{id}").data, found.etag, {"_": error.pesan}), error.status
        raise


@bp.get("/tugas/<uuid:id>/kembalikan")
@perlu(*sesi.PEJABAT)
def kembalikan(id: Any) -> Any:
    return _daftar(ambil(f"/v1/tugas/{id}"), {}, {})


@bp.post("/tugas/<uuid:id>/kembalikan")
@perlu(*sesi.PEJABAT)
def dikembalikan(id: Any) -> Any:
    task = ambil(f"/v1/tugas/{id}")
    points = [
        {"jenis": jenis, "kode": kode, "alasan": alasan, "teks": request.form.get(f"teks-{kode}", "").strip()}
        for name, alasan in request.form.items()
        if name.startswith("kurang-") and alasan
        for jenis, _, kode in [name.removeprefix("kurang-").partition("-")]
    ]
    listed = [{**p, "teks": p["teks"] or None} for p in points]
    if not listed:
        said = {"_": "Centang dulu berkas atau isian yang harus diperbaiki."}
        return _daftar(task, request.form, said), 422
    return _lain(id, {"keputusan": "kembalikan", "kekurangan": listed}, task)


@bp.get("/tugas/<uuid:id>/tolak")
@perlu(*sesi.PEJABAT)
def tolak(id: Any) -> Any:
    return render_template("pejabat/tolak.html", tugas=ambil(f"/v1/tugas/{id}"), isian={}, galat={})


@bp.post("/tugas/<uuid:id>/tolak")
@perlu(*sesi.PEJABAT)
def ditolak(id: Any) -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("alasan", "teks")}
    galat = {} if given["alasan"] else {"alasan": "Pilih alasan penolakan."}
    galat |= {} if given["teks"] else {"teks": "Tulis penjelasan untuk pemohon."}
    if galat:
        task = ambil(f"/v1/tugas/{id}")
        return render_template("pejabat/tolak.html", tugas=task, isian=given, galat=galat), 422
    return _lain(id, {"keputusan": "tolak", **given}, None)


@bp.get("/tugas/daftar-kedua")
@perlu("lurah")
def daftar_kedua() -> Any:
    """Cases of the office that were returned once, for which the counter may ask a second list (R10)."""
    found = [
        k for s in ("diperiksa", "diproses") for k in ambil("/v1/permohonan", status=s, batas="200")["isi"]
    ]
    again = [{**k, "diizinkan": _diizinkan(k)} for k in found if k["putaran"] > 1]
    return render_template("pejabat/daftar_kedua.html", kasus=again, sudah=request.args.get("sudah"))


@bp.post("/tugas/daftar-kedua/<uuid:id>")
@perlu("lurah")
def izin(id: Any) -> Any:
    lakukan(f"/v1/permohonan/{id}/izin-daftar-kedua", {"kode": request.form.getlist("kode")})
    return redirect("/tugas/daftar-kedua?sudah=ya", 303)


def _diizinkan(case: Any) -> bool:
    """Whether this round has its consent already: the history says so."""
    told = ambil(f"/v1/permohonan/{case['id']}/riwayat")["isi"]
    return any(r["kode"] == "daftar_kedua_diizinkan" and r["putaran"] == case["putaran"] for r in told)


def yakin(ids: list[str], kunci: str = "", untuk: str = "tugas") -> str:
    """One confirmation for these tasks or letters (`untuk`). Raises `Masalah` when password or code are wrong."""
    typed = request.form.get("bukti", "").strip()
    proof = {"totp": typed} if len(typed) == 6 and typed.isdigit() else {"sandi": typed}
    told = {**proof, "ids": ids, "untuk": untuk}
    return str(lakukan("/v1/masuk/konfirmasi", told, kunci=kunci).data["konfirmasi"])


def orang() -> dict[str, Any]:
    """Names and receipts of the office's running cases, by application."""
    listed = ambil("/v1/permohonan", status="diproses", batas="200")["isi"]
    return {case["id"]: case for case in listed}


def berkas_tugas(task: Any, etag: str, galat: Any) -> str:
    """The file of a task."""
    return render_template(
        "pejabat/tugas.html",
        tugas=task,
        etag=etag,
        kantor=wilayah.nama(),
        medan=medan(task),
        label=label(task),
        galat=galat,
    )


def medan(task: Any) -> list[Any]:
    answers = {**task["jawaban"], "hubungan": task["hubungan"]}
    fields = ambil(f"/v1/layanan/{task['layanan']}")["medan"]
    return [field for page in formulir.langkah(fields, answers) for field in page]


def label(task: Any) -> dict[str, str]:
    """Names of papers by their code."""
    return {s["kode"]: s["label"] for s in ambil(f"/v1/layanan/{task['layanan']}")["syarat"]}


def _daftar(task: Any, terisi: Any, galat: Any) -> str:
    return render_template(
        "pejabat/kembalikan.html",
        tugas=task,
        medan=medan(task),
        label=label(task),
        terisi=terisi,
        galat=galat,
    )


def _lain(id: Any, wanted: Any, task: Any) -> Any:
    try:
        lakukan(f"/v1/tugas/{id}/keputusan", wanted)
    except Masalah as error:
        if error.status not in (409, 412, 422):
            raise
        if error.status == 422 and task is not None:
            return _daftar(task, request.form, {"_": error.pesan}), 422
        found = lihat(f"/v1/tugas/{id}")
        return berkas_tugas(found.data, found.etag, {"_": error.pesan}), error.status
    return redirect(f"/tugas?sudah={wanted['keputusan']}", 303)
