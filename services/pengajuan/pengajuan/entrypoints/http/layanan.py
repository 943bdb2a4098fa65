"""The catalogue for everybody: what is needed, how long, on which legal ground, before going anywhere."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from pengajuan.application.layanan import DITETAPKAN, cari, status
from pengajuan.domain.layanan import Layanan, Medan
from pengajuan.domain.skema import schema
from pengajuan.entrypoints.http.lingkungan import app

bp = APIBlueprint("layanan", __name__, tag="layanan")


class CariQuery(BaseModel):
    q: str = Field("", max_length=80, description="Plain words.")
    kantor: str = Field("", pattern="^([0-9]{10})?$", description="Only what this office offers.")


class LayananRingkas(BaseModel):
    kode: str
    nama: str
    ringkasan: str
    kategori: str
    status: str = Field(description="`usulan` until an office confirmed it (R16).")
    hari: int | None = Field(description="Working days; null while nothing is promised.")
    biaya: str


class LayananDaftar(BaseModel):
    isi: list[LayananRingkas]


class LayananLengkap(LayananRingkas):
    versi: int
    seksi: str
    alur: str
    produk: str
    rilis: str | None
    dasar_hukum: list[str]
    biaya_lain: list[str]
    masa_berlaku_hari: int | None
    medan: list[dict[str, Any]] = Field(description="The form, in order.")
    syarat: list[dict[str, Any]]
    skema: dict[str, Any] = Field(description="JSON Schema of the answers.")
    penerusan: dict[str, Any] | None = Field(description="The office a checked case is forwarded to.")
    informasi: dict[str, Any] | None = Field(description="A page only: why, where, when, what to bring.")
    dibatasi: dict[str, Any] | None = Field(description="Why offices do not issue it, and the other way.")


@bp.get("/v1/layanan")
@bp.input(CariQuery, location="query", arg_name="query")
@bp.output(LayananDaftar)
@bp.doc(summary="Find a service", responses=[404, 422])
def get_layanan(query: CariQuery) -> Any:
    return {"isi": [_short(s) for s in cari(app().lingkup, query.q, query.kantor)]}


@bp.get("/v1/layanan/<kode>")
@bp.output(LayananLengkap)
@bp.doc(summary="One service with its form and requirements", responses=[404])
def get_satu_layanan(kode: str) -> Any:
    s = app().lingkup.terbaru(kode)
    return {
        **_short(s),
        "versi": s.versi,
        "seksi": s.seksi,
        "alur": s.alur.value,
        "produk": s.produk,
        "rilis": s.rilis.value if s.rilis else None,
        "dasar_hukum": list(s.dasar_hukum),
        "biaya_lain": list(s.biaya_lain),
        "masa_berlaku_hari": s.masa_berlaku_hari,
        "medan": [_field(m) for m in s.medan],
        "syarat": [asdict(p) for p in s.syarat],
        "skema": schema(s),
        "penerusan": asdict(s.penerusan) if s.penerusan else None,
        "informasi": asdict(s.informasi) if s.informasi else None,
        "dibatasi": asdict(s.dibatasi) if s.dibatasi else None,
    }


def _short(s: Layanan) -> dict[str, Any]:
    standing = status(app().lingkup, s.kode)
    return {
        "kode": s.kode,
        "nama": s.nama,
        "ringkasan": s.ringkasan,
        "kategori": s.kategori,
        "status": standing,
        "hari": s.hari if standing == DITETAPKAN else None,
        "biaya": "Rp 0",
    }


def _field(m: Medan) -> dict[str, Any]:
    """Rules that are not set are left out."""
    rule = {key: value for key, value in asdict(m.aturan).items() if value not in (None, False)}
    return {**asdict(m), "jenis": m.jenis.value, "aturan": rule}
