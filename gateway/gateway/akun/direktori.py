"""The accounts as they are stored: found by id or by the keyed hash of a contact, written by decisions."""

from __future__ import annotations

from typing import Any

from chassis.aggregate import Aggregates, Outcome, collection
from chassis.causes import Cause, Decide, State
from chassis.ids import new_id
from chassis.ports.documents import Index
from chassis.ports.errors import Duplicate
from gateway.akun import akun, kontak, warga
from gateway.akun.kontak import Kontak
from web.pseudonyms import Pseudonyms

SEATS = 6  # persons whom one contact serves (R1)
COLLECTION = collection(
    "akun",
    Index(("state.kontak_h",), unique=True),  # of accounts made before contacts had seats
    Index(("state.kursi",), unique=True),
    Index(("state.orang_h",), unique=True),
    Index(("state.nomor",), unique=True),
    Index(("state.oidc",), unique=True),
    Index(("state.jenis",)),
)


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
        found = [
            outcome
            for kind in (
                akun.PETUGAS,
                akun.SISTEM,
            )  # each by its index: residents are a hundred times as many
            for outcome in self.store.find(
                {"scope": self.kota, "state.jenis": kind}, limit=limit, after=after
            )
        ]
        return sorted(found, key=lambda outcome: outcome.id)[:limit]

    def resident(self, contact: Kontak, cause: str) -> Outcome:
        """The first resident with this contact; made at the first sign-in. Two at once get the same one."""
        hashed = self.fingerprint(contact)
        found = self.served(hashed)
        if found:
            return found[0]
        id = new_id()
        try:
            return self.change(id, warga.baru(id, contact, seat(hashed, 0)), Cause.command(f"masuk:{cause}"))
        except Duplicate:
            other = self.served(hashed)
            if not other:
                raise
            return other[0]

    def served(self, hashed: str) -> list[Outcome]:
        """Whom the contact with this fingerprint serves, by seat."""
        seats = [seat(hashed, number) for number in range(SEATS)]
        found = self.store.find(
            {"scope": self.kota, "state.kursi": {"in": seats}}, order=("state.kursi", "id")
        )
        if not found:
            found = self.store.find({"scope": self.kota, "state.kontak_h": hashed}, limit=1)
        return sorted(found, key=lambda o: str(o.state.get("kursi")))

    def family(self, id: str) -> list[Outcome]:
        """Whom the contact of this account serves, itself among them."""
        account = self.get(id)
        contact = kontak.of(account.state.get("kontak")) if account is not None else None
        return [] if contact is None else self.served(self.fingerprint(contact))

    def person(self, orang_h: str) -> Outcome | None:
        """The account that a clerk's slip bound to this identity number's keyed hash."""
        return self._one("state.orang_h", orang_h)

    def foreign(self, hashed: str) -> Outcome | None:
        """The account of a person whom the city's provider knows by this hash."""
        return self._one("state.oidc", hashed)

    def numbered(self, nomor: str) -> Outcome | None:
        """The account with this printed number."""
        return self._one("state.nomor", nomor)

    def fingerprint(self, contact: Kontak) -> str:
        """What a contact is found and counted by."""
        return kontak.hashed(contact, self._pseudonyms)

    def _one(self, field: str, value: str) -> Outcome | None:
        found = self.store.find({"scope": self.kota, field: value}, limit=1)
        return found[0] if found else None


def seat(hashed: str, number: int) -> str:
    """A unique index over seats lets no contact serve more, however many ask at once."""
    return f"{hashed}.{number}"
