"""The message catalogue for administrators: what is written, and how it reads with invented values."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from notifikasi.application import templat
from notifikasi.entrypoints.http.bagian import bagian, problems
from notifikasi.entrypoints.http.models import DaftarTemplat, KonsepTemplat, Pratinjau
from web.identity import caller

bp = APIBlueprint("templat", __name__, url_prefix="/v1/templat", tag="templat")
ADMIN = ("admin_kantor", "admin_kecamatan", "operator")


@bp.get("")
@bp.output(DaftarTemplat)
@bp.doc(
    summary="Every message that people get, before it is filled in",
    responses=problems(s401="not signed in", s403="not an administrator"),
)
def daftar() -> dict[str, Any]:
    caller(*ADMIN)
    return {"templat": templat.daftar(bagian().templat)}


@bp.post("/<kode>/pratinjau")
@bp.input(KonsepTemplat)
@bp.output(Pratinjau)
@bp.doc(
    summary="One message as people would read it, with invented values; other words may be tried",
    description="Changes nothing.",
    responses=problems(
        s401="not signed in",
        s403="not an administrator",
        s404="no such template",
        s422="fields are wrong, or the draft uses a name that this message does not know",
    ),
)
def pratinjau(kode: str, json_data: KonsepTemplat) -> dict[str, str]:
    caller(*ADMIN)
    app = bagian()
    words = templat.pratinjau(app.templat, app.contoh, kode, judul=json_data.judul, isi=json_data.isi)
    return {"judul": words.judul, "isi": words.isi}
