"""Offices: found by everybody, changed and switched on by the kecamatan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from flask import g
from pydantic import BaseModel, Field, model_validator

from pengajuan.adapters.wilayah import WilayahBaru
from pengajuan.application import wilayah
from pengajuan.application.kantor import ADMIN_KANTOR, PENGELOLA, buka_layanan, ubah
from pengajuan.application.queries import semua_kantor
from pengajuan.entrypoints.http.lingkungan import app, dicatat, pemanggil
from pengajuan.entrypoints.http.models import Masukan
from web.commands import answer, change, command

Klasifikasi = Annotated[str, Field(pattern=r"^[0-9]{3}(\.[0-9]{1,3}){0,4}$")]
KodeLayanan = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{1,19}$")]
Awal = Annotated[int, Field(ge=1, le=999_999)]

bp = APIBlueprint("kantor", __name__, tag="kantor")


class Tutup(Masukan):
    """Closed or disturbed from–to, both days included (R20)."""

    dari: date
    sampai: date
    alasan: str = Field(min_length=3, max_length=200, description="What residents read.")

    @model_validator(mode="after")
    def _in_order(self) -> Tutup:
        if self.sampai < self.dari:
            raise ValueError("Tanggal sampai tidak boleh sebelum tanggal dari.")
        return self


class KantorQuery(BaseModel):
    kecamatan: str = Field("", pattern="^([0-9]{6})?$", description="Only offices of this kecamatan.")


class TujuanSurat(Masukan):
    polsek: str = Field("", max_length=120, description="As letters address it.")
    polres: str = Field("", max_length=120)
    disdukcapil: str = Field("", max_length=120)


class SuratKantor(Masukan):
    tujuan: TujuanSurat = Field(default_factory=TujuanSurat, description="Addressees of letters.")
    berkelakuan_baik: bool = Field(False, description="Whether SKCK letters state good conduct.")


class AlurKantor(Masukan):
    """What the office sets for the flows of approval (R9)."""

    batas: dict[Literal["peserta"], Annotated[int, Field(ge=1, le=100_000)]] = Field(
        default_factory=dict, description="Limits in conditions: above `peserta` persons the camat signs too."
    )
    paraf_seklur: bool = Field(False, description="Whether the seklur initials before the lurah signs.")


class Kantor(BaseModel):
    kode: str
    tingkat: str
    nama: str
    kecamatan_kode: str
    kecamatan_nama: str
    kota: str
    kode_pos: str | None
    kode_unit: str
    status: str
    menuju: str | None = Field(None, description="The status it is being switched to.")
    alamat: str | None
    telepon: str | None
    surel: str | None
    jam: str | None
    kertas: str
    seri_nomor: str
    nomor_awal: int = 1
    nomor_awal_seri: dict[str, int] | None = None
    tanda_tangan: dict[str, str] | None = Field(
        None, description="Kind of signature by service; else segel (R2)."
    )
    surat: SuratKantor | None = Field(None, description="What letters need beyond the letterhead.")
    alur: AlurKantor | None = Field(None, description="What the office sets for the flows of approval.")
    tutup: Tutup | None = Field(None, description="Closed or disturbed, from–to.")
    pengantar_daring: bool = Field(False, description="Whether RT and RW may confirm by link (R9).")
    layanan_dibuka: list[str] = Field(
        default_factory=list, description="Restricted services this office takes (R9)."
    )


class KantorDaftar(BaseModel):
    isi: list[Kantor]


class KantorUbah(Masukan):
    """Only what is given changes."""

    status: Literal["aktif"] | None = Field(
        None, description="Switch the office on; it takes effect soon after."
    )
    alamat: str | None = Field(None, max_length=200)
    telepon: str | None = Field(None, max_length=40)
    surel: str | None = Field(None, max_length=254)
    jam: str | None = Field(None, max_length=120)
    kode_pos: str | None = Field(None, pattern="^[0-9]{5}$", description="Letterheads need it.")
    kertas: Literal["A4", "F4"] = "A4"
    seri_nomor: Literal["per_kantor", "per_klasifikasi"] = Field(
        "per_kantor",
        description="One series of numbers or one per classification; holds from the next agenda book (R5).",
    )
    nomor_awal: int = Field(1, ge=1, le=999_999, description="First number at go-live.")
    nomor_awal_seri: dict[Klasifikasi, Awal] = Field(
        default_factory=dict, description="The same by classification."
    )
    tanda_tangan: dict[KodeLayanan, Literal["segel", "tte", "basah"]] = Field(
        default_factory=dict, description="Kind of signature by service (R2); replaces all."
    )
    surat: SuratKantor = Field(
        default_factory=SuratKantor, description="What letters need beyond the letterhead; replaces all."
    )
    alur: AlurKantor = Field(
        default_factory=AlurKantor,
        description="What the office sets for the flows of approval; replaces all.",
    )
    tutup: Tutup | None = Field(None, description="Closed from–to; null opens the office again.")
    pengantar_daring: bool = Field(
        False, description="Whether residents may ask RT and RW by link instead of bringing paper (R9)."
    )


class BukaLayanan(Masukan):
    dibuka: bool = Field(description="True opens the restricted service at this office, false closes it.")


@bp.get("/v1/kantor")
@bp.input(KantorQuery, location="query", arg_name="query")
@bp.output(KantorDaftar)
@bp.doc(summary="Offices", responses=[422])
def get_kantor(query: KantorQuery) -> Any:
    return {"isi": [k.state for k in semua_kantor(app().lingkup, query.kecamatan)]}


@bp.post("/v1/kantor")
@bp.input(WilayahBaru, arg_name="data")
@bp.output(KantorDaftar, status_code=201)
@bp.doc(summary="Add kecamatan and kelurahan, also of another city", responses=[400, 401, 403, 409, 422])
def post_kantor(data: WilayahBaru) -> Any:
    siapa, daftar = pemanggil(wilayah.PENAMBAH), data.daftar()
    cause = command(siapa.sub, data.model_dump(mode="json"))
    wilayah.berwenang(siapa, daftar)
    for area in daftar.kecamatan:
        dicatat(siapa, area.kode, "tambah_kantor", area.kode)
    return {"isi": [k.state for k in wilayah.tambah(app().lingkup, daftar, cause)]}, 201


@bp.get("/v1/kantor/<kode>")
@bp.output(Kantor)
@bp.doc(summary="One office", responses=[404])
def get_satu_kantor(kode: str) -> Any:
    found = app().lingkup.satu_kantor(kode)
    return answer(found, found.state)


@bp.patch("/v1/kantor/<kode>")
@bp.input(KantorUbah, arg_name="data")
@bp.output(Kantor)
@bp.doc(summary="Change an office or switch it on", responses=[401, 403, 404, 409, 412, 422, 428])
def patch_kantor(kode: str, data: KantorUbah) -> Any:
    siapa = pemanggil(*PENGELOLA, ADMIN_KANTOR)
    cause = change(siapa.sub, g.request_id)
    dicatat(siapa, kode, "ubah_kantor", kode)
    wanted = data.model_dump(mode="json", exclude_unset=True)
    done = ubah(app().lingkup, siapa, kode, wanted, cause)
    return answer(done, done.state)


@bp.put("/v1/kantor/<kode>/layanan/<layanan>")
@bp.input(BukaLayanan, arg_name="data")
@bp.output(Kantor)
@bp.doc(
    summary="Open or close a restricted service at one office",
    responses=[401, 403, 404, 409, 412, 422, 428],
)
def put_layanan(kode: str, layanan: str, data: BukaLayanan) -> Any:
    siapa = pemanggil(*PENGELOLA)
    cause = change(siapa.sub, g.request_id)
    dicatat(siapa, kode, "buka_layanan", f"{kode}.{layanan}")
    done = buka_layanan(app().lingkup, siapa, kode, layanan, dibuka=data.dibuka, cause=cause)
    return answer(done, done.state)
