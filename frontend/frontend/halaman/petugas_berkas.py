"""A paper page by page for clerks and officials: larger, turned, next and back; every step is a plain link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from frontend import sesi
from frontend.pintu import ambil, perlu

bp = Blueprint("petugas_berkas", __name__)
PUTAR = (0, 90, 180, 270)  # degrees
BESAR = (1, 2, 3)  # times the width of the page


@bp.get("/lihat/berkas/<uuid:id>")
@perlu(*sesi.LOKET, *sesi.PEJABAT)
def berkas(id: Any) -> Any:
    paper = ambil(f"/v1/berkas/{id}")
    many, page = paper.get("halaman") or 1, _angka("halaman", 1)
    if not 1 <= page <= many:
        abort(404)
    turn, size = _angka("putar", 0), _angka("besar", 1)
    return render_template(
        "pejabat/berkas.html",
        berkas=paper,
        halaman=page,
        banyak=many,
        putar=turn if turn in PUTAR else 0,
        besar=size if size in BESAR else 1,
    )


def _angka(nama: str, bila_tiada: int) -> int:
    return request.args.get(nama, bila_tiada, type=int)
