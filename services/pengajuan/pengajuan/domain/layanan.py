"""The catalogue model: one service with its form, requirements, product, release and legal ground.

Values are proposed (`usulan`) until an office confirms them by decree (R16); a case keeps the version
it was filed under. The first segment of what the other services need (template, klasifikasi, alur) is
carried as a name only: dokumen and persetujuan own its content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pengajuan.domain.kondisi import Kondisi, terpenuhi


class Jenis(StrEnum):
    """Kinds of form fields; the value after validation in brackets."""

    NAMA = "nama"  # str, spaces folded
    TEKS = "teks"  # str, one line
    PARAGRAF = "paragraf"  # str, may hold line breaks
    NIK = "nik"  # str, 16 digits
    KK = "kk"  # str, 16 digits
    TANGGAL = "tanggal"  # str, YYYY-MM-DD
    BULAN = "bulan"  # str, YYYY-MM
    PILIHAN = "pilihan"  # str, code of the option
    ANGKA = "angka"  # int
    RT_RW = "rt_rw"  # str, three digits
    YA_TIDAK = "ya_tidak"  # bool
    CENTANG = "centang"  # bool, must be true when required


class Asli(StrEnum):
    """What happens to the original before release (R8)."""

    DITUNJUKKAN = "ditunjukkan"
    DISERAHKAN = "diserahkan"
    CEK_QR = "cek_qr"


class Rilis(StrEnum):
    LANGSUNG = "langsung"
    SETELAH_ASLI_DILIHAT = "setelah_asli_dilihat"
    HANYA_LOKET = "hanya_loket"


class Alur(StrEnum):
    """Flow codes of R9; the steps belong to persetujuan."""

    LURAH = "LURAH"
    CAMAT = "CAMAT"
    KECAMATAN = "KECAMATAN"
    TERUSKAN = "TERUSKAN"
    INFO = "INFO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aturan:
    """Limits of a field: value (`min`, `maks`), length, pattern with its own message, past dates only."""

    min: int | None = None
    maks: int | None = None
    min_panjang: int | None = None
    maks_panjang: int | None = None
    pola: str | None = None
    pola_pesan: str | None = None
    lampau: bool = False
    """Date or month not after today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilihan:
    kode: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Medan:
    """One form field; with `bila` it is asked only when the condition holds."""

    id: str
    jenis: Jenis
    label: str
    bantuan: str = ""
    wajib: bool = True
    bila: Kondisi | None = None
    aturan: Aturan = field(default_factory=Aturan)
    pilihan: tuple[Pilihan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Syarat:
    """One required paper; `salah_satu` lists papers of which any one fills this slot (R6)."""

    kode: str
    label: str
    bantuan: str
    wajib: bool = True
    bila: Kondisi | None = None
    salah_satu: tuple[Pilihan, ...] = ()
    asli: Asli = Asli.DITUNJUKKAN
    maks_berkas: int = 1
    pakai_ulang_bulan: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjekMedan:
    """Which form fields hold a person the letter is about (R7)."""

    nama: str
    nik: str | None = None
    kk: str | None = None
    nik_wajib: bool = True
    bila: Kondisi | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Penetapan:
    """`usulan`, or `ditetapkan` with the decree's number and date."""

    status: str
    sk_nomor: str | None = None
    sk_tanggal: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Penerusan:
    """The office that a checked case is forwarded to (R9 TERUSKAN): no number, no promised days of ours."""

    kantor: str
    keterangan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Informasi:
    """What people are told where nothing can be filed (R9 INFO): why not, where to go, what to bring."""

    alasan: str
    tempat: str
    jam: str
    bawa: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dibatasi:
    """A rule tells offices not to issue it; each office that does must say so itself (R9 restricted)."""

    alasan: str
    jalan_lain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layanan:
    """One service of the catalogue; `sidik` is the SHA-256 of its content (hex).

    Services that end in a letter have all of it; TERUSKAN has `penerusan` and no letter; INFO is a page only.
    """

    kode: str
    versi: int
    sidik: str
    nama: str
    ringkasan: str
    kata_cari: tuple[str, ...]
    kategori: str
    seksi: str
    alur: Alur
    produk: str
    penetapan: Penetapan
    dasar_hukum: tuple[str, ...]
    biaya_lain: tuple[str, ...] = ()
    penandatangan: str | None = None
    template: str | None = None
    bentuk: str | None = None
    klasifikasi: str | None = None
    rilis: Rilis | None = None
    hari: int | None = None
    batas_lengkapi_hari: int = 14
    masa_berlaku_hari: int | None = None
    subjek: tuple[SubjekMedan, ...] = ()
    medan: tuple[Medan, ...] = ()
    syarat: tuple[Syarat, ...] = ()
    penerusan: Penerusan | None = None
    informasi: Informasi | None = None
    dibatasi: Dibatasi | None = None

    def syarat_berlaku(self, jawaban: Mapping[str, object], batas: Mapping[str, int]) -> tuple[Syarat, ...]:
        """Requirements whose condition holds for these answers (with `hubungan` among them)."""
        return tuple(s for s in self.syarat if terpenuhi(s.bila, jawaban, batas))

    def satu_syarat(self, kode: str) -> Syarat | None:
        return next((s for s in self.syarat if s.kode == kode), None)
