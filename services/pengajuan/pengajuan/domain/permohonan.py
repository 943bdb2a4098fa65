"""The case: one application of one or more persons for one letter of one office.

Immutable; the functions of the sibling modules return a new case and the facts that became true.
History and codes are free of personal data; names, NIK and answers live in `pemohon`, `subjek`, `data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.pengantar import Pengantar
from pengajuan.domain.status import BOLEH, Status


class Kanal(StrEnum):
    DARING = "daring"
    LOKET = "loket"


class Hubungan(StrEnum):
    """Who files for the subject (R7); `orang_lain` needs a surat kuasa."""

    DIRI_SENDIRI = "diri_sendiri"
    SATU_KK = "satu_kk"
    ORANG_LAIN = "orang_lain"


class Cara(StrEnum):
    """How a required paper comes: uploaded, brought to the counter, or said to be missing (R6)."""

    UNGGAH = "unggah"
    LOKET = "loket"
    TIDAK_PUNYA = "tidak_punya"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pelaku:
    """Who acts: account id and role code as in the token."""

    id: str
    peran: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kontak:
    """Where messages of this case go; `nilai` is E.164 or an e-mail address, None for `tidak_ada`."""

    jenis: Literal["telepon", "email", "tidak_ada"]
    nilai: str | None = None


TANPA_KONTAK = Kontak(jenis="tidak_ada")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pemohon:
    """Who files, answers and collects; `akun` is the resident's account, None for a walk-in without one.

    `orang_h` is the keyed hash of NIK and name by which a known person finds what a counter filed for him (R13). A case
    filed online has none: a NIK that somebody merely typed finds nothing (R1).
    """

    nama: str
    nik: str | None = None
    akun: str | None = None
    orang_h: str | None = None
    kontak: Kontak = TANPA_KONTAK


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjek:
    """A person the letter is about."""

    nama: str
    nik: str | None = None
    kk: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JalanSyarat:
    """The way one paper comes; `alasan` is the resident's own text for `tidak_punya`.

    `pilihan` says which paper of a slot with `salah_satu` it is.
    """

    cara: Cara
    alasan: str | None = None
    pilihan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Berkas:
    """A clean paper as dokumen reported it; `sha256` hex of the stored bytes, `putaran` it was sent for."""

    id: str
    syarat: str
    sha256: str
    putaran: int
    pada: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kekurangan:
    """One point of a deficiency list: code of a paper or field, reason code, and text for the resident alone."""

    jenis: Literal["syarat", "medan"]
    kode: str
    alasan: str
    catatan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pembebasan:
    """A clerk's acceptance without a paper: reason code and text, seen by every signer (R6)."""

    syarat: str
    kode: str
    catatan: str
    oleh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengkap:
    """The moment a clerk found the case complete: round, hash of papers and data, drafter's account."""

    putaran: int
    hash: str
    konseptor: str
    pada: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Surat:
    """The issued letter as dokumen reported it."""

    id: str
    tanggal: date
    rilis: str
    jenis: str = ""
    """Code of a letter beside the service's own (N6 beside N1)."""
    dicabut: str | None = None
    """Reason code of a revocation."""
    dimusnahkan: bool = False
    pada: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Terusan:
    """A case forwarded to another office (R9): its name, the day, the letter's reference there, and the result."""

    kantor: str
    tanggal: date
    rujukan: str
    hasil: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pindahan:
    """The other half of a misfiled case (R7): its office and its id there; `tiba` once it is known to be there."""

    kantor: str
    permohonan: str
    tiba: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Koreksi:
    """One answer a clerk corrected against a paper: before and after, the paper's id, the clerk's account."""

    medan: str
    lama: object
    baru: object
    berkas: str
    oleh: str
    pada: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IzinDaftar:
    """The lurah's consent to a second list in one round: which points it may name beside changed papers."""

    putaran: int
    kode: tuple[str, ...]
    oleh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catatan:
    """An official's words beside a code; personal, newest list only."""

    kode: str
    teks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Riwayat:
    """One line of the history: code, time, role code of who did it, round, further codes."""

    kode: str
    waktu: datetime
    oleh: str
    putaran: int
    rincian: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permohonan:
    """The whole case; `resi` and `rahasia_hash` (of the tracking secret) are given when the draft is made."""

    id: str
    kantor: str
    layanan: str
    versi_layanan: int
    resi: str
    rahasia_hash: str
    kanal: Kanal
    dibuat_oleh: str
    dibuat_pada: datetime
    pemohon: Pemohon
    hubungan: Hubungan
    status: Status = Status.DRAF
    putaran: int = 1
    data: Mapping[str, object] = field(default_factory=dict)
    subjek: tuple[Subjek, ...] = ()
    jalan: Mapping[str, JalanSyarat] = field(default_factory=dict)
    berkas: tuple[Berkas, ...] = ()
    kekurangan: tuple[Kekurangan, ...] = ()
    pembebasan: tuple[Pembebasan, ...] = ()
    lengkapi_sampai: datetime | None = None
    lengkap: Lengkap | None = None
    surat: Surat | None = None
    beserta: tuple[Surat, ...] = ()
    """Letters beside the service's own, one per kind."""
    terusan: Terusan | None = None
    asal: str | None = None
    """Id of the ended case whose answers this one began with."""
    pindah_ke: Pindahan | None = None
    pindah_dari: Pindahan | None = None
    rahasia_dari: str | None = None
    """Id of the case whose tracking secret it shares: who moved keeps the secret he has on paper."""
    diingatkan: tuple[str, ...] = ()
    """Reminders already told, by last day and number."""
    koreksi: tuple[Koreksi, ...] = ()
    izin_daftar: IzinDaftar | None = None
    pengantar: Pengantar | None = None
    di_kecamatan: bool = False
    pembatalan_diminta: bool = False
    dilengkapi_petugas: bool = False
    kekurangan_kantor: tuple[Kekurangan, ...] = ()  # sent back by the kecamatan; empty once it is there again
    tenggat: Mapping[str, str] = field(default_factory=dict)  # due times (RFC 3339) by part of the flow
    gangguan: tuple[str, ...] = ()  # services in which this case is set aside (R14)
    catatan: tuple[Catatan, ...] = ()
    diajukan_pada: datetime | None = None
    berakhir_pada: datetime | None = None
    """The real moment it ended: retention counts from here (R15)."""
    dihapus: Mapping[str, str] = field(default_factory=dict)
    """What was erased, and when (RFC 3339)."""
    riwayat: tuple[Riwayat, ...] = ()

    def jawaban(self) -> Mapping[str, object]:
        """What conditions look at: the answers and `hubungan`."""
        return {**self.data, "hubungan": self.hubungan.value}

    @property
    def semua_surat(self) -> tuple[Surat, ...]:
        return (*((self.surat,) if self.surat else ()), *self.beserta)

    def dengan_surat(self, surat: Surat) -> Permohonan:
        """The newest letter of its kind, in the place of an earlier one."""
        if not surat.jenis:
            return replace(self, surat=surat)
        known = {s.jenis: s for s in self.beserta} | {surat.jenis: surat}
        return replace(self, beserta=tuple(known.values()))

    def menjadi(self, status: Status, langkah: str) -> Permohonan:
        """The case in another state; raises TransisiSalah where no way leads there."""
        if status not in BOLEH[self.status]:
            raise salah_status(self, langkah)
        return replace(self, status=status)

    def dicatat(
        self, kode: str, waktu: datetime, oleh: str, rincian: Mapping[str, str | int] | None = None
    ) -> Permohonan:
        """The case with one more line of history."""
        line = Riwayat(kode=kode, waktu=waktu, oleh=oleh, putaran=self.putaran, rincian=rincian or {})
        return replace(self, riwayat=(*self.riwayat, line))


def salah_status(kasus: Permohonan, langkah: str) -> TransisiSalah:
    """The refusal of a step that the present state does not allow."""
    status = kasus.status.value.replace("_", " ")
    return TransisiSalah(
        "status-tidak-sesuai",
        f"Permohonan ini berstatus {status}, jadi tidak bisa {langkah}. Muat ulang halaman ini.",
    )
