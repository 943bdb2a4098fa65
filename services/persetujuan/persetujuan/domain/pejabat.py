"""An official of an office as letters name them; one per account."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from persetujuan.domain.fakta import Fakta


@dataclass(frozen=True, slots=True, kw_only=True)
class Pejabat:
    """`nama` with degrees, `pangkat` with golongan; `seksi` None works for every section of the office."""

    akun: str
    nama: str
    nip: str | None
    pangkat: str | None
    jabatan: str
    peran: str
    kantor: str
    seksi: str | None
    aktif: bool


def diubah(lama: dict[str, Any] | None, pejabat: Pejabat) -> tuple[dict[str, Any], tuple[Fakta, ...]]:
    """The new record; `pejabat.diubah` only if something changed."""
    new = asdict(pejabat)
    return new, () if new == lama else (Fakta(nama="pejabat.diubah", data=new),)
