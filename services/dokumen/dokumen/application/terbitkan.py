"""Issue a letter: numbers, sheet, seals, object; then one write puts it in force and tells the others.

Every step finds what an earlier try left: the number by letter, the bytes by being the same, the pointers by key. A
letter that people sign themselves is only numbered and written here, and waits.
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
from dokumen.application.pintu import Agenda, Nomor, Pencetak, Penunjuk, Rahasia, Tempat
from dokumen.application.simpan import Simpan
from dokumen.application.tahan import atau_tahan
from dokumen.domain import perbaikan, seberkas, surat, tahan, tanda
from dokumen.domain.katalog import Layanan
from dokumen.domain.nomor import Pengaturan
from dokumen.domain.surat import Bernomor, Terbit
from dokumen.domain.susun import Bahan
from dokumen.domain.tahan import Ditahan
from dokumen.domain.tanda import Lembar

Letter = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dibuat:
    """What `run` made, with the place it belongs to; `langsung`: sealed, not waiting for anybody."""

    kantor: str
    permohonan: str
    id: str
    langsung: bool
    nomor: Bernomor
    lembar: Lembar


@dataclass(frozen=True, slots=True, kw_only=True)
class Terbitkan:
    simpan: Simpan
    agenda: Agenda
    nomor: Nomor
    pencetak: Pencetak
    penunjuk: Penunjuk
    rahasia: Rahasia
    katalog: Mapping[str, Layanan]

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[str, Dibuat | Ditahan] | None:
        id = data["surat"]
        letter = outcome.state["surat"][id]
        if letter["status"] != surat.MENUNGGU or letter.get("lembar"):
            return None
        return id, atau_tahan(lambda: self._make(outcome, id, letter))

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        id, made = result
        if isinstance(made, Ditahan):
            return keputusan(tahan.surat(state, id, made, "terbitkan", at.now), at)
        if not made.langsung:
            place = (made.kantor, made.permohonan)
            return keputusan(tanda.siap(state, place, id, made.nomor, made.lembar, at.now), at)
        done = Terbit(nomor=made.nomor, sha256=made.lembar.sha256, ukuran=made.lembar.ukuran)
        return keputusan(surat.terbitkan(state, made.kantor, made.permohonan, id, done, at.now), at)

    def _make(self, outcome: Outcome, id: str, letter: Letter) -> Dibuat:
        at_once = tanda.sekaligus(letter)
        given = [self._number(outcome, id, letter, r) for r in letter["register"]]
        numbers = Bernomor(urut=tuple(n for n, _ in given), seri=tuple(s for _, s in given))
        place = Tempat(kantor=outcome.scope, permohonan=outcome.id, id=id)
        pdf = self._print(outcome.state, id, letter, numbers.urut, at_once=at_once)
        self._point(place)
        return Dibuat(
            kantor=outcome.scope,
            permohonan=outcome.id,
            id=id,
            langsung=at_once,
            nomor=numbers,
            lembar=self.simpan(place, pdf),
        )

    def _number(self, outcome: Outcome, id: str, letter: Letter, r: Mapping[str, Any]) -> tuple[int, str]:
        setting = Pengaturan(
            seri_nomor=r.get("seri_nomor", "per_kantor"), awal=r["awal"], awal_seri=r.get("awal_seri", {})
        )
        book = self.agenda.buka(r["kantor"], r["tahun"], setting).register(letter["klasifikasi"])
        note = {
            "asal": outcome.scope,
            "permohonan": outcome.id,
            "layanan": letter["layanan"],
            **seberkas.jenis(letter),
            "tanggal": letter["tanggal"],
            "klasifikasi": letter["klasifikasi"],
            "kode_unit": r["kode_unit"],
        }
        return self.nomor.ambil(book, id, note), book.seri

    def _print(self, state: State, id: str, letter: Letter, urut: tuple[int, ...], *, at_once: bool) -> bytes:
        bahan = bahan_surat(self.katalog, state, letter)
        books = zip(letter["register"], urut, strict=True)
        written = tuple(surat.nomor_surat(letter, r, n) for r, n in books)
        if not at_once:
            return self.pencetak.lembar(bahan, written, self.rahasia.kode(id))
        when = datetime.fromisoformat(letter["ditetapkan"])
        return self.pencetak.cetak(bahan, written, self.rahasia.kode(id), when)

    def _point(self, tempat: Tempat) -> None:
        code = self.rahasia.kode(tempat.id)
        self.penunjuk.catat("surat", tempat.id, tempat)
        self.penunjuk.catat("token", sha256(code.token.encode()).hexdigest(), tempat)
        self.penunjuk.catat("kode", sha256(code.pendek.encode()).hexdigest(), tempat)


def bahan_surat(katalog: Mapping[str, Layanan], state: State, letter: Letter) -> Bahan:
    """What the letter was fixed with, for the printer."""
    layanan = katalog[seberkas.kode(letter)]
    return Bahan(
        layanan=layanan.sebagai(letter["produk"]) if "produk" in letter else layanan,
        jawaban=perbaikan.pribadi(state, letter)["jawaban"],
        kantor=letter["kantor"],
        pejabat=letter["penandatangan"],
        tanggal=date.fromisoformat(letter["tanggal"]),
        kecamatan=letter.get("kecamatan"),
        tanda=letter.get("cetak", "segel"),
        mengganti=letter.get("mengganti"),
    )


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
