"""Who stands in for a lurah or camat is told to the deputy and to those whom it concerns (R12).

The official himself hears of it when somebody else entered it; the camat of every deputy of a lurah.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notifikasi.domain.kirim import Data, Kirim
from notifikasi.domain.naskah import tanggal_panjang
from notifikasi.domain.penerima import AKUN, kotak

_CARA = {"plh": "Plh.", "plt": "Plt.", "an": "a.n."}
_KECAMATAN = 6  # digits of its code


def kabarkan(data: Data) -> tuple[Kirim, ...]:
    """Once when it is entered, once when it is ended early."""
    word = "wakil_dicabut" if data["dicabut"] else "wakil_dicatat"
    days = {name: tanggal_panjang(date.fromisoformat(data[name])) for name in ("mulai", "sampai")}
    said = (
        {name: str(data[name]) for name in ("akun", "untuk", "dasar")} | days | {"cara": _CARA[data["cara"]]}
    )
    return tuple(
        Kirim(langkah=word, kunci=f"{word}.{who}", kepada=inbox, isi=said) for who, inbox in _siapa(data)
    )


def _siapa(data: Data) -> Iterator[tuple[str, str]]:
    yield "wakil", f"{AKUN}{data['akun']}"
    if data["oleh_peran"] != data["peran"]:
        yield data["peran"], kotak(data["peran"], data["kantor"])
    if data["peran"] != "camat":
        yield "camat", kotak("camat", data["kantor"][:_KECAMATAN])
