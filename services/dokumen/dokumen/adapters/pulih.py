"""After a restore every register waits: numbers given since the backup stand only in the paper agenda (R5).

One document per installation: {sejak, tahun, dibuka}. It holds all registers of that year and before until each is
in `dibuka`, which says that an operator entered the last number of its paper agenda.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chassis.ports.documents import Body, Collection, Doc, Documents
from chassis.ports.errors import Duplicate, Unavailable
from dokumen.domain.nomor import Register

COLLECTION = Collection("pulih")
SCOPE, ID = "sistem", "register"
TRIES = 20


class RegisterTerkunci(Unavailable):
    """The register waits for its last number (`ekel register unlock`)."""


class KunciRegister:
    """Which registers wait since the last restore."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def kunci(self, sejak: str, tahun: int) -> None:
        """Lock every register of `tahun` and before; those of an earlier restore too."""
        body = {"sejak": sejak, "tahun": tahun, "dibuka": []}
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=SCOPE, id=ID, rev=1, body=body))
        except Duplicate:
            self._ubah(lambda _: body)

    def sejak(self, register: Register) -> str:
        """Since when the register is locked; empty if it is not."""
        found = self._documents.get(COLLECTION.name, SCOPE, ID)
        if found is None or register.tahun > found.body["tahun"] or _nama(register) in found.body["dibuka"]:
            return ""
        return str(found.body["sejak"])

    def periksa(self, register: Register) -> None:
        """Raises `RegisterTerkunci`."""
        if self.sejak(register):
            raise RegisterTerkunci(f"{_nama(register)} waits for `ekel register unlock`")

    def buka(self, register: Register) -> None:
        self._ubah(lambda body: {**body, "dibuka": sorted({*body["dibuka"], _nama(register)})})

    def _ubah(self, ubah: Callable[[Body], Body]) -> None:
        for _ in range(TRIES):
            found = self._documents.get(COLLECTION.name, SCOPE, ID)
            if found is None:
                return
            new = replace(found, rev=found.rev + 1, body=ubah(found.body))
            if self._documents.replace(COLLECTION.name, new, found.rev):
                return
        raise Unavailable(f"{COLLECTION.name}: {TRIES} other writers")


def _nama(register: Register) -> str:
    return f"{register.kantor}/{register.nama}"
