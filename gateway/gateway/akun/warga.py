"""What happens to the account of a resident: made at contact level, bound to a person, given another contact (R1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.causes import Decide, Decision, Moment, State
from chassis.clock import rfc3339
from gateway.akun import akun
from gateway.akun.kontak import Kontak


def baru(
    id: str, contact: Kontak | None, kursi: str | None, fields: Mapping[str, Any] | None = None
) -> Decide:
    """A resident: the contact is confirmed (or absent), nothing else is known unless `fields` say so."""

    def decide(state: State | None, at: Moment) -> Decision:
        new: State = {
            "jenis": akun.WARGA,
            "peran": "warga",
            "wilayah": [],
            "tingkat": "kontak",
            "kontak": stored(contact),
            "kursi": kursi,
            "aktif": True,
            "dibuat": rfc3339(at.real),
            **(fields or {}),
        }
        return Decision(new, (akun.shared(new, id),) if contact else ())

    return decide


class Terikat(Exception):
    """Another person was bound to this account a moment ago."""


def ikat(id: str, fields: Mapping[str, Any]) -> Decide:
    """Bind a person to an account that is nobody's yet, or already his. Raises `Terikat`."""

    def decide(state: State | None, at: Moment) -> Decision:
        if (state or {}).get("orang_h") not in (None, fields["orang_h"]):
            raise Terikat
        return akun.ubah(id, fields)(state, at)

    return decide


def stored(contact: Kontak | None) -> dict[str, str] | None:
    return None if contact is None else {"jenis": contact.jenis, "nilai": contact.nilai}
