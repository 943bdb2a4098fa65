"""The office's agenda beside its letters: numbers booked for letters made outside, written up, or made void (R5)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.aggregate import Aggregates, Cause, KeyReused, Stale
from chassis.ports.documents import Body, Doc
from dokumen.application.pintu import Agenda, Daftar
from dokumen.domain import agenda
from dokumen.domain.galat import AgendaSalah
from dokumen.domain.nomor import DIPESAN, Pengaturan


@dataclass(frozen=True, slots=True, kw_only=True)
class Pesan:
    agenda: Agenda
    nomor: Daftar
    rujukan: Aggregates

    def __call__(
        self, kantor: str, jumlah: int, catatan: Mapping[str, Any], waktu: datetime, cause: Cause
    ) -> list[Doc]:
        """Book the next `jumlah` numbers of this year; a repeat of the command finds them. `catatan`: {oleh, alasan,
        klasifikasi?, keterangan?}. Raises `AgendaSalah`.
        """
        found = self.rujukan.read("acuan", f"kantor.{kantor}")
        if found is None or found.state["data"] is None:
            raise AgendaSalah("Data kantor ini belum ada. Lengkapi data kantor dahulu.")
        office = found.state["data"]
        book = self.agenda.buka(kantor, waktu.year, pengaturan(office))
        klasifikasi = str(catatan.get("klasifikasi") or "")
        if book.pengaturan.seri_nomor == "per_klasifikasi" and not klasifikasi:
            raise AgendaSalah("Isi kode klasifikasi: kantor ini memberi nomor per klasifikasi.")
        register = book.register(klasifikasi)
        mark = hashlib.sha256(cause.id.encode()).hexdigest()[:24]
        for taken in self.nomor.milik(kantor, f"pesan.{mark}.0"):
            _known(taken.body, cause)  # before anything is taken under another wish
        digest = {"perintah": {cause.id: cause.digest}}
        note = {**catatan, **digest, "kode_unit": office["kode_unit"], "dipesan": waktu.isoformat()}
        numbers = [self.nomor.ambil(register, f"pesan.{mark}.{n}", note, DIPESAN) for n in range(jumlah)]
        return [line for n in numbers if (line := self.nomor.baris(kantor, register.nama, n))]

    def catat(self, baris: Doc, isi: Mapping[str, Any], oleh: str, waktu: datetime, cause: Cause) -> Doc:
        """What a booked number was used for. Raises `AgendaSalah`, `Stale`, `KeyReused`."""
        return self._change(baris, cause, lambda body: agenda.catat(body, isi, oleh, waktu))

    def batal(
        self, baris: Doc, alasan: str, keterangan: str, oleh: str, waktu: datetime, cause: Cause
    ) -> Doc:
        """A booked number that nobody used. Raises as `catat`."""
        return self._change(baris, cause, lambda body: agenda.batal(body, alasan, keterangan, oleh, waktu))

    def _change(self, baris: Doc, cause: Cause, ubah: Any) -> Doc:
        def write(body: Body) -> Body:
            if _known(body, cause):
                return body
            if cause.expected is not None and cause.expected != baris.rev:
                raise Stale(baris.rev)
            new: Body = ubah(body)
            return {**new, "perintah": {**body.get("perintah", {}), cause.id: cause.digest}}

        return self.nomor.ubah(baris, write)


def pengaturan(kantor: Mapping[str, Any]) -> Pengaturan:
    """The setting of an office's snapshot."""
    return Pengaturan(
        seri_nomor=kantor["seri_nomor"],
        awal=kantor.get("nomor_awal", 1),
        awal_seri=kantor.get("nomor_awal_seri") or {},
    )


def _known(body: Body, cause: Cause) -> bool:
    """Whether this command was carried out. Raises `KeyReused` if its key meant something else."""
    done = body.get("perintah", {})
    if done.get(cause.id, cause.digest) != cause.digest:
        raise KeyReused(cause.id)
    return cause.id in done
