"""The office's register of RT and RW heads: personal data, so every look and change is written down first."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import g
from pydantic import BaseModel, Field

from chassis.aggregate import Outcome
from chassis.causes import Cause
from pengajuan.adapters import telepon
from pengajuan.application import pengurus
from pengajuan.domain.errors import FormulirSalah, KesalahanMedan, TeleponSalah
from pengajuan.domain.pengantar import Pengurus
from pengajuan.entrypoints.http.lingkungan import app, dicatat, pemanggil
from pengajuan.entrypoints.http.models import Masukan
from web.commands import answer, command

bp = APIBlueprint("pengurus", __name__, tag="kantor")
_TIGA = r"^[0-9]{3}$"


class PengurusBaru(Masukan):
    rw: str = Field(pattern=_TIGA, examples=["008"])
    rt: str = Field("", pattern=r"^([0-9]{3})?$", description="Empty: the head of the RW itself.")
    nama: str = Field(min_length=1, max_length=100)
    telepon: str = Field(max_length=40, description="Where his links go.")


class PengurusKeluar(BaseModel):
    id: str
    rw: str
    rt: str
    nama: str
    telepon: str = Field(description="E.164.")


class PengurusDaftar(BaseModel):
    isi: list[PengurusKeluar]


@bp.get("/v1/kantor/<kode>/pengurus")
@bp.output(PengurusDaftar)
@bp.doc(summary="Heads of RT and RW of one office", responses=[401, 403, 404])
def get_pengurus(kode: str) -> Any:
    siapa = pemanggil(*pengurus.PENCATAT)
    pengurus.boleh(siapa, kode)
    dicatat(siapa, kode, "lihat_pengurus", kode)
    return {"isi": [_satu(found) for found in pengurus.semua(app().lingkup, kode)]}


@bp.post("/v1/kantor/<kode>/pengurus")
@bp.input(PengurusBaru, arg_name="data")
@bp.output(PengurusKeluar)
@bp.doc(
    summary="Enter the head of an RT or RW, in the place of an earlier one",
    responses=[400, 401, 403, 404, 409, 412, 422],
)
def post_pengurus(kode: str, data: PengurusBaru) -> Any:
    siapa = pemanggil(*pengurus.PENCATAT)
    pengurus.boleh(siapa, kode)
    cause = command(siapa.sub, data.model_dump(mode="json"))
    new = Pengurus(nama=data.nama, telepon=_nomor(data.telepon), rw=data.rw, rt=data.rt)
    dicatat(siapa, kode, "catat_pengurus", pengurus.kunci(data.rw, data.rt))
    done = pengurus.catat(app().lingkup, kode, new, cause)
    return answer(done, _satu(done))


@bp.delete("/v1/kantor/<kode>/pengurus/<id>")
@bp.output({}, status_code=204)
@bp.doc(summary="Nobody is entered there any more", responses=[401, 403, 404])
def delete_pengurus(kode: str, id: str) -> Any:
    siapa = pemanggil(*pengurus.PENCATAT)
    pengurus.boleh(siapa, kode)
    dicatat(siapa, kode, "hapus_pengurus", id)
    pengurus.hapus(app().lingkup, kode, id, Cause.command(f"{siapa.sub}:{g.request_id}:hapus:{id}"))
    return ""


def _satu(found: Outcome) -> dict[str, Any]:
    return {"id": found.id, **found.state}


def _nomor(text: str) -> str:
    try:
        return telepon.parse(text).e164
    except TeleponSalah as error:
        wrong = KesalahanMedan(pointer="/telepon", slug=error.slug, pesan=error.pesan)
        raise FormulirSalah((wrong,)) from None
