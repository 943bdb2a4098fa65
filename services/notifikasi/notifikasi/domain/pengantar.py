"""A confirmation by RT and RW in place of their paper (R9): who gets the link, and what the applicant hears of it."""

from __future__ import annotations

from typing import Final

from notifikasi.domain.kabar import Kabar
from notifikasi.domain.kirim import PENGURUS, Data, Kirim

_KERTAS: Final = {
    "bukan": "pengantar_bukan",
    "tidak_dijawab": "pengantar_kertas",
    "tidak_terdaftar": "pengantar_kertas",
}
"""Ends of an asking after which the applicant has to do something; of the others he knows."""


def diminta(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """The applicant hears once per asking until when his RT may answer."""
    if data["pihak"] != "rt":
        return ()
    until = {"jatuh_tempo": str(data["sampai"])}
    return (Kirim(langkah="pengantar_diminta", kunci=f"pengantar_diminta.{data['urut']}", isi=until),)


def diterbitkan(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    return (Kirim(langkah="pengantar_terbit", kunci=f"pengantar_terbit.{data['putaran']}"),)


def ditutup(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    step = _KERTAS.get(data["sebab"])
    return (Kirim(langkah=step, kunci=f"{step}.{data['waktu']}"),) if step else ()


def tautan(data: Data) -> tuple[Kirim, ...]:
    """The link itself, to whom `pengantar.dibagikan` names."""
    said = {"urut": str(data["urut"]), "jatuh_tempo": str(data["sampai"])}
    step = f"pengantar_{data['pihak']}"
    return (Kirim(langkah=step, kunci=f"pengantar.{data['urut']}", kepada=PENGURUS, isi=said),)


def tujuan(kabar: Kabar, urut: str) -> Data | None:
    """Where this link goes; None once it opens nothing any more."""
    asked = kabar.pengurus
    return asked["kontak"] if asked is not None and str(asked["urut"]) == urut else None
