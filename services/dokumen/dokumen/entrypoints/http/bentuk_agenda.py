"""Shapes of the agenda: numbers asked for, booked, written up, made void."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from dokumen.entrypoints.http.models import Masukan
from tables.download import Asked

KodeKantor = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{4})?$")]
Klasifikasi = Annotated[str, Field(pattern=r"^[0-9]{3}(\.[0-9]{1,3}){0,4}$", description="E.g. 400.12.2.1.")]
Status = Literal["surat", "dipesan", "batal"]


class AgendaTanya(BaseModel):
    kantor: KodeKantor
    tahun: Annotated[int, Field(ge=2000, le=9999)]
    seri: Annotated[str, Field(max_length=40, description="Only this series.")] = ""
    status: Literal["", "surat", "dipesan", "batal"] = ""
    belum_dicatat: Annotated[bool, Field(description="Only booked numbers not written up yet.")] = False


class AgendaUnduh(AgendaTanya, Asked):
    """The same as a file."""


class BarisAgenda(BaseModel):
    seri: str
    tahun: int
    urut: int
    nomor: str | None = Field(
        None, description="As printed; none before the day and classification are known."
    )
    status: Status
    alasan: str | None = Field(None, description="Reason code: why booked, or why void.")
    keterangan: str | None = None
    surat: str | None = Field(None, description="The letter of this system that bears it.")
    layanan: str | None = None
    tanggal: str | None = None
    klasifikasi: str | None = None
    perihal: str | None = None
    kepada: str | None = None
    dicatat: bool = Field(description="A booked number whose use is written up.")
    oleh: str | None = Field(None, description="Who booked it.")
    versi: int


class AgendaKeluar(BaseModel):
    agenda: list[BarisAgenda]
    cursor: str | None = None


class PesanMasuk(Masukan):
    """`pemadaman`: a block for an outage; `surat_luar`: letters made outside this system."""

    jumlah: Annotated[int, Field(ge=1, le=100)] = 1
    alasan: Literal["surat_luar", "pemadaman", "lainnya"] = "surat_luar"
    klasifikasi: Klasifikasi | None = None
    keterangan: Annotated[str, Field(max_length=200)] = ""


class PesanKeluar(BaseModel):
    nomor: list[BarisAgenda]


class CatatMasuk(Masukan):
    """What a booked number was used for; no identity numbers."""

    klasifikasi: Klasifikasi
    tanggal: date
    perihal: Annotated[str, Field(min_length=3, max_length=200)]
    kepada: Annotated[str, Field(max_length=120)] = ""


class BatalNomorMasuk(Masukan):
    alasan: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Reason code.")]
    keterangan: Annotated[str, Field(max_length=200)] = ""
