"""From what an administrator typed to what is stored: passwords and secrets hashed, contacts in their normal form."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from gateway.akun import akun, kontak, wewenang
from gateway.akun.models import AkunBaru, AkunUbah, KontakIsi
from gateway.passwords import Passwords
from web.problems import Problem

ENDING = {
    "sandi",
    "aktif",
    "peran",
    "wilayah",
    "rahasia",
    "totp",
    "oidc",
}  # fields whose change ends the account's sessions


def baru(typed: AkunBaru, passwords: Passwords) -> tuple[dict[str, Any], str | None]:
    """The stored fields, and a system's secret, which nobody can read again. Raises `isi-salah`."""
    wewenang.fitting(typed.peran, typed.wilayah)
    fields = typed.model_dump(exclude={"akun", "sandi", "kontak"})
    fields["kontak"] = _contact(typed.kontak)
    if typed.peran == "sistem":
        if typed.sandi is not None:
            raise _wrong(
                "sandi-tidak-dipakai", "Sistem memakai rahasia yang dibuat otomatis. Hapus isian ini."
            )
        secret = secrets.token_urlsafe(32)
        return {**fields, "jenis": akun.SISTEM, "rahasia": fingerprint(secret)}, secret
    if typed.sandi is None:
        raise _wrong("wajib", "Isian ini wajib. Tambahkan lalu kirim lagi.")
    return {**fields, "jenis": akun.PETUGAS, "sandi": passwords.hash(typed.sandi)}, None


def ubah(old: Mapping[str, Any], typed: AkunUbah, passwords: Passwords) -> tuple[dict[str, Any], str | None]:
    """The fields that change, and a system's new secret. Raises `isi-salah`."""
    given = typed.model_dump(
        exclude_unset=True, exclude={"sandi", "kontak", "rahasia_baru", "totp_hapus", "oidc"}
    )
    needed = {"nama", "peran", "wilayah", "aktif"}
    fields = {name: value for name, value in given.items() if value is not None or name not in needed}
    peran = fields.get("peran", old["peran"])
    if (peran == "sistem") != (old["peran"] == "sistem"):
        raise _wrong("peran-salah", "Sistem tidak dapat menjadi petugas, dan sebaliknya.", "/peran")
    wewenang.fitting(peran, fields.get("wilayah", old["wilayah"]))
    if "kontak" in typed.model_fields_set:
        fields["kontak"] = _contact(typed.kontak)
    if peran == "sistem" and typed.sandi is not None:
        raise _wrong("sandi-tidak-dipakai", "Sistem memakai rahasia. Pakai rahasia_baru untuk menggantinya.")
    if typed.sandi is not None:
        fields["sandi"] = passwords.hash(typed.sandi)
    if "oidc" in typed.model_fields_set:
        fields["oidc"] = None if typed.oidc is None else foreign(typed.oidc)
    if typed.totp_hapus:
        fields["totp"] = None
    if peran != "sistem" or not typed.rahasia_baru:
        return fields, None
    secret = secrets.token_urlsafe(32)
    return {**fields, "rahasia": fingerprint(secret)}, secret


def foreign(sub: str) -> str:
    """What an account is found by after a sign-in at the city's provider, which names a person `sub`."""
    return hashlib.sha256(f"oidc:{sub}".encode()).hexdigest()


def fingerprint(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _contact(typed: KontakIsi | None) -> dict[str, str] | None:
    if typed is None:
        return None
    contact = kontak.parse(typed.jenis, typed.nilai, "/kontak/nilai")
    return {"jenis": contact.jenis, "nilai": contact.nilai}


def _wrong(slug: str, detail: str, pointer: str = "/sandi") -> Problem:
    return Problem("isi-salah", errors=[{"pointer": pointer, "slug": slug, "detail": detail}])
