"""The activation slip: a clerk saw the KTP-el ("KTP dilihat"), and says by a number and a code whose it was (R1).

Seven days, used once. Nothing is bound before somebody uses it: what the clerk typed becomes true only with the
paper in the resident's hand. Number and code follow from the clerk's Idempotency-Key, so that a repeated request
answers as before; the store keeps the code only as a keyed hash.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.aggregate import KeyReused
from chassis.causes import Cause
from chassis.clock import Clock, parse, rfc3339
from chassis.ports.documents import Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate
from gateway.akun import nomor
from web.problems import Problem
from web.pseudonyms import Pseudonyms

COLLECTION = Collection("slip", (Index(("sampai",)),))
DAYS = 7
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SCOPE, _SIGNS = "slip", 8  # 40 bits
_WRONG = "kode-aktivasi-salah"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the clerk saw and typed: keyed hashes of NIK and contact, the name, his office."""

    orang_h: str
    nama: str
    kontak_h: str | None
    kantor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip as it is printed; `kode` is empty when it was read back."""

    nomor: str
    kode: str
    sampai: datetime
    seen: Seen


class Slips:
    """All slips that are neither used nor over."""

    def __init__(self, documents: Documents, pseudonyms: Pseudonyms, clock: Clock) -> None:
        self._documents, self._pseudonyms, self._clock = documents, pseudonyms, clock

    def issue(self, seen: Seen, clerk: str, cause: Cause) -> Slip:
        """A new slip, or the same for the same cause. Raises `KeyReused`."""
        self._sweep()
        until = self._clock.real() + timedelta(days=DAYS)
        for attempt in range(100):
            seed = f"{cause.id}:{attempt}"
            number, code = nomor.make(self._number(seed)), self._code(seed)
            body = {
                "sebab": cause.id,
                "isi": cause.digest,
                "kode_h": self._hash(number, code),
                "orang_h": seen.orang_h,
                "nama": seen.nama,
                "kontak_h": seen.kontak_h,
                "kantor": seen.kantor,
                "oleh": clerk,
                "sampai": rfc3339(until),
            }
            try:
                self._documents.insert(COLLECTION.name, Doc(scope=_SCOPE, id=number, rev=1, body=body))
            except Duplicate:
                kept = self._documents.get(COLLECTION.name, _SCOPE, number)
                if kept is None or kept.body["sebab"] != cause.id:
                    continue  # another slip happens to have this number
                if kept.body["isi"] != cause.digest:
                    raise KeyReused(cause.id) from None
                until = parse(kept.body["sampai"])
            return Slip(nomor=number, kode=code, sampai=until, seen=seen)
        raise RuntimeError("no free number")

    def read(self, number: str, code: str) -> Slip:
        """The slip with this code. Raises `kode-aktivasi-salah` for every reason alike."""
        doc = self._documents.get(COLLECTION.name, _SCOPE, number)
        kept = doc.body["kode_h"] if doc is not None else ""
        fits = hmac.compare_digest(kept, self._hash(number, signs(code)))
        if doc is None or not fits or doc.body["sampai"] <= rfc3339(self._clock.real()):
            raise Problem(_WRONG)
        seen = Seen(**{name: doc.body[name] for name in ("orang_h", "nama", "kontak_h", "kantor")})
        return Slip(nomor=number, kode="", sampai=parse(doc.body["sampai"]), seen=seen)

    def used(self, slip: Slip) -> None:
        """It opens nothing any more."""
        doc = self._documents.get(COLLECTION.name, _SCOPE, slip.nomor)
        if doc is not None:
            self._documents.delete(COLLECTION.name, _SCOPE, slip.nomor, doc.rev)

    def _number(self, seed: str) -> int:
        return int(self._pseudonyms.of("slip-nomor", seed), 16)

    def _code(self, seed: str) -> str:
        number = int(self._pseudonyms.of("slip-kode", seed), 16)
        return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(_SIGNS))

    def _hash(self, number: str, code: str) -> str:
        return self._pseudonyms.of("slip", f"{number}:{code}")

    def _sweep(self) -> None:
        where = {"sampai": {"lt": rfc3339(self._clock.real())}}
        for doc in self._documents.find(COLLECTION.name, where, limit=20):
            self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)


def signs(text: str) -> str:
    """A code as people type it: small letters, spaces and dashes do not matter."""
    return "".join(c for c in text.upper() if c in ALPHABET)


def printed(kode: str) -> str:
    """`ABCDEFGH` → `ABCD-EFGH`."""
    return f"{kode[:4]}-{kode[4:]}"
