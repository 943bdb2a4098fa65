"""Who may make and change whose account: downwards in rank and inside one's own area only."""

from __future__ import annotations

from collections.abc import Sequence

from web.identity import Identity
from web.problems import Problem

KELURAHAN = frozenset({"petugas_loket", "kasi", "seklur", "lurah"})
KECAMATAN = frozenset({"petugas_loket_kecamatan", "kasi_kecamatan", "sekcam", "camat"})
_MAY = {
    "admin_kantor": KELURAHAN,
    "admin_kecamatan": KELURAHAN | KECAMATAN | {"admin_kantor"},
    "operator": KELURAHAN
    | KECAMATAN
    | {"admin_kantor", "admin_kecamatan", "inspektur", "sistem", "operator"},
}
ADMINS = tuple(_MAY)
_DIGITS = {
    **dict.fromkeys([*KELURAHAN, "admin_kantor"], 10),
    **dict.fromkeys([*KECAMATAN, "admin_kecamatan"], 6),
}


def require(identity: Identity, peran: str, wilayah: Sequence[str]) -> None:
    """Raises `bukan-wewenang` unless this account is the caller's to make or change."""
    inside = bool(wilayah) and all(identity.covers(kode) for kode in wilayah)
    if peran not in _MAY[identity.peran] or not inside:
        raise Problem("bukan-wewenang")


def fitting(peran: str, wilayah: Sequence[str]) -> None:
    """Raises `isi-salah` when an area does not fit the role: a kelurahan has 10 digits, a kecamatan 6."""
    digits = _DIGITS.get(peran)
    if digits is not None and any(len(kode) != digits for kode in wilayah):
        detail = f"Peran ini memakai kode wilayah {digits} angka."
        raise Problem(
            "isi-salah", errors=[{"pointer": "/wilayah", "slug": "wilayah-salah", "detail": detail}]
        )
