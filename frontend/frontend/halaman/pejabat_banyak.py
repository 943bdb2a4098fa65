"""Several at once: the drafts turned one by one, then one confirmation, then each outcome named (R12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi, wilayah
from frontend.gerbang import Masalah, Terputus
from frontend.halaman.pejabat import BUKTI, label, medan, yakin
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("pejabat_banyak", __name__)
TETAP = (403, 404, 409)  # not his to decide, or no longer: asking again would be refused again
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
    """A confirmation is good for exactly one decision, so each asks anew with the password typed once."""
    tasks = [ambil(f"/v1/tugas/{id}") for id in request.form.getlist("pilih")]
    done: list[Any] = []
    failed: list[tuple[Any, str]] = []
    again: list[Any] = []
    for task in tasks:
        try:
            _satu_putusan(task)
            done.append(task)
        except Masalah as error:
            if error.slug in BUKTI and not done and not failed:
                return _akhir([t["id"] for t in tasks], {"bukti": error.pesan}), 422
            failed.append((task, error.pesan))
            again += [task] if error.status not in TETAP else []
        except Terputus:
            failed.append((task, TAK_DIJAWAB))
            again.append(task)
    return render_template(
        "pejabat/hasil.html", berhasil=done, gagal=failed, ulang=again, setuju=_menyetujui(tasks)
    )


def _satu_putusan(task: Any) -> None:
    signs = _menyetujui([task])
    headers = {"X-Konfirmasi": yakin([task["id"]], kunci=f"{_kunci()}.y.{task['id']}")} if signs else {}
    wanted = {"keputusan": "setuju" if signs else "paraf"}
    path = f"/v1/tugas/{task['id']}/keputusan"
    lakukan(path, wanted, kunci=f"{_kunci()}.{task['id']}", headers=headers)


def _menyetujui(tasks: list[Any]) -> bool:
    return any("setuju" in task["pilihan"] for task in tasks)


def _kunci() -> str:
    return request.form.get("kunci", "")


def _satu(antre: list[str], pilih: list[str]) -> Any:
    task = ambil(f"/v1/tugas/{antre[0]}")
    return render_template(
        "pejabat/beruntun.html",
        tugas=task,
        antre=antre,
        pilih=pilih,
        medan=medan(task),
        label=label(task),
        kantor=wilayah.nama(),
        galat={},
    )


def _akhir(pilih: list[str], galat: Any) -> str:
    tasks = [ambil(f"/v1/tugas/{id}") for id in pilih]
    return render_template(
        "pejabat/yakin.html", tugas=tasks, pilih=pilih, setuju=_menyetujui(tasks), galat=galat
    )
