"""The counter's first pages: the queue, a person found by receipt or name, one case with all that can be done."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import formulir, kiriman, sesi, wilayah
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, lihat, perlu, ubah

bp = Blueprint("loket", __name__)
DAFTAR = ("diperiksa", "menunggu_berkas", "diperbaiki", "terbit", "diteruskan")
LAINNYA = ("diproses", "disetujui", "diserahkan", "ditolak", "dibatalkan", "kedaluwarsa", "dipindah")
CARI_HALAMAN = 5  # pages of 200 cases of each state that a search reads


@bp.get("/loket")
@perlu(*sesi.LOKET)
def antrean() -> Any:
    daftar = request.args.get("daftar", "diperiksa")
    if daftar not in DAFTAR:
        return redirect("/loket", 303)
    cursor = request.args.get("cursor", "")
    page = ambil("/v1/permohonan", status=daftar, loket="true", cursor=cursor, batas="50")
    basah = ambil("/v1/surat/basah")["surat"] if daftar == "diperiksa" else []
    return render_template(
        "loket/antrean.html",
        daftar=daftar,
        kasus=page["isi"],
        cursor=page["cursor"],
        basah=basah,
        layanan=_names(),
        kantor=wilayah.nama(),
        sudah=request.args.get("sudah", ""),
    )


@bp.get("/loket/cari")
@perlu(*sesi.LOKET)
def cari() -> Any:
    kata = request.args.get("q", "").strip()
    found, more = _found(kata.casefold()) if kata else ([], False)
    if len(found) == 1 and not more:
        return redirect(f"/loket/permohonan/{found[0]['id']}", 303)
    return render_template("loket/cari.html", kata=kata, kasus=found, lagi=more, layanan=_names())


@bp.get("/loket/permohonan/<uuid:id>")
@perlu(*sesi.LOKET)
def satu(id: Any) -> Any:
    return kasus(ambil(f"/v1/permohonan/{id}"), {})


@bp.post("/loket/permohonan/<uuid:id>/unggah")
@perlu(*sesi.LOKET)
def unggah(id: Any) -> Any:
    """A paper that was brought to the counter, scanned or photographed there."""
    case = ambil(f"/v1/permohonan/{id}")
    file, syarat = request.files.get("berkas"), request.form.get("syarat", "")
    kembali = request.form.get("kembali", "")
    if file is None or not file.filename:
        return kasus(case, {syarat: "Pilih hasil pindai atau fotonya dulu."}), 422
    headers = {
        "X-Izin-Unggah": case["izin_unggah"] or "",
        "Idempotency-Key": request.form.get("kunci", ""),
        "Content-Type": "application/octet-stream",
    }
    path = f"/v1/berkas?syarat={syarat}&tetap=true"
    sent = gerbang().kirim("POST", path, token=sesi.token(), badan=file.stream, headers=headers)
    if sent.status >= 400:
        said = str(sent.data.get("detail") or sent.data["title"])
        return kasus(case, {syarat: said}), sent.status
    if kembali == "perbaiki":
        kiriman.ingat(str(id), syarat, str(sent.data["id"]))
    step = {"datang": "datang/berkas", "perbaiki": "perbaiki"}.get(kembali, "")
    return redirect(f"/loket/permohonan/{id}/{step}".rstrip("/") + f"?terkirim={syarat}#{syarat}", 303)


@bp.get("/loket/permohonan/<uuid:id>/koreksi")
@perlu(*sesi.LOKET)
def koreksi(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    return _koreksi(case, case["jawaban"], "", {})


@bp.post("/loket/permohonan/<uuid:id>/koreksi")
@perlu(*sesi.LOKET)
def dikoreksi(id: Any) -> Any:
    """Only what was changed is sent, with the paper that shows it."""
    case = ambil(f"/v1/permohonan/{id}")
    given = formulir.baca(isian(case), request.form)
    changed = {k: v for k, v in given.items() if v != case["jawaban"].get(k)}
    berkas = request.form.get("berkas", "")
    galat = {} if berkas else {"berkas": "Pilih berkas yang menunjukkan data yang benar."}
    if not changed:
        galat["_"] = "Belum ada isian yang diubah."
    if not galat:
        try:
            lakukan(f"/v1/permohonan/{id}/koreksi", {"jawaban": changed, "berkas": berkas})
            return redirect(f"/loket/permohonan/{id}?sudah=koreksi", 303)
        except Masalah as error:
            if error.status not in (409, 422):
                raise
            galat = dict(error.galat) or {"_": error.pesan}
    return _koreksi(case, {**case["jawaban"], **given}, berkas, galat), 422


@bp.post("/loket/permohonan/<uuid:id>/menunggu")
@perlu(*sesi.LOKET)
def menunggu(id: Any) -> Any:
    """The resident waits at the counter, or has left: officials see the case first (R12)."""
    waits = bool(request.form.get("menunggu"))
    try:
        lakukan("/v1/tugas/ditunggu", {"permohonan": str(id), "menunggu_di_loket": waits})
    except Masalah as error:
        if error.status not in (404, 409):  # on its way to the officials, or decided meanwhile
            raise
        said = {"_": "Permohonan ini sedang tidak di meja pejabat. Muat ulang halaman ini sebentar lagi."}
        return kasus(ambil(f"/v1/permohonan/{id}"), said), 409
    return redirect(f"/loket/permohonan/{id}?sudah={'menunggu' if waits else 'pulang'}", 303)


@bp.post("/loket/permohonan/<uuid:id>/hasil")
@perlu(*sesi.LOKET)
def hasil(id: Any) -> Any:
    """What the office did to which the case was forwarded."""
    given = {"hasil": request.form.get("hasil", ""), "teks": request.form.get("teks", "").strip()}
    if not given["hasil"]:
        return kasus(ambil(f"/v1/permohonan/{id}"), {"hasil": "Pilih kabar dari kantor tujuan."}), 422
    lakukan(f"/v1/permohonan/{id}/hasil", given)
    return redirect(f"/loket/permohonan/{id}?sudah=hasil", 303)


@bp.post("/loket/permohonan/<uuid:id>/cara")
@perlu(*sesi.LOKET)
def cara(id: Any) -> Any:
    """A paper of a walk-in: brought later, or not there at all (R6)."""
    case = lihat(f"/v1/permohonan/{id}")
    way = {"kode": request.form["syarat"], "cara": request.form["cara"]}
    if request.form.get("alasan", "").strip():
        way["alasan"] = request.form["alasan"].strip()
    ubah(f"/v1/permohonan/{id}", {"syarat": [way]}, case.etag)
    return redirect(f"/loket/permohonan/{id}/datang/berkas#{way['kode']}", 303)


def kasus(case: Any, galat: Any) -> str:
    """One case as the counter sees it."""
    letters = ambil("/v1/surat", permohonan=case["id"]) if case["surat"] else {"surat": []}
    return render_template(
        "loket/kasus.html",
        kasus=case,
        medan=isian(case),
        surat=letters["surat"],
        ditahan=letters.get("ditahan"),
        riwayat=ambil(f"/v1/permohonan/{case['id']}/riwayat")["isi"],
        tunggu=_tunggu(case),
        galat=galat,
        sudah=request.args.get("sudah", ""),
        terkirim=request.args.get("terkirim", ""),
    )


def _tunggu(case: Any) -> Any:
    """Whether the resident was said to wait at the counter; None while the case is with no official.

    The rest of the page does without the officials' service: `{"terputus": True}` when it does not answer.
    """
    if case["status"] != "diproses":
        return None
    try:
        told = ambil("/v1/tugas/ditunggu", permohonan=case["id"])
    except Masalah as error:
        if error.status not in (404, 502, 503, 504):
            raise
        return {"terputus": error.status != 404}  # 404: on its way to the officials
    return {**told, "saya": told["oleh"] == (sesi.akun() or {}).get("akun")}


def isian(case: Any) -> list[Any]:
    """The fields of a case's form that are asked given its answers."""
    service = ambil(f"/v1/layanan/{case['layanan']['kode']}")
    answers = {**case["jawaban"], "hubungan": case["hubungan"]}
    return [field for page in formulir.langkah(service["medan"], answers) for field in page]


def _koreksi(case: Any, jawaban: Any, berkas: str, galat: Any) -> str:
    return render_template(
        "loket/koreksi.html", kasus=case, medan=isian(case), jawaban=jawaban, berkas=berkas, galat=galat
    )


def _names() -> dict[str, str]:
    return {each["kode"]: each["nama"] for each in ambil("/v1/layanan")["isi"]}


def _found(kata: str) -> tuple[list[Any], bool]:
    """Cases whose receipt or applicant has these words, running ones first; whether some were not read."""
    plain, found, more = kata.replace("-", "").replace(" ", ""), [], False
    for status in (*DAFTAR, *LAINNYA):
        cursor = ""
        for _ in range(CARI_HALAMAN):
            page = ambil("/v1/permohonan", status=status, cursor=cursor, batas="200")
            for case in page["isi"]:
                receipt = case["nomor_resi"].replace("-", "").casefold()
                if kata in case["pemohon"].casefold() or plain in receipt:
                    found.append(case)
            cursor = page["cursor"] or ""
            if not cursor:
                break
        more = more or bool(cursor)
    return found, more
