"""Messages inside the application: list one's own, mark one as read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from chassis.ports.documents import Doc, Documents
from notifikasi.domain.galat import PesanTidakAda

PESAN: Final = "pesan"
TRIES = 10


def kotak_milik(akun: str, peran: str, wilayah: Sequence[str]) -> list[str]:
    """The inboxes of a caller: his own, and for staff that of his role in his offices."""
    own = [f"akun:{akun}"]
    return own if peran == "warga" else own + [f"peran:{peran}:{kode}" for kode in wilayah]


def daftar(documents: Documents, kotak: Sequence[str], *, limit: int, after: Sequence[Any]) -> list[Doc]:
    """Newest first: message ids are in order of time."""
    where = {"kepada": {"in": list(kotak)}}
    return documents.find(PESAN, where, order=("id",), descending=True, limit=limit, after=after)


def tandai(documents: Documents, kotak: Sequence[str], id: str, akun: str) -> Doc:
    """Mark as read by this account; repeating it changes nothing. Raises PesanTidakAda."""
    for _ in range(TRIES):
        doc = _own(documents, kotak, id)
        if akun in doc.body["dibaca"]:
            return doc
        body = {**doc.body, "dibaca": [*doc.body["dibaca"], akun]}
        new = replace(doc, rev=doc.rev + 1, body=body)
        if documents.replace(PESAN, new, doc.rev):
            return new
    raise PesanTidakAda("Pesan sedang diubah. Coba lagi.")


def _own(documents: Documents, kotak: Sequence[str], id: str) -> Doc:
    found = documents.find(PESAN, {"id": id, "kepada": {"in": list(kotak)}}, limit=1)
    if not found:
        raise PesanTidakAda("Pesan tidak ditemukan.")
    return found[0]
