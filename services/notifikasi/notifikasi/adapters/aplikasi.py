"""Messages inside the application: one row per message, in the inbox of an account or of a role's office."""

from __future__ import annotations

from chassis.ports.documents import Doc, Documents
from chassis.ports.errors import Duplicate
from notifikasi.application.pesan import PESAN
from notifikasi.application.saluran import Baris


class Aplikasi:
    """The row's id is the message's, so that a repeat finds it there."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def taruh(self, baris: Baris) -> None:
        body = {
            "kepada": baris.kepada,
            "langkah": baris.langkah,
            "permohonan": baris.permohonan,
            "judul": baris.judul,
            "isi": baris.isi,
            "waktu": baris.waktu,
            "dibaca": [],
        }
        try:
            self._documents.insert(PESAN, Doc(scope=baris.scope, id=baris.id, rev=1, body=body))
        except Duplicate:
            return  # an earlier try got this far
