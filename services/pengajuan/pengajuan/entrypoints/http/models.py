"""What comes in and goes out of the permohonan paths; unknown fields are refused."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Hubungan = Literal["diri_sendiri", "satu_kk", "orang_lain"]
KODE_LAYANAN = r"^[A-Z][A-Z_]{1,19}$"
KODE_KANTOR = r"^[0-9]{10}$"


class Masukan(BaseModel):
    """A request body."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class CaraSyarat(Masukan):
    kode: str = Field(max_length=40, description="Code of the requirement.")
    cara: Literal["unggah", "loket", "tidak_punya"] = Field(description="How the paper comes (R6).")
    alasan: str | None = Field(None, max_length=500, description="Why it is missing, for `tidak_punya`.")
    pilihan: str | None = Field(
        None, max_length=40, description="Which paper it is, where any one of several will do."
    )


class KontakLoket(Masukan):
    jenis: Literal["telepon", "email"]
    nilai: str = Field(min_length=3, max_length=254)


class PemohonBaru(Masukan):
    """Who files; a resident's account is taken from the token, never from here."""

    nama: str = Field("", max_length=100)
    nik: str | None = Field(None, max_length=40)
    kontak: KontakLoket | None = None


class PermohonanBaru(Masukan):
    layanan: str = Field(pattern=KODE_LAYANAN, description="Service code, e.g. SKDOM.")
    kantor: str = Field(pattern=KODE_KANTOR, description="Code of the kelurahan.")
    jawaban: dict[str, Any] = Field(
        default_factory=dict, description="Answers by field id (GET /v1/layanan/{kode})."
    )
    hubungan: Hubungan = Field("diri_sendiri", description="Applicant to subject (R7).")
    pemohon: PemohonBaru | None = Field(
        None, description="Required of a clerk for a walk-in; otherwise optional."
    )
    syarat: list[CaraSyarat] = Field(default_factory=list, max_length=40)
    pernyataan_benar: bool = Field(False, description="Must be true with ?ajukan=true.")


class BuatQuery(BaseModel):
    ajukan: bool = Field(False, description="File at once instead of keeping a draft.")


class PermohonanUbah(Masukan):
    jawaban: dict[str, Any] = Field(default_factory=dict, description="Changed answers; null removes one.")
    hubungan: Hubungan | None = None
    pemohon: PemohonBaru | None = None
    syarat: list[CaraSyarat] = Field(default_factory=list, max_length=40)
    periksa: bool = Field(
        False, description="Judge the given answers now, so that a page tells its mistakes."
    )


class Ajukan(Masukan):
    syarat: list[CaraSyarat] = Field(default_factory=list, max_length=40)
    pernyataan_benar: Literal[True] = Field(description="The statement that the data are true.")


class Perbaiki(Masukan):
    jawaban: dict[str, Any] = Field(default_factory=dict)
    syarat: list[CaraSyarat] = Field(default_factory=list, max_length=40)


class Tanpa(Masukan):
    """Accepting without a paper (R6): only a clerk, with a reason every signer sees."""

    syarat: str = Field(max_length=40)
    kode: Literal[
        "hilang",
        "terbakar_banjir",
        "belum_punya_ktp",
        "data_sudah_di_kantor",
        "rt_rw_tidak_menjawab",
        "lainnya",
    ] = "lainnya"
    alasan: str = Field(min_length=3, max_length=500)


class Kurang(Masukan):
    jenis: Literal["syarat", "medan"]
    kode: str = Field(max_length=40, description="Code of the requirement or field.")
    alasan: str = Field(max_length=40, description="Reason code.")
    teks: str | None = Field(None, max_length=1000, description="The clerk's words for the resident.")


class Periksa(Masukan):
    hasil: Literal["lengkap", "kurang"]
    tanda_lihat: list[str] = Field(
        default_factory=list, max_length=100, description="View receipts of dokumen."
    )
    tanpa: list[Tanpa] = Field(default_factory=list, max_length=40)
    kekurangan: list[Kurang] = Field(default_factory=list, max_length=60)


class Koreksi(Masukan):
    jawaban: dict[str, Any] = Field(
        min_length=1, description="Corrected answers by field id; null removes one."
    )
    berkas: str = Field(max_length=40, description="Id of the paper that shows the right data.")


class IzinDaftar(Masukan):
    kode: list[str] = Field(
        default_factory=list,
        max_length=60,
        description="Points the second list may name beside changed papers.",
    )


class Teruskan(Masukan):
    """A checked case goes to another office."""

    rujukan: str = Field(min_length=1, max_length=80, description="Number of the covering letter.")
    tanggal: date
    tanda_lihat: list[str] = Field(default_factory=list, max_length=100)
    tanpa: list[Tanpa] = Field(default_factory=list, max_length=40)


class Pindah(Masukan):
    kantor: str = Field(pattern=KODE_KANTOR, description="Code of the kelurahan it belongs to.")


class Hasil(Masukan):
    hasil: Literal["selesai", "ditolak", "diminta_datang"]
    teks: str = Field("", max_length=500, description="The clerk's words for the resident.")


class MintaPengantar(Masukan):
    minta: bool = Field(True, description="False takes the wish of a draft back.")


class Kosong(Masukan):
    """A command that needs no further words."""


class DaftarQuery(BaseModel):
    status: str = Field("", max_length=20, pattern="^[a-z_]*$", description="Only cases in this state.")
    loket: bool = Field(
        False,
        description="For a counter: only cases that the caller may check, or could while they were to be checked.",
    )
    cursor: str = Field("", description="`cursor` of the page before.")
    batas: int = Field(50, ge=1, le=200, description="At most so many.")


class KantorRingkas(BaseModel):
    kode: str
    nama: str = Field(description='Always "Kelurahan X, Kecamatan Y".')
    telepon: str | None = None
    tutup: dict[str, Any] | None = Field(None, description="Closed from–to and why (R20).")


class LayananPendek(BaseModel):
    kode: str
    nama: str
    versi: int


class KantorLain(BaseModel):
    """Where a moved case is, or was."""

    id: str
    nomor_resi: str
    kantor: KantorRingkas


class SyaratKasus(BaseModel):
    kode: str
    label: str
    bantuan: str
    wajib: bool
    asli: str
    maks_berkas: int
    cara: str | None = Field(description="How the applicant brings it; null before filing.")
    pilihan: str | None = Field(None, description="Which paper of `salah_satu` it is.")
    alasan: str | None = Field(None, description="The applicant's own words why it is missing.")
    berkas: list[str] = Field(description="Ids of clean papers in force.")


class PengantarKasus(BaseModel):
    """The confirmation by RT and RW that takes the place of their paper (R9)."""

    keadaan: str | None = Field(description="Null: nobody was asked.")
    tampilan: str = Field(description="The same in a resident's words.")
    boleh_minta: bool
    rt: str
    rw: str
    sampai: str | None = Field(description="Until when RT or RW may answer.")
    nomor: str | None
    tanggal: str | None
    oleh: list[str] = Field(description="Who confirmed: head of the RT, then of the RW.")


class Permohonan(BaseModel):
    """One case as its resident and its officials see it."""

    id: str
    nomor_resi: str
    rahasia_resi: str | None = Field(
        None, description="Tracking secret; only in the answer that made the case."
    )
    status: str
    tampilan: str = Field(description="The state in a resident's words (R19).")
    keterangan: list[str] = Field(description="Notice lines beside the state.")
    langkah_berikut: str
    putaran: int
    kanal: str
    layanan: LayananPendek
    kantor: KantorRingkas
    hubungan: str
    pemohon: dict[str, Any]
    subjek: list[dict[str, Any]]
    jawaban: dict[str, Any]
    syarat: list[SyaratKasus]
    pengantar: PengantarKasus | None = Field(
        None, description="Null where the office or the service has no confirmation by link."
    )
    kekurangan: list[dict[str, Any]]
    kekurangan_kantor: list[dict[str, Any]] = Field(
        default_factory=list, description="What the kecamatan sent back to the office; empty for residents."
    )
    catatan: list[dict[str, Any]]
    pembebasan: list[dict[str, Any]]
    koreksi: list[dict[str, Any]] = Field(description="Answers a clerk corrected against a paper.")
    asal: str | None = Field(None, description="Id of the ended case it began with.")
    pindah_ke: KantorLain | None = Field(None, description="Where a misfiled case goes on (R7).")
    pindah_dari: KantorLain | None = Field(None, description="Where it was filed first.")
    lengkapi_sampai: str | None
    jatuh_tempo: str | None = Field(description="When the letter is due, once the case is complete.")
    surat: dict[str, Any] | None
    terusan: dict[str, Any] | None = Field(
        None, description="Where a forwarded case went: kantor, tanggal, rujukan, hasil."
    )
    dibuat_pada: str
    diajukan_pada: str | None
    izin_unggah: str | None = Field(
        description="Upload grant for dokumen (X-Izin-Unggah); null once it is closed."
    )
    tindakan: list[str] | None = Field(
        None,
        description="Commands that neither the state nor the caller's right refuses now, by the last part of their "
        "path; in the answer of GET alone.",
    )


class PermohonanRingkas(BaseModel):
    id: str
    nomor_resi: str
    status: str
    tampilan: str
    keterangan: list[str]
    layanan: str
    kantor: str
    kanal: str
    putaran: int
    pemohon: str = Field(description="Name of the applicant.")
    dibuat_pada: str
    diajukan_pada: str | None


class PermohonanDaftar(BaseModel):
    isi: list[PermohonanRingkas]
    cursor: str | None = Field(description="For the next page; null at the end.")


class RiwayatBaris(BaseModel):
    kode: str
    waktu: str
    oleh: str = Field(description="Role of who did it.")
    putaran: int
    rincian: dict[str, Any]


class Riwayat(BaseModel):
    isi: list[RiwayatBaris]
