"""Who is behind an inbox: one account, or the officials who hold a post of an office or stand in for its holder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

AKUN, PERAN = "akun:", "peran:"
PEJABAT = frozenset({"kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat"})
"""Roles whose holders are entered as officials; others have an inbox only."""

Pejabat = Mapping[str, Any]


def kotak(peran: str, kantor: str) -> str:
    return f"{PERAN}{peran}:{kantor}"


def jabatan(kotak: str) -> tuple[str, str]:
    """Role and office of an inbox of officials; empty for that of an account."""
    peran, _, kantor = kotak.removeprefix(PERAN).partition(":")
    return ("", "") if kotak.startswith(AKUN) else (peran, kantor)


def pemegang(semua: Iterable[Pejabat], peran: str, kantor: str, seksi: str) -> tuple[str, ...]:
    """Accounts of those who see the post's tasks, in the order of their names; `seksi` empty: of every section."""
    return tuple(sorted(p["akun"] for p in semua if p.get("aktif") and _sees(p, peran, kantor, seksi)))


def _sees(pejabat: Pejabat, peran: str, kantor: str, seksi: str) -> bool:
    own = (pejabat.get("peran"), pejabat.get("kantor")) == (peran, kantor)
    section = not seksi or pejabat.get("seksi") in (None, seksi)
    return (own and section) or wakil(pejabat) == (peran, kantor)


def wakil(pejabat: Pejabat) -> tuple[str, str] | None:
    """The post that an official stands in for now; None: none."""
    by = pejabat.get("wewenang") or {}
    return (by["peran"], by["kantor"]) if "peran" in by and "kantor" in by else None
