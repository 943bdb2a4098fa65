"""Shapes of requests and answers; field names are Indonesian, times RFC 3339 UTC."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

KodeSyarat = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,39}$", description="Requirement code.")]


class Masukan(BaseModel):
    """Unknown fields of a request are refused: a typing error must not go unseen."""

    model_config = ConfigDict(extra="forbid")


class UnggahTanya(BaseModel):
    syarat: KodeSyarat
    tetap: bool = Field(False, description="Send it as it is: no question about warnings.")


class KirimanMeta(BaseModel):
    """`Upload-Metadata` of tus; `tetap` sends a picture as it is, without asking about warnings."""

    syarat: KodeSyarat
    tetap: bool = False


class SaranKeluar(BaseModel):
    kode: Literal["gelap", "buram", "kecil"]
    pesan: str


class BagianKeluar(BaseModel):
    berkas: str
    syarat: str
    halaman: list[int]


class DariKeluar(BaseModel):
    tumpukan: str = Field(description="The pile of scans that it was part of.")
    halaman: list[int]


class BerkasKeluar(BaseModel):
    id: str
    status: Literal["mengunggah", "diperiksa", "peringatan", "bersih", "ditolak", "dihapus", "tumpukan"]
    syarat: str
    putaran: int
    alasan: str | None = Field(None, description="Slug of the reason when refused.")
    pesan: str | None = Field(None, description="The reason in words, with the way out.")
    sha256: str | None = None
    jenis: str | None = None
    ukuran: int | None = None
    diterima: int | None = Field(None, description="Bytes that have arrived, while it is being uploaded.")
    halaman: int | None = None
    pindai: Literal["bersih", "belum"] | None = Field(
        None, description='Whether a malware scanner has seen it; `belum`: "belum dipindai".'
    )
    saran: list[SaranKeluar] = Field(
        [], description="Warnings in words, while and after they are asked about."
    )
    sama_dengan: list[str] = Field([], description="Papers of other requirements with the same bytes.")
    bagian: list[BagianKeluar] = Field([], description="Papers that a pile of scans was divided into.")
    dari: DariKeluar | None = Field(None, description="Whence it comes, if it was part of a pile of scans.")


class SuratTanya(BaseModel):
    permohonan: str


class NomorKeluar(BaseModel):
    kantor: str
    nomor: str


class Perubahan(BaseModel):
    medan: str = Field(description="Field of the application's form.")
    lama: str | int | bool | None = Field(None, description="As the letter in force says it.")
    baru: str | int | bool | None = Field(None, description="As it should be.")


class PerbaikanTampak(BaseModel):
    alasan: str = Field(description="Reason code.")
    perubahan: list[Perubahan]
    disetujui: list[str] = Field(description="Roles that have agreed.")
    menunggu: str | None = Field(None, description="The role that has to agree next.")
    tertahan: str | None = Field(None, description="Code of what is missing.")


class SuratKeluar(BaseModel):
    id: str
    permohonan: str
    status: str
    layanan: str
    jenis: str = Field(description="Which letter it is: the service's own, or another of its case, e.g. N6.")
    judul: str
    tanggal: str
    nomor: list[NomorKeluar]
    rilis: str
    tanda_tangan: str
    berlaku_sampai: str | None = None
    sha256: str | None = None
    diserahkan: bool
    boleh_unduh: bool = Field(description="Whether this caller may download the PDF now.")
    pemberitahuan: str | None = Field(None, description="What the resident reads while the letter waits.")
    bawa: list[BawaKeluar] = Field(
        [], description="Originals to bring, while the letter waits at the counter."
    )
    loket: LoketKeluar | None = Field(None, description="Where and when, as the office says now.")
    diganti_oleh: str | None = Field(None, description="The letter that replaced this one.")
    mengganti: str | None = Field(None, description="The letter that this one replaced.")
    koreksi: dict[str, str | int | bool] | None = Field(
        None, description="Answers in which it differs from its application; for officials."
    )
    perbaikan: PerbaikanTampak | None = Field(
        None, description="A correction that was proposed; for officials."
    )


class DaftarSurat(BaseModel):
    surat: list[SuratKeluar]
    ditahan: str | None = Field(None, description="Code of the reason while no letter can be written.")


class AsliMasuk(Masukan):
    syarat: KodeSyarat
    hasil: Literal["ditunjukkan", "diserahkan", "cek_qr"]


class SerahMasuk(Masukan):
    asli: Annotated[list[AsliMasuk], Field(max_length=50)] = []
    kepada: Literal["pemohon", "kuasa", "kurir"] = "pemohon"
    kode_ambil: Annotated[str, Field(pattern=r"^([0-9]{6})?$", description="What the collector says.")] = ""


class KodeAmbilMasuk(Masukan):
    untuk: Literal["kuasa", "kurir"] = Field(
        description="A person, or an ojek that the applicant books and pays."
    )


class KodeAmbilKeluar(BaseModel):
    kode: str = Field(description="Six digits, for seven days; a newer one makes it void.")
    sampai: str
    petunjuk: str


class TidakSesuaiMasuk(Masukan):
    syarat: Annotated[list[KodeSyarat], Field(min_length=1, max_length=50)]


class BawaKeluar(BaseModel):
    syarat: str
    nama: str
    cara: Literal["ditunjukkan", "diserahkan", "cek_qr"]


class LoketKeluar(BaseModel):
    nama: str
    alamat: str | None = None
    telepon: str | None = None
    jam: str | None = None


class CabutMasuk(Masukan):
    alasan: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Reason code.")]


class PenandaTangan(BaseModel):
    nama: str
    jabatan: str


class VerifikasiKeluar(BaseModel):
    status: Literal["berlaku", "dicabut", "diganti", "kedaluwarsa", "dimusnahkan"]
    warna: Literal["hijau", "kuning", "merah", "abu-abu"]
    keterangan: str
    jenis: str
    nomor: list[str]
    tanggal: str
    kantor: str
    penandatangan: list[PenandaTangan]
    tanda_tangan: str
    berlaku_sampai: str | None = None
    nama: str = Field(description="Masked; empty once the file was destroyed.")
    cocokkan: list[Literal["nama", "nik"]] = Field(description="What may be compared.")


class CocokMasuk(Masukan):
    """Exactly one of both."""

    nama: Annotated[str, Field(min_length=1, max_length=200, description="The whole name.")] | None = None
    nik: Annotated[str, Field(pattern=r"^[0-9]{4}$", description="Last four digits of the NIK.")] | None = (
        None
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.nama is None) == (self.nik is None):
            raise ValueError("isi nama atau 4 angka terakhir NIK, salah satu saja")
        return self


class CocokKeluar(BaseModel):
    hasil: Literal["cocok", "tidak_cocok"]
    sisa: int = Field(description="Tries left in this hour.")


class SegelKeluar(BaseModel):
    penyegel: str
    utuh: bool
    dari_sistem_ini: bool
    waktu: str | None = None


class PemeriksaanKeluar(BaseModel):
    hasil: Literal["asli", "berubah", "tidak_dikenal"]
    keterangan: str
    segel: list[SegelKeluar]
    ditambah: bool = Field(description="Bytes follow the last seal.")
    surat: VerifikasiKeluar | None = None
