"""A letter in force is corrected: proposed at the counter, agreed to by its signers one after the other (R10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import formulir, sesi
from frontend.gerbang import Masalah
from frontend.halaman.loket import isian
from frontend.halaman.pejabat import BUKTI, PENYETUJU, yakin
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("perbaiki_surat", __name__)


@bp.get("/loket/surat/<uuid:id>/perbaiki")
@perlu(*sesi.LOKET)
def perbaiki(id: Any) -> Any:
    letter, case = _surat(id)
    return _perbaiki(letter, case, _jawaban(letter, case), "", {})


@bp.post("/loket/surat/<uuid:id>/perbaiki")
@perlu(*sesi.LOKET)
def diusulkan(id: Any) -> Any:
    """Only what differs from the letter in force is sent."""
    letter, case = _surat(id)
    fields, before = _medan(case), _jawaban(letter, case)
    typed = formulir.baca(fields, request.form)
    given = {f["id"]: _nilai(f, typed[f["id"]]) for f in fields}
    changed = {k: v for k, v in given.items() if v != _nilai({"jenis": ""}, before.get(k))}
    alasan = request.form.get("alasan", "")
    galat = {} if alasan else {"alasan": "Pilih mengapa surat ini perlu diperbaiki."}
    if not changed:
        galat["_"] = "Belum ada isian yang diubah."
    if galat:
        return _perbaiki(letter, case, {**before, **given}, alasan, galat), 422
    try:
        lakukan(f"/v1/surat/{id}/perbaikan", {"alasan": alasan, "koreksi": changed})
    except Masalah as error:
        if error.status not in (409, 422):
            raise
        told = {name.removeprefix("koreksi."): said for name, said in error.galat.items()}
        return _perbaiki(letter, case, {**before, **given}, alasan, told or {"_": error.pesan}), error.status
    return redirect(f"/loket/permohonan/{case['id']}?sudah=perbaiki-surat", 303)


@bp.get("/perbaikan-surat")
@perlu(*PENYETUJU)
def daftar() -> Any:
    return _daftar({})


@bp.post("/perbaikan-surat/<uuid:id>")
@perlu(*PENYETUJU)
def disetujui(id: Any) -> Any:
    """Agreeing makes a letter that is signed: password or code are asked for anew (R12)."""
    try:
        headers = {"X-Konfirmasi": yakin([str(id)], untuk="surat")}
        lakukan(f"/v1/surat/{id}/perbaikan/setuju", {}, headers=headers)
    except Masalah as error:
        if error.slug in BUKTI or error.status == 422:
            return _daftar({f"bukti-{id}": error.pesan}), 422
        if error.status not in (403, 409):
            raise
        return _daftar({"_": error.pesan}), error.status
    return redirect("/perbaikan-surat?sudah=perbaikan-setuju", 303)


def _surat(id: Any) -> tuple[Any, Any]:
    letter = ambil(f"/v1/surat/{id}")
    return letter, ambil(f"/v1/permohonan/{letter['permohonan']}")


def _medan(case: Any) -> list[Any]:
    """The fields that say something; a tick only agreed to something."""
    return [field for field in isian(case) if field["jenis"] != "centang"]


def _jawaban(letter: Any, case: Any) -> dict[str, Any]:
    """As the letter in force says it."""
    return {**case["jawaban"], **(letter.get("koreksi") or {})}


def _nilai(field: Mapping[str, Any], nilai: Any) -> Any:
    """A number as a number; what was emptied is sent as nothing written."""
    if nilai is None:
        return ""
    if isinstance(nilai, str):
        nilai = nilai.replace("\r\n", "\n").strip()
    return int(nilai) if field["jenis"] == "angka" and str(nilai).isdecimal() else nilai


def _perbaiki(letter: Any, case: Any, jawaban: Any, alasan: str, galat: Any) -> str:
    return render_template(
        "loket/perbaiki_surat.html",
        surat=letter,
        kasus=case,
        medan=_medan(case),
        jawaban=jawaban,
        alasan=alasan,
        galat=galat,
    )


def _daftar(galat: Any) -> str:
    page = ambil("/v1/surat/perbaikan", cursor=request.args.get("cursor", ""))
    services = {s["layanan"] for s in page["surat"]}
    fields = {kode: ambil(f"/v1/layanan/{kode}")["medan"] for kode in sorted(services)}
    return render_template(
        "pejabat/perbaikan.html",
        surat=page["surat"],
        cursor=page["cursor"],
        medan={kode: {f["id"]: f for f in found} for kode, found in fields.items()},
        sudah=request.args.get("sudah", ""),
        galat=galat,
    )
