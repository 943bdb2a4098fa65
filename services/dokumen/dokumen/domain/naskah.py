"""What a letter says, as values: the letterhead, the person, the statement, the signer, the mark of verification.

Every text is final (already in the wording of the letter); only dates are formatted here. Shape of a title letter
("bentuk judul") and of the person's table: Permendagri 1/2023, article 14, and letters in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Literal

from dokumen.domain.tanggal import panjang

Kertas = Literal["A4", "F4"]
# How a letter is signed (R2). `tte_uji`: by personal certificates of the local test authority, certified by nobody.
Tanda = Literal["segel", "basah", "tte", "tte_uji"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kop:
    """The letterhead. `alamat` is the street; phone, e-mail and post code are lines of their own in the same row."""

    pemerintah: str
    kecamatan: str
    kelurahan: str
    alamat: str
    telepon: str
    surel: str
    kode_pos: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kantor:
    """The office that speaks: `Mekarjaya`, `Sukmajaya`, `Kota Depok`, bare; `tempat` stands before the date."""

    kelurahan: str
    kecamatan: str
    kota: str
    tempat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Orang:
    """The person the letter is about. `alamat` is the street of the KTP; RT and RW have three digits.

    Both are empty where `alamat` is the whole address as on the KTP of another place.
    """

    nama: str
    nik: str
    jenis_kelamin: str
    tempat_lahir: str
    tanggal_lahir: date
    kewarganegaraan: str
    agama: str
    pekerjaan: str
    status_kawin: str
    alamat: str
    rt: str
    rw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengantar:
    """The RT/RW letter the statement rests on."""

    rt: str
    rw: str
    nomor: str
    tanggal: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Penandatangan:
    """The signature block. `awalan` is a line above the title ("a.n. CAMAT SUKMAJAYA") or empty."""

    jabatan: str
    nama: str
    pangkat: str
    nip: str
    awalan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifikasi:
    """`url` goes into the QR (with the token), `kode` and `situs` are printed below it."""

    url: str
    kode: str
    situs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Domisili:
    """What an SKDOM states. `tempat_tinggal`: "rumah sendiri", "rumah sewa/kontrak", "kamar kos", …

    `sejak` is a day, or already in words where only the month is known ("Maret 2021").
    """

    alamat: str
    rt: str
    rw: str
    sejak: date | str
    tempat_tinggal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TidakMampu:
    """What an SKTM states. `untuk` and `hubungan` stay empty when it is for the person himself; so does `lembaga`."""

    kepala_keluarga: str
    tanggungan: int
    penghasilan: str
    untuk: str = ""
    hubungan: str = ""
    lembaga: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naskah:
    """A whole letter. `tanda` is the kind of signature (R2); `mengetahui` reserves the camat's place (R4)."""

    judul: str
    nomor: str
    tanggal: date
    kop: Kop
    kantor: Kantor
    orang: Orang
    isi: Domisili | TidakMampu
    keperluan: str
    penandatangan: Penandatangan
    verifikasi: Verifikasi
    pengantar: Pengantar | None = None
    tanda: Tanda = "segel"
    kertas: Kertas = "A4"

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
    return value
