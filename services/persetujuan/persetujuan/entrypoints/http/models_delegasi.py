"""Shapes of standing in; dates are days of the office, both included."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from persetujuan.entrypoints.http.models import KodeKantor, Masukan

Akun = Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{2,59}$")]


class DelegasiMasuk(Masukan):
    akun: Akun
    peran: Literal["lurah", "camat"]
    kantor: KodeKantor
    cara: Literal["plh", "plt", "an"]
    mulai: date
    sampai: date
    dasar: Annotated[str, Field(min_length=3, max_length=120, description="Number of the order.")]


class DelegasiKeluar(BaseModel):
    id: str
    akun: str
    peran: str
    kantor: str
    untuk: str
    cara: str
    mulai: str
    sampai: str
    dasar: str
    oleh: str
    dicabut: bool


class DaftarDelegasi(BaseModel):
    delegasi: list[DelegasiKeluar]
