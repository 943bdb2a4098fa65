"""Registers on the document port: one small document per number, so that two letters never share one.

A number is taken by inserting it: unique (register, urut) lets one of several writers win, unique (register, surat)
lets a redo find the number it already has. The scope is the office that owns the register. Booked numbers are taken
the same way, one by one, so that a crash in the middle of a block leaves a shorter block and never a hole.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chassis import faults
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate, Unavailable
from dokumen.adapters.pulih import KunciRegister
from dokumen.domain.nomor import BATAL, SURAT, Register

COLLECTION = Collection(
    "nomor",
    (
        Index(("register", "urut"), unique=True),
        Index(("register", "surat"), unique=True),
        Index(("scope", "register", "urut")),  # the last number of a register
        Index(("seri",)),
        Index(("tahun",)),
        Index(("scope", "tahun", "seri", "urut")),  # the book of a year
        # The archive: by day, by service, by number.
        Index(("scope", "tanggal")),
        Index(("scope", "layanan", "tanggal")),
        Index(("scope", "urut", "tanggal")),
    ),
)
TRIES = 200


class NomorDokumen:
    """`dokumen.application.pintu.Nomor`."""

    def __init__(self, documents: Documents, kunci: KunciRegister | None = None) -> None:
        """`kunci` says which registers give no new number since a restore; None: all give."""
        self._documents, self._kunci = documents, kunci

    def ambil(self, register: Register, surat: str, catatan: Mapping[str, Any], status: str = SURAT) -> int:
        number = self._take(register, surat, {**catatan, "status": status})
        faults.point("number.after_number")
        return number

    def akhir(self, register: Register) -> int:
        """The last number given; one before the first if none was."""
        return self._next(register) - 1

    def baris(self, kantor: str, register: str, urut: int) -> Doc | None:
        """One line of the agenda."""
        found = self._documents.find(
            COLLECTION.name, {"scope": kantor, "register": register, "urut": urut}, limit=1
        )
        return found[0] if found else None

    def arsip(self, kantor: str, saring: Mapping[str, Any], after: Sequence[Any], limit: int) -> list[Doc]:
        """Lines that are letters, newest first by (tanggal, id)."""
        where = {"scope": kantor, "status": SURAT, **saring}
        return self._documents.find(
            COLLECTION.name, where, order=("tanggal", "id"), descending=True, after=after, limit=limit
        )

    def milik(self, kantor: str, surat: str) -> list[Doc]:
        """The lines of a letter in one office."""
        return self._documents.find(COLLECTION.name, {"scope": kantor, "surat": surat}, limit=10)

    def batalkan(self, kantor: str, surat: str, alasan: str, oleh: str, waktu: str) -> None:
        gone = {"status": BATAL, "alasan": alasan, "dibatalkan": {"oleh": oleh, "waktu": waktu}}
        for line in self.milik(kantor, surat):
            self.ubah(line, lambda body: body if body["status"] == BATAL else {**body, **gone})

    def ubah(self, baris: Doc, tulis: Callable[[Body], Body]) -> Doc:
        """Rewrite one line from its newest state. Raises what `tulis` raises, or `Unavailable`."""
        for _ in range(TRIES):
            new = replace(baris, rev=baris.rev + 1, body=tulis(baris.body))
            if new.body == baris.body or self._documents.replace(COLLECTION.name, new, baris.rev):
                return baris if new.body == baris.body else new
            again = self._documents.get(COLLECTION.name, baris.scope, baris.id)
            if again is None:
                break
            baris = again
        raise Unavailable(f"agenda {baris.scope}/{baris.id}: {TRIES} other writers")

    def _take(self, register: Register, surat: str, catatan: Mapping[str, Any]) -> int:
        for attempt in range(TRIES):
            if (found := self._of(register, surat)) is not None:
                return found
            if self._kunci is not None:
                self._kunci.periksa(register)
            urut = self._next(register)
            body = {
                "register": register.nama,
                "seri": register.seri,
                "tahun": register.tahun,
                "urut": urut,
                "surat": surat,
                **catatan,
            }
            id = f"{register.seri}.{register.tahun}.{urut:06}"
            try:
                self._documents.insert(COLLECTION.name, Doc(scope=register.kantor, id=id, rev=1, body=body))
            except Duplicate:
                time.sleep(random.uniform(0, 0.002 * min(attempt + 1, 10)))  # noqa: S311 - jitter
                continue
            return urut
        raise Unavailable(f"register {register.kantor}/{register.nama}: {TRIES} other writers")

    def _of(self, register: Register, surat: str) -> int | None:
        where = {"scope": register.kantor, "register": register.nama, "surat": surat}
        found = self._documents.find(COLLECTION.name, where, limit=1)
        return int(found[0].body["urut"]) if found else None

    def _next(self, register: Register) -> int:
        where = {"scope": register.kantor, "register": register.nama}
        last = self._documents.find(COLLECTION.name, where, order=("urut", "id"), descending=True, limit=1)
        return int(last[0].body["urut"]) + 1 if last else register.awal
