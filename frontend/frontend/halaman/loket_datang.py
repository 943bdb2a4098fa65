"""Somebody comes to the counter: the clerk writes the application, scans what was brought, prints the receipt (R7)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, session

from frontend import formulir, sesi
from frontend.gerbang import Masalah
from frontend.halaman.lembar import langkah, tampil
from frontend.pintu import ambil, lakukan, lihat, perlu, ubah

bp = Blueprint("loket_datang", __name__)
RAHASIA = "resi_baru"


@bp.get("/loket/datang")
@perlu(*sesi.LOKET)
def mulai() -> Any:
    return _mulai({}, {})


@bp.post("/loket/datang")
@perlu(*sesi.LOKET)
def buat() -> Any:
    names = ("nama", "nik", "kontak", "layanan", "hubungan", "kantor")
    given = {name: request.form.get(name, "").strip() for name in names}
    galat = {
        name: said
        for name, said in {
            "nama": "Isi nama orang yang datang.",
            "layanan": "Pilih layanan.",
            "hubungan": "Pilih surat ini untuk siapa.",
            "kantor": "Pilih kelurahan.",
        }.items()
        if not given[name]
    }
    if galat:
        return _mulai(given, galat), 422
    person = {"nama": given["nama"], "nik": given["nik"] or None, "kontak": _kontak(given["kontak"])}
    wanted = {name: given[name] for name in ("layanan", "kantor", "hubungan")}
    try:
        made = lakukan("/v1/permohonan", {**wanted, "pemohon": person}).data
    except Masalah as error:
        if error.status not in (403, 409, 422):
            raise
        said = {_medan(name): text for name, text in error.galat.items()} or {"_": error.pesan}
        return _mulai(given, said), 422
    session[RAHASIA] = {"id": made["id"], "rahasia": made["rahasia_resi"]}  # shown once, on the receipt
    return redirect(f"/loket/permohonan/{made['id']}/datang/1", 303)


@bp.get("/loket/permohonan/<uuid:id>/datang/<int:ke>")
@perlu(*sesi.LOKET)
def isi(id: Any, ke: int) -> Any:
    case = lihat(f"/v1/permohonan/{id}")
    return _step(case.data, case.etag, ke, case.data["jawaban"], {})


@bp.post("/loket/permohonan/<uuid:id>/datang/<int:ke>")
@perlu(*sesi.LOKET)
def simpan(id: Any, ke: int) -> Any:
    case = lihat(f"/v1/permohonan/{id}").data
    pages = langkah(case)
    if not 1 <= ke <= len(pages):
        return redirect(f"/loket/permohonan/{id}/datang/1", 303)
    given = formulir.baca(pages[ke - 1], request.form)
    known = {**case["jawaban"], **given}
    etag = request.form.get("etag", "")
    try:
        after = ubah(f"/v1/permohonan/{id}", {"jawaban": given, "periksa": True}, etag).data
    except Masalah as error:
        if error.status == 412:
            fresh = lihat(f"/v1/permohonan/{id}")
            return _step(fresh.data, fresh.etag, ke, known, {"_": error.pesan}), 412
        if error.status != 422:
            raise
        return _step(case, etag, ke, known, error.galat), 422
    step = str(ke + 1) if ke < len(langkah(after)) else "berkas"
    return redirect(f"/loket/permohonan/{id}/datang/{step}", 303)


@bp.get("/loket/permohonan/<uuid:id>/datang/berkas")
@perlu(*sesi.LOKET)
def berkas(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    return render_template(
        "loket/berkas.html",
        kasus=case,
        langkah=len(langkah(case)),
        terkirim=request.args.get("terkirim", ""),
        galat={},
    )


@bp.get("/loket/permohonan/<uuid:id>/datang/kirim")
@perlu(*sesi.LOKET)
def periksa(id: Any) -> Any:
    return _kirim(ambil(f"/v1/permohonan/{id}"), {})


@bp.post("/loket/permohonan/<uuid:id>/datang/kirim")
@perlu(*sesi.LOKET)
def ajukan(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    if not request.form.get("benar"):
        return _kirim(case, {"benar": "Bacakan isian kepada warga, lalu beri centang."}), 422
    ways = [
        {"kode": s["kode"], "cara": s["cara"] or ("unggah" if s["berkas"] else "loket")}
        for s in case["syarat"]
        if s["cara"] != "tidak_punya" and (s["berkas"] or s["wajib"])
    ]
    try:
        lakukan(f"/v1/permohonan/{id}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    except Masalah as error:
        if error.status not in (409, 422):
            raise
        return _kirim(case, dict(error.galat) or {"_": error.pesan}), error.status
    return redirect(f"/loket/permohonan/{id}/resi", 303)


@bp.get("/loket/permohonan/<uuid:id>/resi")
@perlu(*sesi.LOKET)
def resi(id: Any) -> Any:
    """The receipt to print; its secret is known only where the case was made, and only then."""
    kept = session.get(RAHASIA) or {}
    secret = kept.get("rahasia", "") if kept.get("id") == str(id) else ""
    return render_template("loket/resi.html", kasus=ambil(f"/v1/permohonan/{id}"), rahasia=secret)


@bp.get("/loket/ktp")
@perlu(*sesi.LOKET)
def ktp() -> Any:
    return render_template("loket/ktp.html", isian={}, galat={})


@bp.post("/loket/ktp")
@perlu(*sesi.LOKET)
def slip() -> Any:
    """A slip for who showed his KTP; the code on it is shown this once."""
    given = {name: request.form.get(name, "").strip() for name in ("nama", "nik", "kontak")}
    if not request.form.get("dilihat"):
        galat = {"dilihat": "Lihat dulu KTP aslinya, lalu beri centang."}
        return render_template("loket/ktp.html", isian=given, galat=galat), 422
    wanted = {"ktp_dilihat": True, "nik": given["nik"], "nama": given["nama"]}
    try:
        made = lakukan("/v1/warga", {**wanted, "kontak": _kontak(given["kontak"])}).data
    except Masalah as error:
        if error.status != 422:
            raise
        said = {_medan(name): text for name, text in error.galat.items()} or {"_": error.pesan}
        return render_template("loket/ktp.html", isian=given, galat=said), 422
    return render_template("loket/slip.html", slip=made, nama=given["nama"])


def _mulai(given: Any, galat: Any) -> str:
    area = (sesi.akun() or {}).get("wilayah", [])
    offices = [
        k
        for k in ambil("/v1/kantor")["isi"]
        if k["tingkat"] == "kelurahan"
        and k["status"] == "aktif"
        and any(k["kode"].startswith(a) for a in area)
    ]
    services = [s for s in ambil("/v1/layanan")["isi"] if s["status"] == "ditetapkan"]
    if sesi.peran() == "petugas_loket_kecamatan" and not any(k["tutup"] for k in offices):
        services = [s for s in services if s["alur"] == "KECAMATAN"]
    return render_template("loket/datang.html", layanan=services, kantor=offices, isian=given, galat=galat)


def _step(case: Any, etag: str, ke: int, jawaban: Any, galat: Any) -> Any:
    after = f"/loket/permohonan/{case['id']}/datang/berkas"
    return tampil("loket/isi.html", after, case, etag, ke, jawaban, galat)


def _kirim(case: Any, galat: Any) -> str:
    fields = [field for page in langkah(case) for field in page]
    return render_template("loket/kirim.html", kasus=case, medan=fields, galat=galat)


def _kontak(text: str) -> dict[str, str] | None:
    return {"jenis": "email" if "@" in text else "telepon", "nilai": text} if text else None


def _medan(name: str) -> str:
    """`pemohon.kontak.nilai` → `kontak`: the box on the page that a refusal is about."""
    parts = [part for part in name.split(".") if part not in ("pemohon", "nilai")]
    return parts[0] if parts else "_"
