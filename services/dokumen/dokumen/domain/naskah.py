"""What a letter says, as values: the letterhead, the statement, the signer, the mark of verification.

Every text is final, already in the wording of the letter; only dates are formatted here. Shapes of a title letter
(`judul`) and of a letter to an addressee (`korespondensi`): Permendagri 1/2023, article 14, and letters in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, Literal

from dokumen.domain.tanggal import panjang

Kertas = Literal["A4", "F4"]
# How a letter is signed (R2). `tte_uji`: by personal certificates of the local test authority, certified by nobody.
Tanda = Literal["segel", "basah", "tte", "tte_uji"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kop:
    """The letterhead: lines above the office in smaller letters, the office, its address.

    `alamat` is the street; phone, e-mail and post code are printed in the same block.
    """

    atas: tuple[str, ...]
    kantor: str
    alamat: str
    telepon: str
    surel: str
    kode_pos: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kantor:
    """The office that speaks: `Kelurahan Mekarjaya`, then the bare names; `tempat` stands before the date."""

    nama: str
    kelurahan: str
    kecamatan: str
    kota: str
    tempat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Penandatangan:
    """The signature block. `baris` are the lines above the name, as `dokumen.domain.blok` writes them."""

    baris: tuple[str, ...]
    nama: str
    pangkat: str
    nip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifikasi:
    """`url` goes into the QR (with the token), `kode` and `situs` are printed below it."""

    url: str
    kode: str
    situs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alamat:
    """Whom a letter of the shape `korespondensi` is sent to, and where that is."""

    yth: str
    di: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Naskah:
    """A whole letter. `isi` are the answers in words, by field of the catalogue; None where there was none to give.

    `tanda` is the kind of signature (R2), `sampai` the last day of validity. `mengetahui` reserves the camat's place
    (R4), `mengganti` names the letter that it replaces (R10). A draft (`konsep`) bears a watermark and neither number
    nor code.
    """

    bentuk: Literal["judul", "korespondensi"]
    judul: str
    nomor: str
    tanggal: date
    kop: Kop
    kantor: Kantor
    isi: Mapping[str, Any]
    penandatangan: Penandatangan
    verifikasi: Verifikasi | None
    hal: str = ""
    sampai: date | None = None
    tujuan: Alamat | None = None
    mengetahui: bool = False
    mengganti: str = ""
    opsi: Mapping[str, bool] = field(default_factory=dict)
    tanda: Tanda = "segel"
    kertas: Kertas = "A4"
    konsep: bool = False

    def as_data(self) -> dict[str, object]:
        """Nested dicts of text and numbers, dates in words: what `Renderer.render` takes."""
        return _plain(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mengetahui:
    """The camat's countersignature on a legalised letter: the kecamatan's own register number and date (R4)."""

    nomor: str
    tanggal: date
    kecamatan: str
    penandatangan: Penandatangan
    tanda: Tanda = "segel"

    def as_data(self) -> dict[str, object]:
        """As `Naskah.as_data`."""
        return _plain(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class LembarFormulir:
    """A form filled in by the system, to be signed by people. `model` is its official mark (F-2.01, N2)."""

    judul: str
    model: str
    tanggal: date
    kantor: Kantor
    isi: Mapping[str, Any]
    kertas: Kertas = "A4"
    bentuk: Literal["formulir"] = "formulir"

    def as_data(self) -> dict[str, object]:
        """As `Naskah.as_data`."""
        return _plain(self)


def _plain(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(type(value).__name__)
    return {f.name: _words(getattr(value, f.name)) for f in fields(value)}


def _words(value: object) -> object:
    if isinstance(value, date):
        return panjang(value)
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, Mapping):
        return {key: _words(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_words(inner) for inner in value]
    return value
