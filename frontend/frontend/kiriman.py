"""Papers this browser sent and whose check is still under way, kept in the cookie: the case lists only clean ones."""

from __future__ import annotations

from typing import Any

from flask import session

from frontend.gerbang import Masalah
from frontend.pintu import ambil

_PALING_BANYAK = 12  # a cookie holds 4 KB


def ingat(permohonan: str, syarat: str, berkas: str) -> None:
    """Remember a paper; an earlier one of the same requirement is no longer told of."""
    kept = [k for k in session.get("kiriman", []) if k[:2] != [permohonan, syarat]]
    session["kiriman"] = [*kept, [permohonan, syarat, berkas]][-_PALING_BANYAK:]


def keadaan(kasus: Any) -> dict[str, dict[str, Any]]:
    """By requirement, the paper that was sent last and is not in force yet."""
    shown: dict[str, dict[str, Any]] = {}
    kept = []
    in_force = {id for s in kasus["syarat"] for id in s["berkas"]}
    for sent in session.get("kiriman", []):
        permohonan, syarat, berkas = sent
        if permohonan == kasus["id"] and berkas in in_force:
            continue
        kept.append(sent)
        if permohonan == kasus["id"]:
            found = _state(berkas)
            if found is not None:
                shown[syarat] = found
    if len(kept) != len(session.get("kiriman", [])):
        session["kiriman"] = kept
    return shown


def lagi(kasus: Any) -> set[str]:
    """Returned papers that were not sent again: neither from here nor, as the newest paper's round says, elsewhere."""
    if kasus["status"] != "diperbaiki":
        return set()
    returned = {p["kode"] for p in kasus["kekurangan"] if p["jenis"] == "syarat"}
    here = {code for code, paper in keadaan(kasus).items() if paper["status"] in ("diperiksa", "bersih")}
    newest = {s["kode"]: s["berkas"][-1] for s in kasus["syarat"] if s["berkas"] and s["kode"] in returned}
    sent = {code for code, id in newest.items() if ambil(f"/v1/berkas/{id}")["putaran"] > kasus["putaran"]}
    return returned - here - sent


def _state(berkas: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = ambil(f"/v1/berkas/{berkas}")
    except Masalah as error:
        if error.status != 404:
            raise
        return None  # removed meanwhile
    return found
