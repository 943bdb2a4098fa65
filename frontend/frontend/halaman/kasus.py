"""My cases: where each stands in one sentence, what is owed, the letter when it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context

from frontend import formulir, kiriman, resi, sesi
from frontend.gerbang import Masalah
from frontend.halaman.lembar import langkah
from frontend.jejak import ringkas
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("kasus", __name__)


@bp.get("/kasus")
@perlu(sesi.WARGA)
def semua() -> Any:
    page = ambil("/v1/permohonan", cursor=request.args.get("cursor", ""))
    return render_template(
        "kasus/semua.html",
        kasus=page["isi"],
        lagi=page.get("cursor"),
        layanan={s["kode"]: s["nama"] for s in ambil("/v1/layanan")["isi"]},
        keluarga=ambil("/v1/saya").get("keluarga", []),
    )


@bp.get("/permohonan/<uuid:id>")
@perlu(sesi.WARGA)
def satu(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    if case["status"] == "draf":
        return redirect(f"/permohonan/{id}/isi/1", 303)
    if case["pindah_ke"]:  # a moved case shows the new one (R19)
        return redirect(f"/permohonan/{case['pindah_ke']['id']}", 303)
    return _page(case, {})


@bp.post("/permohonan/<uuid:id>/perbaiki")
@perlu(sesi.WARGA)
def perbaiki(id: Any) -> Any:
    """The whole list at once: answers and ways stand in this form, papers were sent before."""
    case = ambil(f"/v1/permohonan/{id}")
    fields = [p["medan"] for p in diminta(case, request.form.keys()) if p["medan"]]
    given = formulir.baca(fields, request.form)
    ways = [way for p in case["kekurangan"] if p["jenis"] == "syarat" and (way := _way(p["kode"]))]
    try:
        lakukan(f"/v1/permohonan/{id}/perbaiki", {"jawaban": given, "syarat": ways})
    except Masalah as error:
        if error.status != 422:
            raise
        shown = {**case, "jawaban": {**case["jawaban"], **given}}
        return _page(shown, dict(error.galat) or {"daftar": error.pesan}), 422
    return redirect(f"/permohonan/{id}", 303)


@bp.post("/permohonan/<uuid:id>/batal")
@perlu(sesi.WARGA)
def batal(id: Any) -> Any:
    lakukan(f"/v1/permohonan/{id}/batal", {})
    return redirect(f"/permohonan/{id}", 303)


@bp.post("/permohonan/<uuid:id>/salin")
@perlu(sesi.WARGA)
def salin(id: Any) -> Any:
    again = lakukan(f"/v1/permohonan/{id}/salin", {}).data
    resi.ingat(again)
    return redirect(f"/permohonan/{again['id']}/isi/1", 303)


@bp.get("/permohonan/<uuid:id>/jejak")
@perlu(sesi.WARGA)
def jejak(id: Any) -> Any:
    """Who read or decided, without his own readings."""
    rows = [r for r in ambil("/v1/jejak", permohonan=str(id))["jejak"] if not r["sendiri"]]
    return render_template("kasus/jejak.html", kasus=id, jejak=ringkas(rows))


@bp.post("/surat/<uuid:id>/kode-ambil")
@perlu(sesi.WARGA)
def kode_ambil(id: Any) -> Any:
    """A code for somebody else; it is shown once, on the page that answers."""
    asked = {"untuk": request.form.get("untuk", "kuasa")}
    made = lakukan(f"/v1/surat/{id}/kode-ambil", asked).data
    return render_template("kasus/kode_ambil.html", ambil=made, kasus=request.form.get("kasus", ""))


@bp.get("/surat/<uuid:id>/pdf")
@perlu()
def surat(id: Any) -> Response:
    answer, pieces = gerbang().alirkan(f"/v1/surat/{id}/pdf", token=sesi.token())
    headers = {
        name: answer.headers[name]
        for name in ("Content-Disposition", "Content-Length")
        if name in answer.headers
    }
    return Response(stream_with_context(iter(pieces)), headers=headers, mimetype="application/pdf")


@bp.get("/pesan")
@perlu()
def pesan() -> Any:
    page = ambil("/v1/pesan", cursor=request.args.get("cursor", ""))
    return render_template("kasus/pesan.html", pesan=page["pesan"], lagi=page.get("cursor"))


def _page(case: Any, galat: Any) -> str:
    letters = ambil("/v1/surat", permohonan=case["id"]).get("surat", []) if case["surat"] else []
    return render_template(
        "kasus/satu.html",
        kasus=case,
        surat=letters,
        riwayat=ambil(f"/v1/permohonan/{case['id']}/riwayat")["isi"],
        perlu=diminta(case, galat) if case["kekurangan"] else [],
        galat=galat,
    )


def diminta(case: Any, more: Iterable[str]) -> list[dict[str, Any]]:
    """Each point of the list: a paper and whether it was sent again, or a field; then fields named in `more`."""
    fields = {field["id"]: field for page in langkah(case) for field in page}
    papers = {s["kode"]: s for s in case["syarat"]}
    named, again = {p["kode"] for p in case["kekurangan"]}, kiriman.lagi(case)
    extra = [{"jenis": "medan", "kode": name} for name in more if name in fields and name not in named]
    shown = []
    for point in [*case["kekurangan"], *extra]:
        paper = papers.get(point["kode"]) if point["jenis"] == "syarat" else None
        sent = paper is not None and point["kode"] not in again
        field = None if paper else fields.get(point["kode"])
        label = paper["label"] if paper else field["label"] if field else "Isian lain"
        shown.append({**point, "label": label, "berkas": paper, "medan": field, "sudah": sent})
    return shown


def _way(kode: str) -> dict[str, str]:
    """How a returned paper comes when it is not sent again; nothing when it is."""
    cara, alasan = (request.form.get(f"{name}-{kode}", "").strip() for name in ("cara", "alasan"))
    return {"kode": kode, "cara": cara, **({"alasan": alasan} if alasan else {})} if cara else {}
