"""Several at once: the drafts turned one by one, then one confirmation, then each outcome named (R12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah, Terputus
from frontend.halaman.pejabat import BUKTI, kantor, label, medan, yakin
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("pejabat_banyak", __name__)
TAK_DIJAWAB = "Pusat layanan tidak menjawab. Coba lagi sebentar."


@bp.post("/tugas/banyak")
@perlu(*sesi.PEJABAT)
def banyak() -> Any:
    """`antre` are tasks still to be seen, `pilih` those found good."""
    antre, pilih = request.form.getlist("antre"), request.form.getlist("pilih")
    if request.form.get("mulai"):
        antre = [t["id"] for t in ambil("/v1/tugas", batas="50")["tugas"]]
    elif antre and request.form.get("jawab") in ("baik", "lewati"):
        seen, *antre = antre
        pilih += [seen] if request.form["jawab"] == "baik" else []
    if request.form.get("jawab") == "selesai":
        antre = []
    if antre:
        return _satu(antre, pilih)
    return _akhir(pilih, {}) if pilih else redirect("/tugas", 303)


@bp.post("/tugas/banyak/putus")
@perlu(*sesi.PEJABAT)
def putus() -> Any:
    pilih, headers = request.form.getlist("pilih"), {}
    tasks = [ambil(f"/v1/tugas/{id}") for id in pilih]
    if signs := any("setuju" in task["pilihan"] for task in tasks):
        try:
            headers = {"X-Konfirmasi": yakin(pilih)}
        except Masalah as error:
            if error.slug not in BUKTI and error.status != 422:
                raise
            return _akhir(pilih, {"bukti": error.pesan}), 422
    done, failed = [], []
    for task in tasks:
        try:
            _satu_putusan(task, headers)
            done.append(task)
        except (Masalah, Terputus) as error:
            failed.append((task, error.pesan if isinstance(error, Masalah) else TAK_DIJAWAB))
    return render_template("pejabat/hasil.html", berhasil=done, gagal=failed, setuju=signs)


def _satu_putusan(task: Any, headers: Mapping[str, str]) -> None:
    wanted = "setuju" if "setuju" in task["pilihan"] else "paraf"
    key = f"{request.form.get('kunci', '')}.{task['id']}"
    lakukan(f"/v1/tugas/{task['id']}/keputusan", {"keputusan": wanted}, kunci=key, headers=headers)


def _satu(antre: list[str], pilih: list[str]) -> Any:
    task = ambil(f"/v1/tugas/{antre[0]}")
    return render_template(
        "pejabat/beruntun.html",
        tugas=task,
        antre=antre,
        pilih=pilih,
        medan=medan(task),
        label=label(task),
        kantor=kantor(),
        galat={},
    )


def _akhir(pilih: list[str], galat: Any) -> str:
    tasks = [ambil(f"/v1/tugas/{id}") for id in pilih]
    signs = any("setuju" in task["pilihan"] for task in tasks)
    return render_template("pejabat/yakin.html", tugas=tasks, pilih=pilih, setuju=signs, galat=galat)
