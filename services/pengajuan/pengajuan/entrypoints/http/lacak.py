"""Tracking by receipt and secret, without an account: never a name, a NIK or a paper (R13)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from pengajuan.application.queries import lacak
from pengajuan.domain import tampilan
from pengajuan.entrypoints.http import bentuk
from pengajuan.entrypoints.http.lingkungan import app
from pengajuan.entrypoints.http.models import KantorRingkas, Masukan

bp = APIBlueprint("lacak", __name__, tag="lacak")


class Lacak(Masukan):
    nomor_resi: str = Field(max_length=40, examples=["011006-7KQM-2XPA-D"])
    rahasia: str = Field(max_length=40, description="The secret printed on the receipt.")


class Jejak(BaseModel):
    nomor_resi: str
    layanan: str
    tampilan: str
    keterangan: list[str]
    langkah_berikut: str
    jatuh_tempo: str | None
    kantor: KantorRingkas


@bp.post("/v1/lacak")
@bp.input(Lacak, arg_name="data")
@bp.output(Jejak)
@bp.doc(summary="Where an application stands", responses=[404, 422])
def post_lacak(data: Lacak) -> Any:
    di = app().lingkup
    kasus = lacak(di, data.nomor_resi, data.rahasia)
    return {
        "nomor_resi": kasus.resi,
        "layanan": di.milik(kasus).nama,
        "tampilan": tampilan.kata(kasus),
        "keterangan": list(tampilan.keterangan(kasus)),
        "langkah_berikut": tampilan.langkah_berikut(kasus),
        "jatuh_tempo": max(kasus.tenggat.values(), default=None),
        "kantor": bentuk.kantor_ringkas(di.satu_kantor(kasus.kantor).state),
    }
