"""An official of an office as letters name them; one per account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from persetujuan.domain.fakta import Fakta

_SENDIRI = ("delegasi", "wewenang")  # not entered with the record: domain/delegasi.py keeps them


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
    kept = {name: lama[name] for name in _SENDIRI if lama and name in lama}
    new = {**asdict(pejabat), **kept}
    same = lama is not None and cetak(new) == cetak(lama)
    return new, () if same else (Fakta(nama="pejabat.diubah", data=cetak(new)),)


def cetak(state: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot that others get: `wewenang` while he stands in for somebody; who entrusted him when stays here."""
    hidden = {"delegasi"} | (set() if state.get("wewenang") else {"wewenang"})
    return {name: value for name, value in state.items() if name not in hidden}
