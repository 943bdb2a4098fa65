"""Carry out one promise on one way: compose, hand over; what came of it is recorded by `hasil.selesai`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.aggregate import Aggregates, Outcome
from notifikasi.application.hasil import LUAR, Hasil
from notifikasi.application.isian import ACUAN, Isian
from notifikasi.application.saluran import Baris, Dalam, Saluran, Surat
from notifikasi.application.serahkan import serahkan
from notifikasi.domain import pengantar
from notifikasi.domain.kabar import LEWAT, TERKIRIM, Janji, Kabar, pesan_id
from notifikasi.domain.keadaan import from_state
from notifikasi.domain.kirim import PEMOHON, PENGURUS
from notifikasi.domain.naskah import Naskah, Templat, susun
from notifikasi.domain.penerima import jabatan, kotak, pemegang

MENYERAH = 3 * 24 * 3600  # seconds after which a message that no channel took is given up
LOKET, LOKET_KECAMATAN = "petugas_loket", "petugas_loket_kecamatan"
_SEKECAMATAN = 500  # more officials than a kecamatan has


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengirim:
    """`telepon` are the ways to a number, the next one for what the one before refuses for good.

    Without a way (no mail server, no gateway) messages go to `folder`.
    """

    rujukan: Aggregates
    kontak: Aggregates
    templat: Mapping[str, Templat]
    isian: Isian
    dalam: Dalam
    folder: Saluran
    surel: Saluran | None
    telepon: tuple[Saluran, ...]
    domain: str
    sekarang: Callable[[], datetime]

    def jalankan(self, toko: Aggregates, outcome: Outcome, data: Mapping[str, Any]) -> Hasil:
        """Outside of any document. `toko` holds the document that `outcome` was read from."""
        kabar = from_state(outcome.state or {})
        promise, way = kabar.janji[data["kunci"]], data["saluran"]
        if way == LUAR and promise.kepada not in (PEMOHON, PENGURUS):
            found = tuple(f"{LUAR}:{akun}" for akun in self._pejabat(promise))
            return Hasil(kunci=promise.kunci, cara=way, nasib=LEWAT, bagi=found)
        words = susun(self.templat[promise.langkah], self.isian(kabar, promise))
        if way == "aplikasi":
            self.dalam.taruh(_row(kabar, self._kotak(kabar, promise), promise, words))
            return Hasil(kunci=promise.kunci, cara=way, nasib=TERKIRIM, saluran="aplikasi")
        done = self._luar(kabar, promise, way, words, terputus=_terputus(toko, outcome, promise, way))
        return replace(done, coba=int(data.get("coba", 0)))

    def jalan(self, jenis: str) -> tuple[Saluran, ...]:
        """The ways to this kind of contact, in their order; at least one."""
        ways = ((self.surel,) if self.surel else ()) if jenis == "email" else self.telepon
        return ways or (self.folder,)

    def _luar(self, kabar: Kabar, promise: Janji, way: str, words: Naskah, *, terputus: bool) -> Hasil:
        account = way.partition(":")[2]
        contact = self._kontak(account) if account else self._tujuan(kabar, promise)
        if contact is None:
            return Hasil(kunci=promise.kunci, cara=way, nasib=LEWAT)
        key = f"{promise.kunci}.{account}" if account else promise.kunci
        id = pesan_id(kabar.id, key, self.domain, promise.ulang)
        letter = Surat(id=id, tujuan=contact["nilai"], judul=words.judul, isi=words.isi)
        age = (self.sekarang() - datetime.fromisoformat(promise.waktu)).total_seconds()
        ways = self.jalan(contact["jenis"])
        done = serahkan(ways, letter, terputus=terputus, menyerah=age >= MENYERAH)
        return Hasil(
            kunci=promise.kunci, cara=way, nasib=done.nasib, saluran=done.saluran, alasan=done.alasan
        )

    def _kotak(self, kabar: Kabar, promise: Janji) -> str:
        """Whose inbox it is: the kecamatan's own letters are no business of the kelurahan's counter."""
        if promise.kepada == PEMOHON:
            return f"akun:{kabar.akun}"
        if promise.kepada == kotak(LOKET, kabar.kantor) and self.isian.di_kecamatan(kabar):
            return kotak(LOKET_KECAMATAN, kabar.kantor[:6])
        return promise.kepada

    def _pejabat(self, promise: Janji) -> tuple[str, ...]:
        """Accounts behind an inbox; officials are looked for in their kecamatan, deputies come from all over it."""
        peran, kantor = jabatan(promise.kepada)
        area = {"gte": kantor[:6], "lt": f"{kantor[:6]}~"}
        found = self.rujukan.find({"scope": ACUAN, "state.kantor": area}, limit=_SEKECAMATAN)
        known = [outcome.state for outcome in found if outcome.state and "akun" in outcome.state]
        return pemegang(known, peran, kantor, promise.isi.get("seksi", ""))

    def _tujuan(self, kabar: Kabar, promise: Janji) -> Mapping[str, Any] | None:
        if promise.kepada == PENGURUS:
            return pengantar.tujuan(kabar, promise.isi["urut"])
        return self._alamat(kabar)

    def _alamat(self, kabar: Kabar) -> Mapping[str, Any] | None:
        """The account's newest contact, or the one given with the application; None: nowhere."""
        known = self.kontak.read(ACUAN, kabar.akun) if kabar.akun else None
        return _terpakai(known.state if known and known.state else kabar.kontak)

    def _kontak(self, akun: str) -> Mapping[str, Any] | None:
        known = self.kontak.read(ACUAN, akun)
        return _terpakai(known.state if known else None)


def _terpakai(contact: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    usable = contact is not None and contact.get("aktif", True) and contact.get("nilai")
    return contact if usable else None


def _terputus(toko: Aggregates, outcome: Outcome, promise: Janji, way: str) -> bool:
    """Whether an earlier claim of this to-do ended without a result: its process died, or the store was away."""
    doc = toko.documents.get(toko.name, outcome.scope, outcome.id)
    todo = doc.body["todos"].get(f"{promise.kunci}/{way}") if doc else None
    return todo is not None and todo["attempts"] > 1


def _row(kabar: Kabar, kepada: str, promise: Janji, words: Naskah) -> Baris:
    return Baris(
        scope=kabar.kantor,
        id=promise.pesan,
        kepada=kepada,
        langkah=promise.langkah,
        permohonan=kabar.id,
        judul=words.judul,
        isi=words.isi,
        waktu=promise.waktu,
    )
