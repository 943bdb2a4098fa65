"""Signing in over HTTP: what is asked and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Kontak(BaseModel):
    """Where the code goes."""

    model_config = ConfigDict(extra="forbid")
    jenis: Literal["telepon", "email"]
    nilai: str = Field(min_length=3, max_length=254)


class Permintaan(BaseModel):
    """The same answer for everybody, known or not."""

    permintaan: str
    berlaku_menit: int


class Kode(BaseModel):
    """The code as it was received."""

    model_config = ConfigDict(extra="forbid")
    permintaan: str = Field(min_length=8, max_length=60)
    kode: str = Field(pattern=r"^[0-9]{6}$")


class Sandi(BaseModel):
    """Staff."""

    model_config = ConfigDict(extra="forbid")
    akun: str = Field(min_length=1, max_length=60)
    sandi: str = Field(min_length=1, max_length=200)


class Konfirmasi(BaseModel):
    """The password again, for exactly these tasks or letters."""

    model_config = ConfigDict(extra="forbid")
    sandi: str = Field(min_length=1, max_length=200)
    ids: list[Annotated[str, Field(min_length=8, max_length=60)]] = Field(min_length=1, max_length=50)


class Konfirmasikan(BaseModel):
    """Goes into `X-Konfirmasi` of the request that decides."""

    konfirmasi: str
    berlaku_detik: int


class Saya(BaseModel):
    """Who is signed in."""

    akun: str
    nama: str = ""
    peran: str
    wilayah: list[str]
    tingkat: str = ""


class Sesi(BaseModel):
    """A session: `token` goes into `Authorization: Bearer …`, shown this once."""

    token: str
    jenis: Literal["Bearer"] = "Bearer"
    berlaku_sampai: str
    akun: Saya


class TokenSistem(BaseModel):
    """RFC 6749 section 5.1."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the kind of token
    expires_in: int
