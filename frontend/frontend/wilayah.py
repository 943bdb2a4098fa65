"""Offices that somebody looks after: one of his area, chosen on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from frontend import sesi
from frontend.pintu import ambil


def kode() -> str:
    """The first code of his area: the office of a clerk, the kecamatan of its people, the city of an operator."""
    return str((sesi.akun() or {}).get("wilayah", [""])[0])


def nama() -> dict[str, str]:
    """Names of the kelurahan by code, for who serves more than one; nothing for who serves one."""
    area = kode()
    if len(area) > 6:
        return {}
    return {k["kode"]: k["nama"] for k in ambil("/v1/kantor", kecamatan=area)["isi"]}


def kantor(*, kelurahan: bool = False) -> list[dict[str, Any]]:
    """Active offices of his area; `kelurahan`: without those of the kecamatan itself."""
    listed = ambil("/v1/kantor")["isi"]
    return [
        k
        for k in listed
        if k["kode"].startswith(kode())
        and k["status"] == "aktif"
        and not (kelurahan and k["tingkat"] != "kelurahan")
    ]


def terpilih(offices: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The office that `?kantor=` or the form names, else the first of them."""
    asked = request.values.get("kantor", "")
    return next((k for k in offices if k["kode"] == asked), offices[0])


def sebutan(office: dict[str, Any]) -> str:
    """`Kelurahan Depok`, `Kecamatan Sukmajaya`."""
    return f"{office['tingkat'].capitalize()} {office['nama']}"
