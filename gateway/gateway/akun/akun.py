"""What happens to an account: made, changed. Pure decisions; the events carry no NIK, KK or password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.causes import Decide, Decision, Moment, NewEvent, State
from chassis.clock import rfc3339

WARGA, PETUGAS, SISTEM = "warga", "petugas", "sistem"
_OFFICE = 6  # digits of a kecamatan; shorter codes name no office


class AkunAda(Exception):
    """The account id is taken."""

    slug = "akun-sudah-ada"


def baru(id: str, fields: Mapping[str, Any]) -> Decide:
    """An account of staff or of a system. Raises `AkunAda`."""

    def decide(state: State | None, at: Moment) -> Decision:
        if state is not None:
            raise AkunAda(f"Akun {id} sudah ada. Pilih nama akun lain.")
        new = {**fields, "aktif": True, "dibuat": rfc3339(at.real)}
        return Decision(new, told(id, None, new))

    return decide


def ubah(id: str, fields: Mapping[str, Any]) -> Decide:
    """Other values for some fields."""

    def decide(state: State | None, at: Moment) -> Decision:
        old = state or {}
        new = {**old, **fields}
        return Decision(new, told(id, old, new))

    return decide


def told(id: str, old: State | None, new: State) -> tuple[NewEvent, ...]:
    events: list[NewEvent] = []
    if new["jenis"] == PETUGAS and (old is None or _snapshot(id, old) != _snapshot(id, new)):
        events.append(NewEvent("akun.diubah", _snapshot(id, new)))
    if old is None or (old.get("kontak"), old["aktif"]) != (new.get("kontak"), new["aktif"]):
        known = new.get("kontak") or (old or {}).get("kontak")
        events += [shared(new, id)] if known else []
    return tuple(events)


def _snapshot(id: str, state: State) -> dict[str, Any]:
    return {
        "akun": id,
        "nama": state["nama"],
        "peran": state["peran"],
        "wilayah": [kode for kode in state["wilayah"] if len(kode) >= _OFFICE],
        "aktif": state["aktif"],
        "seksi": state.get("seksi"),
    }


def shared(state: State, id: str) -> NewEvent:
    contact = state.get("kontak") or {"jenis": "tidak_ada", "nilai": None}
    return NewEvent("kontak.dibagikan", {"akun": id, **contact, "aktif": state["aktif"]})
