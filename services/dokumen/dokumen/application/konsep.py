"""What can be read before a letter is: its draft, as the signer will get it, and the forms of a case, filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chassis.aggregate import Aggregates, Outcome
from dokumen.domain.galat import NaskahKurang
from dokumen.domain.katalog import Formulir, Layanan
from dokumen.domain.susun import Bahan, Data, dihasilkan, ditawarkan

TITIK = "........................................"
KECAMATAN = ("petugas_loket_kecamatan", "kasi_kecamatan", "sekcam", "camat")


class Pengetik(Protocol):
    def konsep(self, bahan: Sequence[Bahan]) -> bytes:
        """The drafts as one PDF. Raises `NaskahKurang`."""
        ...

    def formulir(self, formulir: Formulir, jawaban: Data, kantor: Data, tanggal: date) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pembaca:
    """Who reads: a signer sees his own name under the draft."""

    akun: str
    peran: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Konsep:
    rujukan: Aggregates
    katalog: Mapping[str, Layanan]
    formulir: Mapping[str, Formulir]

    def surat(self, case: Outcome, pembaca: Pembaca, hari_ini: date, pengetik: Pengetik) -> bytes:
        """The drafts of the case's letters, one after the other. Raises `NaskahKurang` naming what is missing."""
        if self.katalog.get(case.state["layanan"] or "") is None:
            raise NaskahKurang("Layanan ini tidak berakhir dengan surat dari kantor ini.")
        letters = dihasilkan(self.katalog, case.state["layanan"], _jawaban(case))
        return pengetik.konsep([self._bahan(layanan, case, pembaca, hari_ini) for layanan in letters])

    def _bahan(self, layanan: Layanan, case: Outcome, pembaca: Pembaca, hari_ini: date) -> Bahan:
        if layanan.camat_opsional and not self._camat(case, pembaca):
            layanan = layanan.sebagai("surat_kelurahan")
        office = self._kantor(case.scope)
        return Bahan(
            layanan=layanan,
            jawaban=_jawaban(case),
            kantor=office,
            kecamatan=self._read("kantor", office["kecamatan_kode"]),
            pejabat=[self._pejabat(peran, case, office, pembaca) for peran in layanan.penandatangan],
            tanggal=hari_ini,
        )

    def daftar(self, case: Outcome) -> list[Formulir]:
        """Forms that this case can fill in."""
        answers = (case.state.get("pribadi") or {}).get("jawaban")
        return ditawarkan(self.formulir, case.state["layanan"] or "", answers) if answers else []

    def lembar(self, case: Outcome, kode: str, hari_ini: date, pengetik: Pengetik) -> bytes | None:
        """A filled form; None if the case does not offer it."""
        form = next((f for f in self.daftar(case) if f.kode == kode), None)
        if form is None:
            return None
        return pengetik.formulir(form, _jawaban(case), self._kantor(case.scope), hari_ini)

    def _camat(self, case: Outcome, pembaca: Pembaca) -> bool:
        signed = any(s["peran"] == "camat" for s in case.state.get("setuju", ()))
        return signed or pembaca.peran in KECAMATAN

    def _pejabat(self, peran: str, case: Outcome, office: Data, pembaca: Pembaca) -> Data:
        """Whoever signed, or is about to; else the post alone, with dots for the name."""
        signed = next((s["oleh"] for s in case.state.get("setuju", ()) if s["peran"] == peran), None)
        account = signed or (pembaca.akun if pembaca.peran == peran else None)
        known = self._read("pejabat", account) if account else None
        title = f"Camat {office['kecamatan_nama']}" if peran == "camat" else f"Lurah {office['nama']}"
        return known or {"jabatan": title, "nama": TITIK, "pangkat": "(pangkat)", "nip": TITIK}

    def _kantor(self, kode: str) -> Mapping[str, Any]:
        office = self._read("kantor", kode)
        if office is None:
            raise NaskahKurang("Data kantor belum sampai di sini. Coba lagi sebentar lagi.")
        return office

    def _read(self, jenis: str, id: str) -> Mapping[str, Any] | None:
        found = self.rujukan.read("acuan", f"{jenis}.{id}")
        return found.state["data"] if found else None


def _jawaban(case: Outcome) -> Mapping[str, Any]:
    answers: Mapping[str, Any] | None = (case.state.get("pribadi") or {}).get("jawaban")
    if answers is None:
        raise NaskahKurang("Isian permohonan belum sampai di sini. Coba lagi sebentar lagi.")
    return answers
