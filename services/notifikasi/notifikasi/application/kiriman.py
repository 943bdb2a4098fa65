"""What became of one application's messages, and sending one again, for the counter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from notifikasi.application.hasil import LUAR, todo
from notifikasi.domain.galat import BelumDapatDiulang, MungkinSudahSampai, PesanTidakAda
from notifikasi.domain.kabar import TAK_PASTI, TERTUNDA, Janji
from notifikasi.domain.keadaan import from_state, to_state
from notifikasi.domain.kirim import PEMOHON


def cari(kabar: Aggregates, permohonan: str) -> Outcome:
    """The document of an application. Raises PesanTidakAda."""
    found = kabar.find({"id": permohonan}, limit=1)
    if not found:
        raise PesanTidakAda("Belum ada pesan untuk permohonan ini.")
    return found[0]


def daftar(state: State | None) -> list[dict[str, Any]]:
    """Messages to the applicant, oldest first; no address and no words."""
    promises = [p for p in from_state(state or {}).janji.values() if p.kepada == PEMOHON]
    return [_row(promise) for promise in sorted(promises, key=lambda p: (p.waktu, p.kunci))]


def ulang(
    kabar: Aggregates, ditemukan: Outcome, pesan: str, cause: Cause, *, tetap_kirim: bool = False
) -> Outcome:
    """Send the outside half once more, under a new id. `tetap_kirim`: in spite of an unclear outcome.

    Raises PesanTidakAda, BelumDapatDiulang, MungkinSudahSampai.
    """

    def decide(state: State | None, at: Moment) -> Decision:
        case = from_state(state or {})
        promise = next((p for p in case.janji.values() if p.pesan == pesan and p.kepada == PEMOHON), None)
        if promise is None:
            raise PesanTidakAda("Pesan tidak ditemukan.")
        if promise.saluran.get(LUAR, TERTUNDA) == TERTUNDA:
            raise BelumDapatDiulang(
                "Pesan ini masih dikirim, atau warga tidak memberi kontak. Tunggu sebentar."
            )
        if promise.saluran[LUAR] == TAK_PASTI and not tetap_kirim:
            raise MungkinSudahSampai(
                "Pesan ini mungkin sudah sampai. Tanyakan dulu kepada warga, atau kirim dengan tetap_kirim."
            )
        again = replace(promise, saluran={**promise.saluran, LUAR: TERTUNDA}, ulang=promise.ulang + 1)
        return Decision(to_state(case.dengan(again)), todos=(todo(promise.kunci, LUAR, at.real),))

    return kabar.update(ditemukan.scope, ditemukan.id, decide, cause)


def _row(promise: Janji) -> dict[str, Any]:
    return {
        "id": promise.pesan,
        "langkah": promise.langkah,
        "putaran": promise.putaran,
        "waktu": promise.waktu,
        "saluran": dict(promise.saluran),
        "diulang": promise.ulang,
    }
