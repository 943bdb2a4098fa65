"""Accounts over HTTP: what is asked and what is shown. NIK, KK and passwords go in and never come out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.passwords import SHORTEST

Wilayah = Annotated[str, Field(pattern=r"^[0-9]{4}([0-9]{2}([0-9]{4})?)?$")]
Nomor = Annotated[str, Field(pattern=r"^[0-9]{16}$")]
Sandi = Annotated[str, Field(min_length=SHORTEST, max_length=200)]
Peran = Literal[
    "petugas_loket",
    "kasi",
    "seklur",
    "lurah",
    "petugas_loket_kecamatan",
    "kasi_kecamatan",
    "sekcam",
    "camat",
    "admin_kantor",
    "admin_kecamatan",
    "operator",
    "inspektur",
    "sistem",
]


class KontakIsi(BaseModel):
    """A contact as people write it."""

    model_config = ConfigDict(extra="forbid")
    jenis: Literal["telepon", "email"]
    nilai: str = Field(min_length=3, max_length=254)


class AkunBaru(BaseModel):
    """`sandi` is needed for staff and refused for systems, which get a secret instead. An id is never a NIK."""

    model_config = ConfigDict(extra="forbid")
    akun: str = Field(pattern=r"^[a-z][a-z0-9._-]{2,59}$")
    nama: str = Field(min_length=2, max_length=100)
    peran: Peran
    wilayah: list[Wilayah] = Field(min_length=1, max_length=70)
    seksi: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]{0,39}$")
    sandi: Sandi | None = None
    nik: Nomor | None = None
    kk: Nomor | None = None
    kontak: KontakIsi | None = None


class AkunUbah(BaseModel):
    """Fields left out stay as they are."""

    model_config = ConfigDict(extra="forbid")
    nama: str | None = Field(None, min_length=2, max_length=100)
    peran: Peran | None = None
    wilayah: list[Wilayah] | None = Field(None, min_length=1, max_length=70)
    seksi: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]{0,39}$")
    sandi: Sandi | None = None
    nik: Nomor | None = None
    kk: Nomor | None = None
    kontak: KontakIsi | None = None
    aktif: bool | None = None
    oidc: str | None = Field(
        None, min_length=1, max_length=255, description="Staff: `sub` of this person at the city's provider."
    )
    totp_hapus: bool = Field(
        False, description="Staff: the authenticator is lost; the next sign-in installs one."
    )
    rahasia_baru: bool = Field(False, description="Systems: replace the secret; the old one ends at once.")


class Akun(BaseModel):
    """An account as administrators see it. `rahasia` only once, in the answer that made it."""

    akun: str
    nama: str
    peran: Peran
    wilayah: list[str]
    aktif: bool
    seksi: str | None = None
    kontak: KontakIsi | None = None
    nik_tercatat: bool = False
    totp_terpasang: bool = False
    oidc_terpasang: bool = False
    rahasia: str | None = None


class Daftar(BaseModel):
    """A page of accounts."""

    akun: list[Akun]
    cursor: str | None


class AkunQuery(BaseModel):
    """How a list is paged."""

    cursor: str | None = None
    batas: int = Field(50, ge=1, le=200)
