"""Shapes of requests and answers; field names are Indonesian, times RFC 3339 UTC."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class KodeMasuk(BaseModel):
    """A one-time code to be delivered; never in a log."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    jenis: Literal["telepon", "email"]
    tujuan: Annotated[str, Field(min_length=5, max_length=254, pattern=r"^[^\s<>,;]+$")]
    kode: Annotated[str, Field(pattern=r"^[0-9]{4,10}$")]
    berlaku_menit: Annotated[int, Field(ge=1, le=1440)]


class KasusTautan(BaseModel):
    """One open case."""

    model_config = ConfigDict(extra="forbid")

    permohonan: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
    nomor_resi: Annotated[str, Field(min_length=10, max_length=40)]
    layanan: Annotated[str, Field(min_length=2, max_length=100)]


class TautanMasuk(BaseModel):
    """Links of open cases to a contact."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    id: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
    jenis: Literal["telepon", "email"]
    tujuan: Annotated[str, Field(min_length=5, max_length=254, pattern=r"^[^\s<>,;]+$")]
    kasus: Annotated[list[KasusTautan], Field(min_length=1, max_length=20)]


class Diterima(BaseModel):
    status: Literal["diserahkan"]


class Pesan(BaseModel):
    id: str
    langkah: str
    permohonan: str
    judul: str
    isi: str
    waktu: str
    dibaca: bool


class DaftarPesan(BaseModel):
    pesan: list[Pesan]
    cursor: str | None = None


Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class TanyaKiriman(BaseModel):
    permohonan: Id


class KirimUlang(BaseModel):
    """Whose message it is."""

    model_config = ConfigDict(extra="forbid")

    permohonan: Id
    tetap_kirim: bool = Field(False, description="Send it although it may have arrived (`tak_pasti`).")


class Kiriman(BaseModel):
    id: str
    langkah: str
    judul: str
    putaran: int
    waktu: str
    saluran: dict[str, str] = Field(
        description="aplikasi, luar: tertunda, terkirim, gagal, lewat or tak_pasti."
    )
    diulang: int


class DaftarKiriman(BaseModel):
    kiriman: list[Kiriman]


class Templat(BaseModel):
    """A message before it is filled in; `isian` are the names in braces that it uses."""

    kode: str
    judul: str
    isi: str
    isian: list[str]


class DaftarTemplat(BaseModel):
    templat: list[Templat]


class KonsepTemplat(BaseModel):
    """Other words to look at; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    judul: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    isi: Annotated[str, Field(min_length=1, max_length=4000)] | None = None


class Pratinjau(BaseModel):
    """A message as people would read it, with invented values."""

    judul: str
    isi: str


class Halaman(BaseModel):
    cursor: str | None = Field(None, description="From the answer before.")
    batas: int | None = Field(None, description="1 to 200, default 50.")
