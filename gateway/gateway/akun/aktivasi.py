"""What a slip does: it binds a person to an account, and to the contact in whose session it is used.

Without a session the resident chooses a PIN. In the session of a contact, that contact becomes the person's:
a family of at most six shares one (R1). An account bound before keeps its cases and gets what is new.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chassis.aggregate import Outcome
from chassis.causes import Cause
from chassis.ids import new_id
from chassis.ports.errors import Duplicate
from gateway.akun import kontak, warga
from gateway.akun.direktori import SEATS, Direktori, seat
from gateway.akun.kontak import Kontak
from gateway.akun.slip import Slip
from web.problems import Problem

_TRIES = 3
Note = Callable[[str], None]


def bind(direktori: Direktori, slip: Slip, pin_h: str | None, session: Outcome | None, note: Note) -> Outcome:
    """The account of the slip's person. `note` records the binding before it is written.

    Raises `kode-aktivasi-salah` when the slip names another contact than the session's, `keluarga-penuh`.
    """
    contact = kontak.of(session.state["kontak"]) if session is not None else None
    if contact is not None and slip.seen.kontak_h not in (None, direktori.fingerprint(contact)):
        raise Problem("kode-aktivasi-salah")
    fields: dict[str, Any] = {
        "orang_h": slip.seen.orang_h,
        "nama": slip.seen.nama,
        "nomor": slip.nomor,
        "tingkat": "dikenal",
        "kependudukan": "belum_dicocokkan",
    }
    if pin_h is not None:
        fields["pin"] = pin_h
    if contact is None:
        fields["calon_h"] = slip.seen.kontak_h
    for _ in range(_TRIES):  # somebody who did the same at the same moment is seen at the next try
        target = _target(direktori, slip, session)
        try:
            return _write(direktori, target, contact, fields, slip, note)
        except warga.Terikat:
            session = None if session is None else direktori.get(session.id)
        except Duplicate as error:
            if error.index != "state_orang_h":
                raise
    raise Problem("versi-berubah")


def _target(direktori: Direktori, slip: Slip, session: Outcome | None) -> Outcome | None:
    """The account that is changed; None: a new one."""
    bound = direktori.person(slip.seen.orang_h)
    if bound is not None:
        return bound
    free = session is not None and not session.state.get("orang_h")
    return session if free else None


def _write(
    direktori: Direktori,
    target: Outcome | None,
    contact: Kontak | None,
    fields: dict[str, Any],
    slip: Slip,
    note: Note,
) -> Outcome:
    id = target.id if target is not None else new_id()
    note(id)
    cause = Cause.command(f"slip:{slip.nomor}:{direktori.store.moment().ids[0]}")
    same = target is not None and contact is not None and kontak.of(target.state.get("kontak")) == contact
    if target is not None and (contact is None or same):
        return direktori.change(id, warga.ikat(id, fields), cause)

    def write(kursi: str | None) -> Outcome:
        if target is None:
            return direktori.change(id, warga.baru(id, contact, kursi, fields), cause)
        moved = {**fields, "kontak": warga.stored(contact), "kursi": kursi, "kontak_h": None, "calon_h": None}
        return direktori.change(id, warga.ikat(id, moved), cause)

    return write(None) if contact is None else seated(direktori.fingerprint(contact), write)


def seated(hashed: str, write: Callable[[str], Outcome]) -> Outcome:
    """Write with the first free seat of a contact. Raises `keluarga-penuh`."""
    for number in range(SEATS):
        try:
            return write(seat(hashed, number))
        except Duplicate as error:
            if error.index != "state_kursi":
                raise
    raise Problem("keluarga-penuh")
