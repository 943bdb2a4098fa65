"""Sign with an official's own certificate: one passphrase, up to fifty letters, each told apart (R2)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from chassis.aggregate import Aggregates, Cause, Conflict, Decision, Moment, State
from chassis.ports.errors import PortError
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Batas, Penunjuk, Tempat
from dokumen.application.simpan import Simpan
from dokumen.application.tahan import LASTING
from dokumen.application.tte import Keterangan, Otoritas, Pena
from dokumen.domain import tahan, tanda
from dokumen.domain.galat import DokumenSalah, FrasaSalah, TandaGagal, TteTidakTersedia
from dokumen.domain.perkara import baru
from dokumen.domain.tahan import Ditahan

TRIES, WINDOW = 5, 900  # wrong passphrases per account, and seconds until they are forgotten
TOGETHER, PATIENCE = 4, 18.0  # letters at an outside authority at once, seconds for all of them
AWAY = "Penyimpanan surat sedang sibuk. Surat tetap menunggu; coba lagi sebentar lagi."
LATE = "Belum sempat ditandatangani. Surat tetap menunggu; tekan tanda tangani sekali lagi."


@dataclass(frozen=True, slots=True, kw_only=True)
class Hasil:
    """What became of one letter; `alasan` (a slug) and `pesan` say why it failed."""

    id: str
    berhasil: bool
    alasan: str = ""
    pesan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permintaan:
    """One entry of a passphrase. `frasa` lives as long as the request; nothing here is kept or logged."""

    akun: str
    frasa: str
    ids: Sequence[str]
    cause: Cause

    def __repr__(self) -> str:
        return f"Permintaan({self.akun}, {len(self.ids)} surat)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tugas:
    """One letter that waits for this signer."""

    tempat: Tempat
    letter: Mapping[str, Any]
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class TandaTangani:
    perkara: Aggregates
    simpan: Simpan
    penunjuk: Penunjuk
    otoritas: Otoritas | None
    batas: Batas

    def __call__(self, minta: Permintaan) -> list[Hasil]:
        """One result per letter, in the order asked. Raises `FrasaSalah` and its kin if nothing could be signed."""
        found: dict[str, Hasil | _Tugas] = {id: self._look(minta, id) for id in dict.fromkeys(minta.ids)}
        work = [one for one in found.values() if isinstance(one, _Tugas)]
        done = self._sign(self._open(minta), work) if work else []
        results = {hasil.id: hasil for hasil in (*done, *(f for f in found.values() if isinstance(f, Hasil)))}
        return [results[id] for id in found]

    def ganti_frasa(self, akun: str, lama: str, baru: str) -> None:
        """Raises as `__call__`."""
        otoritas = self._authority(akun)
        try:
            otoritas.ganti_frasa(akun, lama, baru)
        except FrasaSalah:
            self.batas.ambil("frasa", akun, TRIES, WINDOW)
            raise

    def _authority(self, akun: str) -> Otoritas:
        if self.otoritas is None:
            raise TteTidakTersedia("Tanda tangan elektronik belum disiapkan di sini. Hubungi operator.")
        self.batas.habis("frasa", akun, TRIES)
        return self.otoritas

    def _look(self, minta: Permintaan, id: str) -> Hasil | _Tugas:
        place = self.penunjuk.cari("surat", id)
        case = self.perkara.read(place.kantor, place.permohonan) if place else None
        letter = case.state["surat"].get(id) if case else None
        if place is None or letter is None:
            return Hasil(id=id, berhasil=False, alasan="tidak-ditemukan", pesan="Surat ini tidak ada.")
        if any(
            t.get("waktu") and t["akun"] == minta.akun and t["cara"] == tanda.TTE
            for t in letter.get("tanda", ())
        ):
            return Hasil(id=id, berhasil=True)  # by an earlier try of this request, or before it
        try:
            tanda.boleh(letter, minta.akun)
        except DokumenSalah as error:
            return _failed(id, error)
        cause = replace(minta.cause, id=f"{minta.cause.id}:{id}", expected=None)
        return _Tugas(tempat=place, letter=letter, cause=cause)

    def _open(self, minta: Permintaan) -> Pena:
        otoritas = self._authority(minta.akun)
        try:
            return _Dihitung(otoritas.buka(minta.akun, minta.frasa), self.batas, minta.akun)
        except FrasaSalah:
            self.batas.ambil("frasa", minta.akun, TRIES, WINDOW)
            raise

    def _sign(self, pena: Pena, work: Sequence[_Tugas]) -> list[Hasil]:
        """The first alone: a wrong passphrase is asked of an outside authority once and not fifty times."""
        until = time.monotonic() + PATIENCE
        first = self._one(pena, work[0])
        if first.alasan == FrasaSalah.slug:
            raise FrasaSalah(first.pesan)

        def later(task: _Tugas) -> Hasil:
            if time.monotonic() > until:
                return Hasil(id=task.tempat.id, berhasil=False, alasan=TteTidakTersedia.slug, pesan=LATE)
            return self._one(pena, task)

        if self.otoritas is None or not self.otoritas.tersertifikasi:
            return [first, *map(later, work[1:])]
        with ThreadPoolExecutor(TOGETHER, thread_name_prefix="tanda-tangan") as pool:
            return [first, *pool.map(later, work[1:])]

    def _one(self, pena: Pena, task: _Tugas) -> Hasil:
        try:
            self._put(pena, task)
        except (TandaGagal, *LASTING) as error:
            self._hold(task)
            return _failed(task.tempat.id, error if isinstance(error, TandaGagal) else TandaGagal(AWAY))
        except DokumenSalah as error:
            return _failed(task.tempat.id, error)
        except (PortError, Conflict):
            return Hasil(id=task.tempat.id, berhasil=False, alasan=TteTidakTersedia.slug, pesan=AWAY)
        return Hasil(id=task.tempat.id, berhasil=True)

    def _put(self, pena: Pena, task: _Tugas) -> None:
        place, sheet = task.tempat, task.letter["lembar"]
        pdf = pena.tandatangani(self.simpan.buka(sheet["objek"]), self._about(task.letter))
        kept = self.simpan(place, pdf)

        def decide(state: State | None, at: Moment) -> Decision:
            where = (place.kantor, place.permohonan)
            step = tanda.ditandatangani(state or baru(), where, place.id, sheet["sha256"], kept, at.now)
            return keputusan(step, at)

        self.perkara.update(place.kantor, place.permohonan, decide, task.cause)

    def _about(self, letter: Mapping[str, Any]) -> Keterangan:
        turn = tanda.giliran(letter) or {}
        who = next(p for p in letter["penandatangan"] if p["akun"] == turn["akun"])
        return Keterangan(
            bidang=str(turn["peran"]).capitalize(),
            alasan=f"Tanda tangan elektronik {who['jabatan']}",
            tempat=str(letter["kantor"]["kota"]).removeprefix("Kota ").removeprefix("Kabupaten "),
            saat=self.perkara.clock.now(),
        )

    def _hold(self, task: _Tugas) -> None:
        """Somebody has to look at it; it keeps its number and its place."""
        place, turn = task.tempat, tanda.giliran(task.letter) or {}
        why = Ditahan(alasan="tanda_tangan_gagal", peran=turn.get("peran", ""), kantor=turn.get("kantor", ""))

        def decide(state: State | None, at: Moment) -> Decision:
            return keputusan(tahan.surat(state or baru(), place.id, why, "", at.now), at)

        self.perkara.update(
            place.kantor, place.permohonan, decide, replace(task.cause, id=f"{task.cause.id}:gagal")
        )


class _Dihitung:
    """A pen whose wrong passphrases are counted, where only signing shows them."""

    def __init__(self, pena: Pena, batas: Batas, akun: str) -> None:
        self._pena, self._batas, self._akun = pena, batas, akun

    def tandatangani(self, pdf: bytes, keterangan: Keterangan) -> bytes:
        try:
            return self._pena.tandatangani(pdf, keterangan)
        except FrasaSalah:
            self._batas.ambil("frasa", self._akun, TRIES, WINDOW)
            raise


def _failed(id: str, error: DokumenSalah) -> Hasil:
    return Hasil(id=id, berhasil=False, alasan=error.slug, pesan=str(error))
