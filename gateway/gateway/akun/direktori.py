"""The accounts as they are stored: found by id or by the keyed hash of a contact, written by decisions."""

from __future__ import annotations

from typing import Any

from chassis.aggregate import Aggregates, Outcome, collection
from chassis.causes import Cause, Decide, State
from chassis.ids import new_id
from chassis.ports.documents import Index
from chassis.ports.errors import Duplicate
from gateway.akun import akun, kontak
from gateway.akun.kontak import Kontak
from web.pseudonyms import Pseudonyms

COLLECTION = collection("akun", Index(("state.kontak_h",), unique=True), Index(("state.jenis",)))


class Direktori:
    """All accounts of one city lie in one scope, so that ids and contacts are unique in it."""

    def __init__(self, store: Aggregates, kota: str, pseudonyms: Pseudonyms) -> None:
        self.store, self.kota, self._pseudonyms = store, kota, pseudonyms

    def get(self, id: str) -> Outcome | None:
        return self.store.read(self.kota, id)

    def active(self, id: str) -> State | None:
        """The state of an account that may do something now."""
        found = self.get(id)
        return found.state if found is not None and found.state["aktif"] else None

    def change(self, id: str, decide: Decide, cause: Cause) -> Outcome:
        return self.store.update(self.kota, id, decide, cause)

    def page(self, after: list[Any], limit: int) -> list[Outcome]:
        """Staff and systems by id; residents are never listed."""
        where = {"scope": self.kota, "state.jenis": {"in": [akun.PETUGAS, akun.SISTEM]}}
        return self.store.find(where, limit=limit, after=after)

    def resident(self, contact: Kontak, cause: str) -> Outcome:
        """The resident with this contact; made at the first sign-in. Two at once get the same one."""
        hashed = self.fingerprint(contact)
        found = self._by_contact(hashed)
        if found is not None:
            return found
        id = new_id()
        try:
            return self.change(id, akun.warga(id, contact, hashed), Cause.command(f"masuk:{cause}"))
        except Duplicate:
            other = self._by_contact(hashed)
            if other is None:
                raise
            return other

    def fingerprint(self, contact: Kontak) -> str:
        """What a contact is found and counted by."""
        return kontak.hashed(contact, self._pseudonyms)

    def _by_contact(self, hashed: str) -> Outcome | None:
        found = self.store.find({"scope": self.kota, "state.kontak_h": hashed}, limit=1)
        return found[0] if found else None
