"""Names of objects: quarantine by upload, everything clean by content; never shared between applications."""

from __future__ import annotations


def karantina(kantor: str, permohonan: str, unggahan: str) -> str:
    return f"{kantor}/{permohonan}/karantina/{unggahan}"


def bersih(kantor: str, permohonan: str, sha256: str) -> str:
    """Papers, their thumbnails and letters."""
    return f"{kantor}/{permohonan}/{sha256}"


def potongan(kantor: str, permohonan: str, unggahan: str, potong: str = "") -> str:
    """A piece of an upload; without `potong` what the keys of all its pieces begin with."""
    return f"{kantor}/{permohonan}/potongan/{unggahan}.{potong}"
