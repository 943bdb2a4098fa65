"""Slips, activation and change of contact over HTTP: what is asked and what is answered. A NIK goes in, never out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.akun.models import KontakIsi, Nomor
from gateway.masuk.models import NamaPerangkat


class KtpDilihat(BaseModel):
    """What the clerk reads off the KTP-el in his hand, and the contact the person wants to use."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    ktp_dilihat: Literal[True]
    nik: Nomor
    nama: str = Field(min_length=2, max_length=100)
    kontak: KontakIsi | None = None


class SlipCetak(BaseModel):
    """To be printed: number and code for typing, `qr_svg` for a camera. Shown to the clerk alone."""

    nomor: str
    kode: str
    tautan: str
    qr_svg: str
    berlaku_sampai: str


class Aktivasi(BaseModel):
    """Number and code of a slip; `pin` unless it is used in the session of a contact."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    nomor: str = Field(min_length=10, max_length=20)
    kode: str = Field(min_length=8, max_length=20)
    pin: str | None = Field(None, pattern=r"^[0-9]{6}$")
    ingat_perangkat: NamaPerangkat | None = Field(
        None, description="Name under which to remember this device."
    )


class Dijanjikan(BaseModel):
    """The same for everybody."""

    keterangan: str


class KontakBaru(KontakIsi):
    """The contact I want from now on."""


class PermintaanGanti(BaseModel):
    """`permintaan_lama` is null when a clerk entered the new contact: then one code is enough."""

    permintaan: str
    permintaan_lama: str | None
    berlaku_menit: int


class GantiKontak(BaseModel):
    """The code that reached the new contact, and the one that reached the old."""

    model_config = ConfigDict(extra="forbid")
    permintaan: str = Field(min_length=8, max_length=60)
    kode: str = Field(pattern=r"^[0-9]{6}$")
    permintaan_lama: str | None = Field(None, min_length=8, max_length=60)
    kode_lama: str | None = Field(None, pattern=r"^[0-9]{6}$")
