"""Signatures of a letter (R2): whose, in which order, by which means; who is next, and what follows the last one.

A letter holds `tanda`, one entry per signer in his turn: {peran, akun, kantor, cara, waktu when done}. `lembar` is the
PDF so far: {objek, sha256, ukuran}. `menanti` of the case says for whom it waits: an account, or `basah` (the counter).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dokumen.domain import kunci, surat, tahan
from dokumen.domain import perkara as p
from dokumen.domain.galat import BelumGiliran, DokumenSalah
from dokumen.domain.langkah import Janji, Langkah, Perkara
from dokumen.domain.surat import MENUNGGU, Bernomor
from dokumen.domain.waktu import utc

SEGEL, TTE, BASAH = "segel", "tte", "basah"
CARA = frozenset({SEGEL, TTE, BASAH})
Letter = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lembar:
    """A stored PDF of a letter."""

    sha256: str
    ukuran: int


def rencana(pejabat: Sequence[Mapping[str, Any]], cara: Sequence[str]) -> tuple[str, list[dict[str, Any]]]:
    """The kind of the whole letter, and the signers in their turn.

    Ink goes with ink: who signs after a stamped sheet signs the same sheet. The letter is called `tte` only if every
    signature is.
    """
    means = [BASAH] * len(cara) if BASAH in cara else list(cara)
    kind = means[0] if len(set(means)) == 1 else SEGEL
    turns = [
        {"peran": who["peran"], "akun": who["akun"], "kantor": who["kantor"], "cara": by}
        for who, by in zip(pejabat, means, strict=True)
    ]
    return kind, turns


def sekaligus(letter: Letter) -> bool:
    """Whether seals alone make it: then it is issued in one step."""
    return all(turn["cara"] == SEGEL for turn in letter.get("tanda", ()))


def giliran(letter: Letter) -> Mapping[str, Any] | None:
    """The next signer; None after the last."""
    return next((turn for turn in letter.get("tanda", ()) if not turn.get("waktu")), None)


def siap(
    perkara: Perkara, tempat: tuple[str, str], id: str, hasil: Bernomor, lembar: Lembar, waktu: datetime
) -> Langkah:
    """Numbered and written: `surat.disiapkan`; now it waits for its signatures."""
    letter = perkara["surat"][id]
    if letter["status"] != MENUNGGU or letter.get("lembar"):
        return Langkah(perkara=perkara)
    fields = {**surat.bernomor(letter, hasil), "lembar": _sheet(tempat, lembar)}
    state = p.ubah_isi(tahan.lepas(perkara, id), "surat", id, **fields)
    return _berikut(state, id, waktu, (surat.fakta_disiapkan(id, state["surat"][id], waktu),))


def boleh(letter: Letter, akun: str) -> None:
    """Only the official whose record stands under the letter, and only in his turn. Raises `BelumGiliran`."""
    turn = giliran(letter)
    if letter["status"] != MENUNGGU or not letter.get("lembar") or turn is None:
        raise BelumGiliran("Surat ini tidak menunggu tanda tangan. Muat ulang daftar surat.")
    if turn["cara"] != TTE:
        raise BelumGiliran("Surat ini ditandatangani di atas kertas atau disegel, bukan dengan frasa sandi.")
    if turn["akun"] != akun:
        raise BelumGiliran("Bukan giliran Anda menandatangani surat ini.")


def ditandatangani(
    perkara: Perkara, tempat: tuple[str, str], id: str, dari: str, lembar: Lembar, waktu: datetime
) -> Langkah:
    """The signature of whoever is next, on the sheet `dari`. A sheet that changed meanwhile is refused."""
    letter = perkara["surat"][id]
    turn = giliran(letter)
    if letter["status"] != MENUNGGU or turn is None or letter["lembar"]["sha256"] != dari:
        raise DokumenSalah("Surat ini sudah ditandatangani atau berubah. Muat ulang daftar surat.")
    done = {**turn, "waktu": utc(waktu)}
    turns = [done if one is turn else one for one in letter["tanda"]]
    state = p.ubah_isi(tahan.lepas(perkara, id), "surat", id, tanda=turns, lembar=_sheet(tempat, lembar))
    return _berikut(state, id, waktu, ())


def batal(perkara: Perkara, id: str, alasan: str, oleh: str, waktu: datetime) -> Langkah:
    """A numbered letter that is not going to be signed: its numbers become void, and the case gets a new letter."""
    if perkara["surat"][id]["status"] != MENUNGGU:
        raise DokumenSalah("Surat ini sudah terbit. Surat yang terbit dicabut, bukan dibatalkan.")
    gone = {"alasan": alasan, "oleh": oleh, "waktu": utc(waktu)}
    state = menanti(
        p.ubah_isi(
            tahan.lepas(_tanpa_lembar(perkara, id), id), "surat", id, status=surat.BATAL, dibatalkan=gone
        ),
        waktu,
    )
    void = Janji(id=f"batal_nomor.{id}", jenis="batal_nomor", data={"surat": id})
    done = (f"terbitkan.{id}", f"bubuhkan.{id}", f"sahkan.{id}", f"periksa_pindaian.{id}")
    return Langkah(perkara=state, janji=(void,), selesai=done)


def _berikut(state: Perkara, id: str, waktu: datetime, fakta: tuple[Any, ...]) -> Langkah:
    """Who is next; after the last signature the letter is in force."""
    letter = state["surat"][id]
    turn = giliran(letter)
    if turn is None:
        final = {name: letter["lembar"][name] for name in ("objek", "sha256", "ukuran")}
        made = surat.mulai_berlaku(_tanpa_lembar(state, id), id, final, waktu)
        whole = menanti(made.perkara, waktu)
        return Langkah(perkara=whole, fakta=(*fakta, *made.fakta), janji=made.janji)
    seal = Janji(id=f"bubuhkan.{id}", jenis="bubuhkan", data={"surat": id})
    return Langkah(perkara=menanti(state, waktu), fakta=fakta, janji=(seal,) if turn["cara"] == SEGEL else ())


def menanti(state: Perkara, waktu: datetime) -> Perkara:
    """With whom the case waits for, so that they find it: the first of its letters that a person has to sign."""
    turns = [giliran(letter) for letter in menunggu(state).values()]
    who = next((BASAH if t["cara"] == BASAH else t["akun"] for t in turns if t and t["cara"] != SEGEL), None)
    if who is None:
        return p.ubah(state, menanti=None)
    before = state.get("menanti") or {}
    return p.ubah(
        state, menanti=before if before.get("untuk") == who else {"untuk": who, "sejak": utc(waktu)}
    )


def menunggu(state: Mapping[str, Any]) -> dict[str, Letter]:
    """Letters that are written and wait for a signature."""
    return {id: s for id, s in state["surat"].items() if s["status"] == MENUNGGU and s.get("lembar")}


def _tanpa_lembar(state: Perkara, id: str) -> Perkara:
    letter = {name: value for name, value in state["surat"][id].items() if name != "lembar"}
    return {**state, "surat": {**state["surat"], id: letter}}


def _sheet(tempat: tuple[str, str], lembar: Lembar) -> dict[str, Any]:
    return {
        "objek": kunci.bersih(*tempat, lembar.sha256), "sha256": lembar.sha256, "ukuran": lembar.ukuran
    }  # fmt: skip


def berikut(state: Perkara, id: str, waktu: datetime) -> Langkah:
    """For other ways of signing: every signer has signed, `lembar` is the final sheet."""
    return _berikut(state, id, waktu, ())
