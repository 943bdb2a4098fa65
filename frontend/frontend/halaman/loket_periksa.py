"""The counter's check as sheets: each paper seen and judged, then what was typed, then one decision (R3, R10).

What was judged so far, and the signed receipts of papers that were opened, travel with the page as hidden fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.halaman.loket import isian
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("loket_periksa", __name__)
ISIAN, SIMPULAN = "isian", "simpulan"
DIBAWA = ("tanda-", "nilai-", "teks-", "medan-", "salah")


@bp.get("/loket/permohonan/<uuid:id>/periksa")
@perlu(*sesi.LOKET)
def mulai(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    return _lembar(case, _urutan(case)[0], {}, {})


@bp.post("/loket/permohonan/<uuid:id>/periksa")
@perlu(*sesi.LOKET)
def lanjut(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    bawa = {k: v for k, v in request.form.items() if k.startswith(DIBAWA)}
    now, urutan = request.form.get("lembar", ""), _urutan(case)
    if now not in urutan:
        return redirect(f"/loket/permohonan/{id}/periksa", 303)
    galat = _galat(case, now, bawa)
    ke = request.form.get("ke", "")
    if galat and ke != "mundur":
        return _lembar(case, now, bawa, galat), 422
    if now == SIMPULAN and ke == "kirim":
        return _kirim(case, bawa)
    if ke in urutan:
        return _lembar(case, ke, bawa, {})
    step = -1 if ke == "mundur" else 1
    return _lembar(case, urutan[max(0, min(len(urutan) - 1, urutan.index(now) + step))], bawa, {})


def kekurangan(case: Any, bawa: Mapping[str, str]) -> list[dict[str, Any]]:
    """The one list: papers in their order, then fields."""
    points = []
    for slot in case["syarat"]:
        said = bawa.get(f"nilai-{slot['kode']}", "")
        if said and said != "baik" and not said.startswith("tanpa."):
            points.append(_point("syarat", slot["kode"], said, bawa.get(f"teks-{slot['kode']}", "")))
    words = bawa.get("salah", "")
    points += [
        _point("medan", name.removeprefix("medan-"), "isian_salah", words)
        for name in bawa
        if name.startswith("medan-")
    ]
    return points


def tanpa(case: Any, bawa: Mapping[str, str]) -> list[dict[str, str]]:
    """Papers that the clerk accepts to be without, with the reason that signers read (R6)."""
    return [
        {
            "syarat": s["kode"],
            "kode": said.removeprefix("tanpa."),
            "alasan": bawa.get(f"teks-{s['kode']}", ""),
        }
        for s in case["syarat"]
        if (said := bawa.get(f"nilai-{s['kode']}", "")).startswith("tanpa.")
    ]


def _kirim(case: Any, bawa: Mapping[str, str]) -> Any:
    points, waived = kekurangan(case, bawa), tanpa(case, bawa)
    seen = [v for k, v in bawa.items() if k.startswith("tanda-")]
    try:
        if points:
            wanted = {"hasil": "kurang", "kekurangan": points}
            lakukan(f"/v1/permohonan/{case['id']}/periksa", wanted)
            return redirect("/loket?sudah=kembali", 303)
        if request.form.get("rujukan") is not None:
            sent, galat = _terusan(request.form)
            if galat:
                return _lembar(case, SIMPULAN, bawa, galat), 422
            lakukan(f"/v1/permohonan/{case['id']}/teruskan", {**sent, "tanda_lihat": seen, "tanpa": waived})
            return redirect("/loket?sudah=diteruskan", 303)
        wanted = {"hasil": "lengkap", "tanda_lihat": seen, "tanpa": waived}
        lakukan(f"/v1/permohonan/{case['id']}/periksa", wanted)
        return redirect("/loket?sudah=lengkap", 303)
    except Masalah as error:
        if error.status not in (403, 409, 422):
            raise
        return _lembar(case, SIMPULAN, bawa, error.galat or {"_": error.pesan}), error.status


def _terusan(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Number and day with which a case goes on, and what is wrong with them by field."""
    rujukan = given["rujukan"].strip()
    galat = {} if rujukan else {"rujukan": "Isi dulu nomor surat pengantar atau tanda terimanya."}
    parts = [given.get(f"tanggal-{part}", "").strip() for part in ("tahun", "bulan", "hari")]
    try:
        tanggal = date(*(int(part) for part in parts)).isoformat()
    except ValueError:
        return {}, {**galat, "tanggal-hari": "Isi tanggalnya dengan angka: tanggal, bulan dan tahun."}
    return {"rujukan": rujukan, "tanggal": tanggal}, galat


def _lembar(case: Any, lembar: str, bawa: Mapping[str, str], galat: Mapping[str, str]) -> str:
    slot = next((s for s in case["syarat"] if s["kode"] == lembar), None)
    papers, carried = [], dict(bawa)
    for id in slot["berkas"] if slot else ():
        papers.append(ambil(f"/v1/berkas/{id}"))
        carried[f"tanda-{id}"] = _dibuka(id)
    urutan = _urutan(case)
    service = ambil(f"/v1/layanan/{case['layanan']['kode']}") if lembar == SIMPULAN else {}
    return render_template(
        "loket/periksa.html",
        kasus=case,
        lembar=lembar,
        ke=urutan.index(lembar) + 1,
        banyak=len(urutan),
        slot=slot,
        berkas=papers,
        medan=isian(case),
        bawa=carried,
        kekurangan=kekurangan(case, bawa),
        tanpa=tanpa(case, bawa),
        penerusan=service.get("penerusan"),
        galat=galat,
    )


def _dibuka(id: str) -> str:
    """Open a paper for the person who sees it on this page; the gateway's signed receipt of that."""
    answer, pieces = gerbang().alirkan(f"/v1/berkas/{id}/isi", token=sesi.token())
    with closing(iter(pieces)):  # type: ignore[type-var]
        return str(answer.headers.get("X-Tanda-Lihat", ""))


def _urutan(case: Any) -> list[str]:
    """Every paper that is there or must be; what is optional and absent needs no sheet."""
    return [*(s["kode"] for s in case["syarat"] if s["berkas"] or s["wajib"]), ISIAN, SIMPULAN]


def _galat(case: Any, lembar: str, bawa: Mapping[str, str]) -> dict[str, str]:
    if lembar in (ISIAN, SIMPULAN):
        return {}
    said, words = bawa.get(f"nilai-{lembar}", ""), bawa.get(f"teks-{lembar}", "").strip()
    if not said:
        return {f"nilai-{lembar}": "Pilih dulu bagaimana berkas ini."}
    if said.startswith("tanpa.") and not words:
        return {f"teks-{lembar}": "Tulis alasannya. Penanda tangan akan membacanya."}
    if said == "lainnya" and not words:
        return {f"teks-{lembar}": "Tulis apa yang harus diperbaiki warga."}
    return {}


def _point(jenis: str, kode: str, alasan: str, teks: str) -> dict[str, Any]:
    return {"jenis": jenis, "kode": kode, "alasan": alasan, "teks": teks.strip() or None}
