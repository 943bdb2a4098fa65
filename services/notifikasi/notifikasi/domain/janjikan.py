"""Promise messages and set them going: at most one promise per step, on the ways that reach the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notifikasi.domain.kabar import TERTUNDA, Janji, Kabar
from notifikasi.domain.kirim import PEMOHON, PENGURUS, Kirim
from notifikasi.domain.pejabat import SEGERA
from notifikasi.domain.penerima import AKUN, PEJABAT, jabatan

TANPA_RESI = frozenset({"tertahan", "wakil_dicatat", "wakil_dicabut"})
"""Messages that need no receipt number: about no application, or about one that may never get through."""


def janjikan(kabar: Kabar, kirim: Iterable[Kirim], ids: tuple[str, ...], waktu: str) -> Kabar:
    """The promises added; a step already promised stays as it is. `ids` are unused message ids."""
    for wanted, id in zip(kirim, ids, strict=False):
        if wanted.kunci not in kabar.janji:
            promise = Janji(
                kunci=wanted.kunci,
                pesan=id,
                langkah=wanted.langkah,
                putaran=kabar.putaran,
                kepada=wanted.kepada,
                waktu=waktu,
                isi=wanted.isi,
            )
            kabar = kabar.dengan(promise)
    return kabar


def jadwalkan(kabar: Kabar) -> tuple[Kabar, tuple[tuple[str, str], ...]]:
    """Give every promise its ways as soon as they are known; new (key, way) pairs to be carried out."""
    started: list[tuple[str, str]] = []
    for key, promise in kabar.janji.items():
        ways = () if promise.saluran else _ways(kabar, promise)
        if ways:
            kabar = kabar.dengan(replace(promise, saluran=dict.fromkeys(ways, TERTUNDA)))
            started += [(key, way) for way in ways]
    return kabar, tuple(started)


def _ways(kabar: Kabar, janji: Janji) -> tuple[str, ...]:
    """In the application for whoever has an account; outside of it where the applicant gave a contact.

    Officials get outside of it what they must hear at once, each at his own contact; a digest only there, for in the
    application their list shows the same and is never old.
    """
    if janji.kepada.startswith(AKUN):
        own = f"luar:{janji.kepada.removeprefix(AKUN)}"
        return (own,) if janji.langkah == "ringkasan" else ("aplikasi", own)
    if janji.kepada == PENGURUS:
        return ("luar",)
    if janji.kepada != PEMOHON:
        if not kabar.nomor_resi and janji.langkah not in TANPA_RESI:
            return ()
        out = janji.langkah in SEGERA and jabatan(janji.kepada)[0] in PEJABAT
        return ("aplikasi", "luar") if out else ("aplikasi",)
    if kabar.kontak is None:
        return ()
    account = ("aplikasi",) if kabar.akun else ()
    outside = ("luar",) if kabar.akun or kabar.kontak["jenis"] != "tidak_ada" else ()
    return (*account, *outside)
