"""Shapes of requests and answers; field names are Indonesian, times RFC 3339 UTC."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Reason code.")]
KodeKantor = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{4})?$", description="Office code.")]
Peran = Literal["kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat"]


class Masukan(BaseModel):
    """Unknown fields of a request are refused: a typing error must not go unseen."""

    model_config = ConfigDict(extra="forbid")


class Kekurangan(Masukan):
    jenis: Literal["syarat", "medan"]
    kode: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
    alasan: Kode
    teks: Annotated[str, Field(max_length=500)] | None = None


class KeputusanMasuk(Masukan):
    keputusan: Literal["paraf", "setuju", "kembalikan", "tolak"]
    target: Literal["warga", "kelurahan"] | None = None
    kekurangan: Annotated[list[Kekurangan], Field(max_length=50)] = []
    alasan: Kode | None = None
    teks: Annotated[str, Field(max_length=1000)] | None = None


class KeputusanKeluar(BaseModel):
    id: str
    permohonan: str
    keputusan: str
    tahap: str
    berikutnya: str | None = Field(None, description="Role whose turn it is now.")


class TugasRingkas(BaseModel):
    id: str
    permohonan: str
    kantor: str
    layanan: str
    nama_layanan: str
    langkah: str
    seksi: str | None = None
    putaran: int
    jatuh_tempo: str
    terlambat: bool
    menunggu_di_loket: bool = Field(False, description="The resident waits at the counter.")
    menunggu_sejak: str | None = Field(None, description="When the counter said so.")


class DaftarTugas(BaseModel):
    tugas: list[TugasRingkas]
    cursor: str | None = None


class BerkasTugas(BaseModel):
    id: str
    syarat: str


class RiwayatTugas(BaseModel):
    langkah: str
    peran: str
    putaran: int
    keputusan: str
    oleh: str
    waktu: str


class CatatanTugas(BaseModel):
    langkah: str
    peran: str
    putaran: int
    oleh: str
    teks: str
    waktu: str


class Dikembalikan(BaseModel):
    peran: str
    oleh: str
    waktu: str
    kekurangan: list[Kekurangan]


class TugasLengkap(TugasRingkas):
    status: Literal["terbuka", "diputus", "gugur"]
    peran: str
    boleh_memutus: bool
    pilihan: list[str] = Field(description="Decisions this step knows.")
    konseptor: str
    hash: str = Field(description="Digest of papers and answers that is decided about.")
    nomor_resi: str | None = None
    pemohon: dict[str, Any] | None = None
    subjek: list[dict[str, Any]] = []
    hubungan: str | None = None
    jawaban: dict[str, Any] = {}
    pembebasan: list[dict[str, Any]] = []
    berkas: list[BerkasTugas]
    riwayat: list[RiwayatTugas]
    dikembalikan: Dikembalikan | None = Field(
        None, description="What the kecamatan sent back in this round, for the kelurahan to complete."
    )
    catatan: list[CatatanTugas] = Field([], description="Notes of officials to the next.")


class PejabatMasuk(Masukan):
    nama: Annotated[str, Field(min_length=3, max_length=120)]
    nip: Annotated[str, Field(pattern=r"^[0-9]{18}$")] | None = None
    pangkat: Annotated[str, Field(max_length=80)] | None = None
    jabatan: Annotated[str, Field(min_length=3, max_length=120)]
    peran: Peran
    kantor: KodeKantor
    seksi: Kode | None = None
    aktif: bool = True


class PejabatKeluar(BaseModel):
    akun: str
    nama: str
    nip: str | None = None
    pangkat: str | None = None
    jabatan: str
    peran: str
    kantor: str
    seksi: str | None = None
    aktif: bool


class DaftarPejabat(BaseModel):
    pejabat: list[PejabatKeluar]
    cursor: str | None = None


class Halaman(BaseModel):
    cursor: str | None = Field(None, description="From the answer before.")
    batas: int | None = Field(None, description="1 to 200, default 50.")


class HalamanPejabat(Halaman):
    kantor: str | None = Field(None, description="Office code; default: the caller's own office.")
