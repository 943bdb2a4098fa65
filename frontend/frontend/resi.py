"""The receipt's secret: the API tells it once, so the signed cookie keeps it for the receipt until signing out."""

from __future__ import annotations

from typing import Any

import segno
from flask import request, session

_PALING_BANYAK = 5  # drafts whose secret this browser remembers


def ingat(kasus: Any) -> None:
    """Keep the secret of the answer that made the case."""
    if kasus.get("rahasia_resi"):
        known = {**session.get("resi", {}), kasus["id"]: kasus["rahasia_resi"]}
        session["resi"] = dict(list(known.items())[-_PALING_BANYAK:])


def rahasia(kasus: Any) -> str:
    """The secret, or nothing when another browser made the case."""
    return str(session.get("resi", {}).get(kasus["id"], ""))


def gambar(kasus: Any) -> str:
    """A QR code that leads to the tracking page with the number filled in; an SVG as a data: address."""
    place = f"{request.url_root}lacak?resi={kasus['nomor_resi']}"
    return segno.make(place, error="m").svg_data_uri(scale=5, border=2)
