"""Shapes of dividing a pile of scans."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dokumen.domain.tumpukan import MOST
from dokumen.entrypoints.http.models import KodeSyarat, Masukan

Halaman = Annotated[int, Field(ge=1, le=1000)]


class BagianMasuk(Masukan):
    syarat: KodeSyarat
    halaman: Annotated[list[Halaman], Field(min_length=1, max_length=100)] = Field(
        description="Pages, counted from 1, in the order that the paper shall have."
    )


class BagiMasuk(Masukan):
    bagian: Annotated[list[BagianMasuk], Field(min_length=1, max_length=MOST)]
