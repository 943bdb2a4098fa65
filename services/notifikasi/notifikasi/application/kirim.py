"""Carry out one promise on one way: compose, hand over, record what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from chassis.aggregate import Aggregates, Decision, Moment, NewEvent, Outcome, State
from notifikasi.application.saluran import Baris, Dalam, Saluran, Surat
from notifikasi.domain.galat import AlamatDitolak, TakJelas
from notifikasi.domain.kabar import GAGAL, LEWAT, TERKIRIM, Janji, Kabar, pesan_id
from notifikasi.domain.keadaan import from_state, to_state
from notifikasi.domain.langkah import PEMOHON, kata
from notifikasi.domain.naskah import Naskah, Templat, susun, waktu_panjang
from notifikasi.domain.waktu import teks

ACUAN = "acuan"
MENYERAH = 3 * 24 * 3600  # seconds after which a message that no channel took is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Hasil:
    """What came of one try. `saluran` is the contract's name; empty when there was nowhere to send."""

    kunci: str
    cara: str
    nasib: str
    saluran: str
    alasan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengirim:
    """`telepon` are the ways to a number, the next one for what the one before refuses for good.

    Without a way (no mail server, no gateway) messages go to `folder`.
    """

    rujukan: Aggregates
    kontak: Aggregates
    templat: Mapping[str, Templat]
    dalam: Dalam
    folder: Saluran
    surel: Saluran | None
    telepon: tuple[Saluran, ...]
    domain: str
    situs: str
    zona: tzinfo
    sekarang: Callable[[], datetime]

    def jalankan(self, outcome: Outcome, data: Mapping[str, Any]) -> Hasil:
        """Outside of any document. Raises TakJelas when the outcome is unclear: it is due again later."""
        kabar = from_state(outcome.state or {})
        promise, way = kabar.janji[data["kunci"]], data["saluran"]
        words = self._naskah(kabar, promise)
        if way == "aplikasi":
            self.dalam.taruh(_row(kabar, promise, words))
            return Hasil(kunci=promise.kunci, cara=way, nasib=TERKIRIM, saluran="aplikasi")
        return self._luar(kabar, promise, words)

    def _luar(self, kabar: Kabar, promise: Janji, words: Naskah) -> Hasil:
        contact = self._alamat(kabar)
        if contact is None:
            return Hasil(kunci=promise.kunci, cara="luar", nasib=LEWAT, saluran="")
        id = pesan_id(kabar.id, promise.kunci, self.domain, promise.ulang)
        letter = Surat(id=id, tujuan=contact["nilai"], judul=words.judul, isi=words.isi)
        *first, last = self.jalan(contact["jenis"])
        for channel in first:
            done = self._lewat(channel, promise, letter)
            if done.nasib == TERKIRIM:
                return done
        return self._lewat(last, promise, letter)

    def jalan(self, jenis: str) -> tuple[Saluran, ...]:
        """The ways to this kind of contact, in their order; at least one."""
        ways = ((self.surel,) if self.surel else ()) if jenis == "email" else self.telepon
        return ways or (self.folder,)

    def _lewat(self, channel: Saluran, promise: Janji, letter: Surat) -> Hasil:
        """One way. Raises TakJelas: then no other way is tried, or the message might come twice."""
        try:
            channel.kirim(letter)
        except AlamatDitolak as error:
            return _failed(promise, channel.nama, error.alasan)
        except Exception as error:
            if (self.sekarang() - datetime.fromisoformat(promise.waktu)).total_seconds() < MENYERAH:
                # Without its cause, whose text may hold the address and would be logged.
                raise TakJelas(f"{channel.nama}: {type(error).__name__}") from None
            return _failed(promise, channel.nama, "tidak_terkirim")
        return Hasil(kunci=promise.kunci, cara="luar", nasib=TERKIRIM, saluran=channel.nama)

    def _alamat(self, kabar: Kabar) -> Mapping[str, Any] | None:
        """The account's newest contact, or the one given with the application; None: nowhere."""
        known = self.kontak.read(ACUAN, kabar.akun) if kabar.akun else None
        contact = known.state if known and known.state else kabar.kontak
        usable = contact is not None and contact.get("aktif", True) and contact.get("nilai")
        return contact if usable else None

    def _naskah(self, kabar: Kabar, promise: Janji) -> Naskah:
        office = self._rujukan(f"kantor.{kabar.kantor}")
        service = self._rujukan(f"layanan.{kabar.layanan}")
        due = promise.isi.get("jatuh_tempo")
        filled = {
            "layanan": service.get("nama") or kabar.layanan,
            "nomor_resi": kabar.nomor_resi or "-",
            "permohonan": kabar.id,
            "kantor": office.get("nama") or kabar.kantor,
            "telepon": f"Telepon {office['telepon']}." if office.get("telepon") else "",
            "jam": f"Jam layanan: {office['jam']}." if office.get("jam") else "",
            "catatan": "\n".join(f"- {note}" for note in kata(kabar, promise.isi)),
            "situs": self.situs,
            "tempat": promise.isi.get("tempat", ""),
            "jatuh_tempo": waktu_panjang(datetime.fromisoformat(due).astimezone(self.zona)) if due else "",
        }
        return susun(self.templat[promise.langkah], filled)

    def _rujukan(self, id: str) -> Mapping[str, Any]:
        found = self.rujukan.read(ACUAN, id)
        return (found.state if found else None) or {}


def selesai(state: State, hasil: Hasil, at: Moment) -> Decision:
    """Record the outcome of one way; told as `pesan.terkirim` or `pesan.digagalkan`."""
    kabar = from_state(state)
    promise = kabar.janji[hasil.kunci]
    done = replace(promise, saluran={**promise.saluran, hasil.cara: hasil.nasib})
    data = {
        "pesan": promise.pesan,
        "langkah": promise.langkah,
        "saluran": hasil.saluran,
        "waktu": teks(at.now),
    }
    told: tuple[NewEvent, ...] = ()
    if hasil.nasib == TERKIRIM:
        told = (NewEvent("pesan.terkirim", data),)
    elif hasil.nasib == GAGAL:
        told = (NewEvent("pesan.digagalkan", data | {"alasan": hasil.alasan}),)
    return Decision(to_state(kabar.dengan(done)), told)


def _row(kabar: Kabar, promise: Janji, words: Naskah) -> Baris:
    return Baris(
        scope=kabar.kantor,
        id=promise.pesan,
        kepada=f"akun:{kabar.akun}" if promise.kepada == PEMOHON else promise.kepada,
        langkah=promise.langkah,
        permohonan=kabar.id,
        judul=words.judul,
        isi=words.isi,
        waktu=promise.waktu,
    )


def _failed(promise: Janji, channel: str, reason: str) -> Hasil:
    return Hasil(kunci=promise.kunci, cara="luar", nasib=GAGAL, saluran=channel, alasan=reason)
