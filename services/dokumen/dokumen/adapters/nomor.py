"""Registers on the document port: one small document per number, so that two letters never share one.

A number is taken by inserting it: unique (register, urut) lets one of several writers win, unique (register, surat)
lets a redo find the number it already has. The scope is the office that owns the register.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from typing import Any

from chassis import faults
from chassis.ports.documents import Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate, Unavailable
from dokumen.domain.nomor import SURAT, Register

COLLECTION = Collection(
    "nomor",
    (Index(("register", "urut"), unique=True), Index(("register", "surat"), unique=True), Index(("seri",))),
)
TRIES = 200


class NomorDokumen:
    """`dokumen.application.pintu.Nomor`."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def ambil(self, register: Register, surat: str, catatan: Mapping[str, Any]) -> int:
        number = self._take(register, surat, catatan)
        faults.point("number.after_number")
        return number

    def _take(self, register: Register, surat: str, catatan: Mapping[str, Any]) -> int:
        for attempt in range(TRIES):
            if (found := self._of(register, surat)) is not None:
                return found
            urut = self._next(register)
            body = {
                "register": register.nama,
                "seri": register.seri,
                "tahun": register.tahun,
                "urut": urut,
                "status": SURAT,
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
        if last:
            return int(last[0].body["urut"]) + 1
        # `awal` continues the paper agenda in the year of going live; every later year begins with 1 (R5).
        earlier = {"scope": register.kantor, "seri": register.seri, "tahun": {"lt": register.tahun}}
        return 1 if self._documents.count(COLLECTION.name, earlier) else register.awal
