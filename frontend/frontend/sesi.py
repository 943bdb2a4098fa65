"""Who is signed in on this browser: the gateway's token in a signed, HttpOnly cookie, and nothing of it in pages."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import session

WARGA = "warga"
LOKET = frozenset({"petugas_loket", "petugas_loket_kecamatan"})
ISIAN = frozenset({"akun", "sandi", "totp"})  # what an official types to sign in
PENGELOLA = frozenset({"admin_kantor", "admin_kecamatan", "operator"})
PEJABAT = frozenset({"kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat"})
STAF = LOKET | PEJABAT | PENGELOLA | {"inspektur"}


def kunci(file: Path) -> bytes:
    """The secret that signs cookies; made at the first run, readable by its user alone."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(made, "wb") as new:
        new.write(secret := secrets.token_bytes(32))
    return secret


def masuk(sesi: Mapping[str, Any]) -> None:
    """Remember a session that the gateway opened."""
    ke = session.get("ke")
    session.clear()
    akun = sesi["akun"]
    session.update(
        token=sesi["token"],
        akun={key: akun[key] for key in ("akun", "nama", "peran", "wilayah", "tingkat")},
    )
    if ke:
        session["ke"] = ke
    session.permanent = True


def keluar() -> None:
    session.clear()


def token() -> str:
    return str(session.get("token", ""))


def akun() -> dict[str, Any] | None:
    known: dict[str, Any] | None = session.get("akun")
    return known


def peran() -> str:
    return str((akun() or {}).get("peran", ""))


def rumah() -> str:
    """The first page of whoever is signed in."""
    role = peran()
    if role in LOKET:
        return "/loket"
    if role in PENGELOLA:
        return "/loket/kantor"
    return "/tugas" if role in PEJABAT else "/kasus" if role == WARGA else "/petugas" if role else "/"
