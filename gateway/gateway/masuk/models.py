"""Signing in over HTTP: what is asked and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.passwords import SHORTEST

Perangkat = Annotated[str, Field(min_length=20, max_length=100)]
NamaPerangkat = Annotated[str, Field(min_length=2, max_length=60)]


class Kontak(BaseModel):
    """Where the code goes."""

    model_config = ConfigDict(extra="forbid")
    jenis: Literal["telepon", "email"]
    nilai: str = Field(min_length=3, max_length=254)
    perangkat: Perangkat | None = Field(None, description="Of an earlier sign-in on this device.")


class Permintaan(BaseModel):
    """The same answer for everybody, known or not."""

    permintaan: str
    berlaku_menit: int


class Kode(BaseModel):
    """The code as it was received."""

    model_config = ConfigDict(extra="forbid")
    permintaan: str = Field(min_length=8, max_length=60)
    kode: str = Field(pattern=r"^[0-9]{6}$")
    ingat_perangkat: NamaPerangkat | None = Field(
        None, description="Name under which to remember this device."
    )


class Pin(BaseModel):
    """A resident by the account number printed on the slip and the PIN he chose."""

    model_config = ConfigDict(extra="forbid")
    nomor: str = Field(min_length=10, max_length=20)
    pin: str = Field(pattern=r"^[0-9]{6}$")
    perangkat: Perangkat | None = Field(None, description="Of an earlier sign-in on this device.")
    ingat_perangkat: NamaPerangkat | None = Field(
        None, description="Name under which to remember this device."
    )


class Sandi(BaseModel):
    """Staff. `totp` for who signs letters, unless `perangkat` is a registered device."""

    model_config = ConfigDict(extra="forbid")
    akun: str = Field(min_length=1, max_length=60)
    sandi: str = Field(min_length=1, max_length=200)
    totp: str | None = Field(None, pattern=r"^[0-9]{6}$")
    perangkat: Perangkat | None = Field(None, description="Of an earlier sign-in on this device.")
    ingat_perangkat: NamaPerangkat | None = Field(
        None, description="Register this device under a name: 12 hours without the second factor."
    )


class FaktorBaru(BaseModel):
    """Who wants an authenticator secret."""

    model_config = ConfigDict(extra="forbid")
    akun: str = Field(min_length=1, max_length=60)
    sandi: str = Field(min_length=1, max_length=200)


class Faktor(BaseModel):
    """For an authenticator app, shown this once; `qr_svg` is the picture of `uri`."""

    rahasia: str
    uri: str
    qr_svg: str


class Konfirmasi(BaseModel):
    """The password (or a code of the authenticator app) again, for exactly these tasks or letters."""

    model_config = ConfigDict(extra="forbid")
    sandi: str | None = Field(None, min_length=1, max_length=200)
    totp: str | None = Field(None, pattern=r"^[0-9]{6}$")
    ids: list[Annotated[str, Field(min_length=8, max_length=60)]] = Field(min_length=1, max_length=50)
    untuk: Literal["tugas", "surat"] = Field(
        "tugas", description="Tasks, or letters whose correction is agreed to."
    )


class GantiSandi(BaseModel):
    """The password as it is and as it shall be; `totp` where the session has no second factor yet."""

    model_config = ConfigDict(extra="forbid")
    lama: str = Field(min_length=1, max_length=200)
    baru: str = Field(min_length=SHORTEST, max_length=200)
    totp: str | None = Field(None, pattern=r"^[0-9]{6}$")


class Konfirmasikan(BaseModel):
    """Goes into `X-Konfirmasi` of the request that decides."""

    konfirmasi: str
    berlaku_detik: int


class Anggota(BaseModel):
    """Somebody who shares the contact."""

    akun: str
    nama: str


class Saya(BaseModel):
    """Who is signed in; `keluarga`: whom the same contact serves (R1), shown to who proved the contact."""

    akun: str
    nama: str = ""
    peran: str
    wilayah: list[str]
    tingkat: str = ""
    keluarga: list[Anggota] = Field(default_factory=list)


class Sesi(BaseModel):
    """A session: `token` goes into `Authorization: Bearer …`, shown this once."""

    token: str
    jenis: Literal["Bearer"] = "Bearer"
    berlaku_sampai: str
    akun: Saya
    perangkat: str | None = Field(
        None, description="When a device was to be remembered: give it at the next sign-in."
    )


class SesiRingkas(BaseModel):
    """One of my sessions."""

    id: str
    mulai: str
    sampai: str
    lewat: str
    perangkat: str
    sekarang: bool


class Ganti(BaseModel):
    """Another person whom my contact serves."""

    model_config = ConfigDict(extra="forbid")
    akun: str = Field(min_length=8, max_length=60)


class DaftarSesi(BaseModel):
    """Everywhere I am signed in."""

    sesi: list[SesiRingkas]


class TokenSistem(BaseModel):
    """RFC 6749 section 5.1."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the kind of token
    expires_in: int
