"""Shapes of bulk decisions, notes and "the resident waits"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator

from persetujuan.entrypoints.http.models import Masukan

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class MassalMasuk(Masukan):
    ids: Annotated[list[Id], Field(min_length=1, max_length=50, description="Tasks, each once.")]
    keputusan: Literal["paraf", "setuju"]

    @field_validator("ids")
    @classmethod
    def _once(cls, ids: list[str]) -> list[str]:
        if len(set(ids)) != len(ids):
            raise ValueError("a task is named twice")
        return ids


class HasilSatu(BaseModel):
    id: str
    permohonan: str | None = None
    status: Literal["selesai", "gagal"]
    slug: str | None = Field(None, description="Slug of the refusal.")
    alasan: str | None = None


class MassalKeluar(BaseModel):
    hasil: list[HasilSatu]
    selesai: int
    gagal: int


class CatatanMasuk(Masukan):
    teks: Annotated[str, Field(min_length=3, max_length=500)]


class CatatanKeluar(BaseModel):
    id: str
    permohonan: str
    catatan: str


class TungguMasuk(Masukan):
    permohonan: Id
    menunggu_di_loket: bool


class TungguKeluar(BaseModel):
    permohonan: str
    menunggu_di_loket: bool


class TungguTanya(BaseModel):
    permohonan: Id


class TungguLihat(TungguKeluar):
    menunggu_sejak: str | None = None
    oleh: str | None = Field(None, description="Account of the clerk who said so first.")
    bisa: bool = Field(description="An official has the case: it can be said, or taken back.")
