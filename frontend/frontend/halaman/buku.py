"""The office's books: register of services, archive of letters, monthly report; and each as a file."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.halaman.petugas_gambar import alir
from frontend.pintu import ambil, perlu
from frontend.waktu import bulan_ini, nama_bulan

bp = Blueprint("buku", __name__)
PETUGAS = (*sesi.LOKET, *sesi.PEJABAT)
ADMIN = ("admin_kantor", "admin_kecamatan")
BULAN = 24  # months back that a page offers
_KELURAHAN = 10  # digits of its code


@bp.get("/register")
@perlu(*PETUGAS)
def register() -> Any:
    offices = kantor_saya(register=True)
    kode, bulan = _pilihan(offices), _bulan()
    asked = {**_hari(bulan), "kantor": kode, "cursor": request.args.get("cursor", "")}
    page = ambil("/v1/register", **asked)
    return render_template(
        "buku/register.html",
        isi=page["isi"],
        cursor=page["cursor"],
        kantor=offices,
        kode=kode,
        bulan=bulan,
        daftar_bulan=_daftar_bulan(),
    )


@bp.get("/register/unduh")
@perlu(*PETUGAS)
def unduh_register() -> Response:
    days = "&".join(f"{name}={day}" for name, day in _hari(_bulan()).items())
    return alir(f"/v1/register/unduh?kantor={_pilihan(kantor_saya(register=True))}&{days}&bentuk={_bentuk()}")


@bp.get("/loket/agenda/unduh")
@perlu(*PETUGAS, *ADMIN)
def unduh_agenda() -> Response:
    year = request.args.get("tahun", "")
    tahun = year if year.isdigit() and len(year) == 4 else str(date.fromisoformat(f"{bulan_ini()}-01").year)
    return alir(f"/v1/agenda/unduh?kantor={_pilihan(kantor_saya())}&tahun={tahun}&bentuk={_bentuk()}")


@bp.get("/arsip")
@perlu(*PETUGAS)
def arsip() -> Any:
    offices = kantor_saya()
    kode = _pilihan(offices)
    typed = {name: request.args.get(name, "").strip() for name in ("nomor", "nama", "layanan")}
    typed |= {name: _tanggal(name) for name in ("dari", "sampai")}
    page: Any = {"arsip": [], "cursor": None}
    galat: dict[str, str] = {}
    if any(typed.values()) or "cari" in request.args:
        try:
            page = ambil("/v1/arsip", kantor=kode, cursor=request.args.get("cursor", ""), **typed)
        except Masalah as error:
            if error.status != 422:
                raise
            galat = dict(error.galat) or {"_": error.pesan}
    return render_template(
        "buku/arsip.html",
        surat=page["arsip"],
        cursor=page["cursor"],
        dicari=any(typed.values()) or "cari" in request.args,
        ditulis=typed,
        kantor=offices,
        kode=kode,
        layanan=[(each["kode"], each["nama"]) for each in ambil("/v1/layanan")["isi"]],
        galat=galat,
    ), 422 if galat else 200


@bp.get("/laporan")
@perlu(*PETUGAS, *ADMIN)
def laporan() -> Any:
    offices = kantor_saya()
    kode, bulan = _pilihan(offices), _bulan()
    return render_template(
        "buku/laporan.html",
        laporan=ambil("/v1/laporan", kantor=kode, bulan=bulan),
        kantor=offices,
        kode=kode,
        bulan=bulan,
        daftar_bulan=_daftar_bulan(),
    )


@bp.get("/laporan.pdf")
@perlu(*PETUGAS, *ADMIN)
def lembar_laporan() -> Response:
    return alir(f"/v1/laporan/pdf?kantor={_pilihan(kantor_saya())}&bulan={_bulan()}")


def kantor_saya(*, register: bool = False) -> list[tuple[str, str]]:
    """Offices whose books the caller may open, his own first; applications are filed at kelurahan only."""
    own = str((sesi.akun() or {}).get("wilayah", [""])[0])
    if len(own) == _KELURAHAN:
        return [(own, "")]
    found = ambil("/v1/kantor", kecamatan=own[:6])["isi"]
    below = [(k["kode"], f"Kelurahan {k['nama']}") for k in found if k["tingkat"] == "kelurahan"]
    return below if register else [(own, "Kecamatan"), *below]


def _pilihan(offices: list[tuple[str, str]]) -> str:
    """The office that was chosen, else the first; whether it is allowed, its service decides."""
    asked = request.args.get("kantor", "")
    return asked if asked in {kode for kode, _ in offices} else offices[0][0]


def _bulan() -> str:
    asked = request.args.get("bulan", "")
    return asked if asked in dict(_daftar_bulan()) else bulan_ini()


def _daftar_bulan() -> list[tuple[str, str]]:
    """(2026-01, Januari 2026) and so on, newest first."""
    this = date.fromisoformat(f"{bulan_ini()}-01")
    months = [divmod(this.year * 12 + this.month - 1 - n, 12) for n in range(BULAN)]
    return [(f"{y}-{m + 1:02}", nama_bulan(date(y, m + 1, 1))) for y, m in months]


def _hari(bulan: str) -> dict[str, str]:
    """The first and the last day of a month."""
    first = date.fromisoformat(f"{bulan}-01")
    return {"dari": f"{first}", "sampai": f"{first.replace(day=monthrange(first.year, first.month)[1])}"}


def _tanggal(name: str) -> str:
    """Three fields as one day; what makes no day is sent as it is, for the service to name."""
    parts = [request.args.get(f"{name}-{part}", "").strip() for part in ("tahun", "bulan", "hari")]
    return "-".join(part.zfill(2) for part in parts) if any(parts) else ""


def _bentuk() -> str:
    return "csv" if request.args.get("bentuk") == "csv" else "xlsx"
