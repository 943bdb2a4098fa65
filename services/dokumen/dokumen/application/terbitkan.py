"""Issue a letter: numbers, sheet, seals, object; then one write puts it in force and tells the others.

Every step finds what an earlier try left: the number by letter, the bytes by being the same, the pointers by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from chassis.aggregate import Decision, Moment, Outcome, State
from chassis.ports.errors import Refused
from chassis.ports.objects import Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Nomor, Pencetak, Penunjuk, Rahasia, Tempat
from dokumen.domain import kunci, surat
from dokumen.domain.katalog import Layanan
from dokumen.domain.nomor import Register
from dokumen.domain.surat import Terbit
from dokumen.domain.susun import Bahan

Letter = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terbitkan:
    objects: Objects
    niat: Niat
    nomor: Nomor
    pencetak: Pencetak
    penunjuk: Penunjuk
    rahasia: Rahasia
    katalog: Mapping[str, Layanan]

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[str, str, str, Terbit] | None:
        id = data["surat"]
        letter = outcome.state["surat"][id]
        if letter["status"] != surat.MENUNGGU:
            return None
        numbers = tuple(self._number(outcome, id, letter, r) for r in letter["register"])
        pdf = self._print(outcome.state, id, letter, numbers)
        digest = sha256(pdf).hexdigest()
        self._point(Tempat(kantor=outcome.scope, permohonan=outcome.id, id=id), digest)
        key = kunci.bersih(outcome.scope, outcome.id, digest)
        self.niat.objek(outcome.scope, outcome.id, key)
        if self.objects.stat(key) is None:  # another worker may have issued and locked it meanwhile
            self.objects.put(key, [pdf])
        return outcome.scope, outcome.id, id, Terbit(urut=numbers, sha256=digest, ukuran=len(pdf))

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        kantor, permohonan, id, hasil = result
        return keputusan(surat.terbitkan(state, kantor, permohonan, id, hasil, at.now), at)

    def _number(self, outcome: Outcome, id: str, letter: Letter, r: Mapping[str, Any]) -> int:
        book = Register(kantor=r["kantor"], seri=r["seri"], tahun=r["tahun"], awal=r["awal"])
        note = {
            "asal": outcome.scope,
            "permohonan": outcome.id,
            "layanan": letter["layanan"],
            "tanggal": letter["tanggal"],
            "klasifikasi": letter["klasifikasi"],
            "kode_unit": r["kode_unit"],
        }
        return self.nomor.ambil(book, id, note)

    def _print(self, state: State, id: str, letter: Letter, urut: tuple[int, ...]) -> bytes:
        bahan = Bahan(
            layanan=self.katalog[letter["layanan"]].sebagai(letter.get("produk")),
            jawaban=state["pribadi"]["jawaban"],
            kantor=letter["kantor"],
            pejabat=letter["penandatangan"],
            tanggal=date.fromisoformat(letter["tanggal"]),
            kecamatan=letter.get("kecamatan"),
        )
        books = zip(letter["register"], urut, strict=True)
        written = tuple(surat.nomor_surat(letter, r, n) for r, n in books)
        when = datetime.fromisoformat(letter["ditetapkan"])
        return self.pencetak.cetak(bahan, written, self.rahasia.kode(id), when)

    def _point(self, tempat: Tempat, digest: str) -> None:
        code = self.rahasia.kode(tempat.id)
        self.penunjuk.catat("surat", tempat.id, tempat)
        self.penunjuk.catat("token", sha256(code.token.encode()).hexdigest(), tempat)
        self.penunjuk.catat("kode", sha256(code.pendek.encode()).hexdigest(), tempat)
        self.penunjuk.catat("sidik", digest, tempat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kunci:
    """Lock the file of a letter in force: only the bytes that counted are locked, never those of a lost try."""

    objects: Objects

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> None:
        key = outcome.state["surat"][data["surat"]]["objek"]
        try:
            self.objects.put(key, self.objects.open(key), locked=True)
        except Refused:
            return  # locked by an earlier try

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return Decision(state)
