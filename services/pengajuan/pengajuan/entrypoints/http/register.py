"""The register of services as pages and as a file: one line per application, by the day it was filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from pengajuan.application import register
from pengajuan.application.pemanggil import PETUGAS
from pengajuan.application.register import Rentang
from pengajuan.domain import tampilan
from pengajuan.domain.permohonan import Kanal, Permohonan
from pengajuan.entrypoints.http.lingkungan import app, dicatat, pemanggil
from tables import download
from tables.shape import Cell, Column, Table
from web import paging
from web.problems import Problem

bp = APIBlueprint("register", __name__, tag="register")
MOST = 366  # days of one question
_DIHAPUS = "(dihapus)"
_KANAL: Mapping[Kanal, str] = {Kanal.DARING: "daring", Kanal.LOKET: "loket"}
KOLOM = (
    Column(title="No.", width=6),
    Column(title="Tanggal diajukan", width=17),
    Column(title="Nomor resi", width=21),
    Column(title="Kode layanan", width=13),
    Column(title="Layanan", width=38),
    Column(title="Nama pemohon", width=28),
    Column(title="Diurus untuk", width=28),
    Column(title="Cara", width=8),
    Column(title="Dinyatakan lengkap", width=18),
    Column(title="Tanggal surat", width=13),
    Column(title="Keadaan", width=22),
    Column(title="Sejak", width=17),
)


_UNDUH: Any = {
    **download.documented("The register"),
    401: {"description": "not signed in"},
    403: {"description": "no official of the area"},
}


class RegisterQuery(BaseModel):
    """Days of the office's zone, both included; default: this month so far."""

    kantor: Annotated[str, Field(pattern=r"^[0-9]{10}$", description="A kelurahan.")]
    dari: date | None = None
    sampai: date | None = None


class HalamanQuery(RegisterQuery):
    cursor: str = Field("", description="`cursor` of the page before.")
    batas: int = Field(50, ge=1, le=200, description="At most so many.")


class UnduhQuery(RegisterQuery, download.Asked):
    pass


class BarisRegister(BaseModel):
    id: str
    nomor_resi: str
    diajukan_pada: str
    layanan: str
    nama_layanan: str
    pemohon: str = Field(description="Name of the applicant; empty once it was erased.")
    subjek: list[str] = Field(description="Names of those whom it is about.")
    kanal: str
    lengkap_pada: str | None
    tanggal_surat: str | None
    status: str
    tampilan: str
    sejak: str = Field(description="When it came into this state.")


class Register(BaseModel):
    dari: date
    sampai: date
    isi: list[BarisRegister]
    cursor: str | None = Field(description="For the next page; null at the end.")


@bp.get("/v1/register")
@bp.input(HalamanQuery, location="query", arg_name="query")
@bp.output(Register)
@bp.doc(summary="Applications of an office by the day they were filed", responses=[400, 401, 403, 422])
def get_register(query: HalamanQuery) -> Any:
    rentang = _rentang(query, "lihat_register")
    after = paging.read(query.cursor, len(register.URUTAN)) if query.cursor else []
    found = register.halaman(app().lingkup, rentang, after, query.batas)
    more = paging.write(register.kunci(found[-1])) if len(found) == query.batas else None
    days = {"dari": rentang.dari, "sampai": rentang.sampai}
    return {**days, "isi": [_baris(kasus) for kasus in found], "cursor": more}


@bp.get("/v1/register/unduh")
@bp.input(UnduhQuery, location="query", arg_name="query")
@bp.doc(summary="The same as a file for spreadsheet programs", responses=_UNDUH)
def get_unduh(query: UnduhQuery) -> Any:
    rentang = _rentang(query, "unduh_register")
    download.few(register.banyak(app().lingkup, rentang), query.bentuk, "/sampai")
    name = f"register-{rentang.kantor}-{rentang.dari}-{rentang.sampai}"
    rows = _lembar(register.semua(app().lingkup, rentang))
    return download.answer(Table(name=name, columns=KOLOM, rows=rows), query.bentuk)


def _rentang(query: RegisterQuery, action: str) -> Rentang:
    """What is asked, by somebody who may, after the reading was written down."""
    siapa = pemanggil(*sorted(PETUGAS))
    register.boleh(siapa, query.kantor)
    today = app().clock.now().date()
    sampai = query.sampai or (today if query.dari is None or query.dari <= today else query.dari)
    dari = query.dari or sampai.replace(day=1)
    if not timedelta(0) <= sampai - dari < timedelta(days=MOST):
        detail = f"Pilih rentang 1 sampai {MOST} hari."
        raise Problem("isi-salah", errors=[{"pointer": "/sampai", "slug": "pilihan", "detail": detail}])
    dicatat(siapa, query.kantor, action, f"{dari}/{sampai}")
    return Rentang(kantor=query.kantor, dari=dari, sampai=sampai)


def _baris(k: Permohonan) -> dict[str, Any]:
    return {
        "id": k.id,
        "nomor_resi": k.resi,
        "diajukan_pada": k.diajukan_pada.isoformat() if k.diajukan_pada else "",
        "layanan": k.layanan,
        "nama_layanan": app().lingkup.milik(k).nama,
        "pemohon": k.pemohon.nama,
        "subjek": [s.nama for s in k.subjek],
        "kanal": k.kanal.value,
        "lengkap_pada": k.lengkap.pada.isoformat() if k.lengkap else None,
        "tanggal_surat": k.surat.tanggal.isoformat() if k.surat else None,
        "status": k.status.value,
        "tampilan": tampilan.kata(k),
        "sejak": k.riwayat[-1].waktu.isoformat() if k.riwayat else k.dibuat_pada.isoformat(),
    }


def _lembar(kasus: Iterator[Permohonan]) -> Iterator[tuple[Cell, ...]]:
    """One line per application, numbered within the file."""
    di, zone = app().lingkup, app().clock.zone
    for urut, k in enumerate(kasus, 1):
        yield (
            urut,
            k.diajukan_pada.astimezone(zone) if k.diajukan_pada else None,
            k.resi,
            k.layanan,
            di.milik(k).nama,
            k.pemohon.nama or _DIHAPUS,
            ", ".join(s.nama for s in k.subjek) or _DIHAPUS,
            _KANAL[k.kanal],
            k.lengkap.pada.astimezone(zone) if k.lengkap else None,
            k.surat.tanggal if k.surat else None,
            tampilan.kata(k),
            k.riwayat[-1].waktu.astimezone(zone) if k.riwayat else None,
        )
