"""Shapes of signing: letters that wait, one passphrase for many, scans of letters signed in ink."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, SecretStr

from dokumen.entrypoints.http.models import Masukan, NomorKeluar

Frasa = Annotated[
    SecretStr, Field(min_length=8, max_length=128, description="Used at once; never kept, never logged.")
]
AKUN = r"^[a-z0-9][a-z0-9._-]{2,59}$"


class SuratDalamAntrean(BaseModel):
    """A letter that waits for somebody, as every queue shows it."""

    id: str
    permohonan: str
    kantor: str
    layanan: str
    judul: str
    tanggal: str
    nomor: list[NomorKeluar]
    nama: str = Field(description="The person the letter is about.")
    sejak: str = Field(description="Since when it waits.")


class SuratMenunggu(SuratDalamAntrean):
    pindaian: str | None = Field(
        None, description="State of the scan of a letter signed in ink: diperiksa, ditolak, bersih, disahkan."
    )


class DaftarMenunggu(BaseModel):
    surat: list[SuratMenunggu]
    cursor: str | None = None


class TandaTanganMasuk(Masukan):
    ids: Annotated[list[str], Field(min_length=1, max_length=50, description="Letters to sign.")]
    frasa: Frasa


class HasilTanda(BaseModel):
    id: str
    berhasil: bool
    alasan: str | None = Field(None, description="Slug of the reason; the letter keeps its number and place.")
    pesan: str | None = Field(None, description="The reason in words, with the way out.")


class TandaTanganKeluar(BaseModel):
    ditandatangani: int
    gagal: int
    ringkasan: str
    hasil: list[HasilTanda]


class SertifikatMasuk(Masukan):
    akun: Annotated[str, Field(pattern=AKUN, description="Account of the official.")]
    surel: Annotated[str, Field(max_length=254, description="E-mail known to BSrE; not needed locally.")] = ""


class SertifikatKeluar(BaseModel):
    akun: str
    keadaan: str = Field(description="`tidak_ada`, `sementara` (change the passphrase first) or `siap`.")
    tersertifikasi: bool = Field(description="Whether the government's authority stands behind it.")
    frasa_sementara: str | None = Field(None, description="Told once, to be handed over in person.")


class GantiFrasaMasuk(Masukan):
    lama: Frasa
    baru: Frasa


class BatalMasuk(Masukan):
    alasan: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Reason code.")]


class BatalKeluar(BaseModel):
    id: str
    status: str


class PindaianTanya(BaseModel):
    surat: str


class PindaianKeluar(BaseModel):
    surat: str
    status: Literal["belum", "diperiksa", "bersih", "ditolak"]
    alasan: str | None = None
    pesan: str | None = None
    sha256: str | None = Field(None, description="Names the scan when it is confirmed.")
    jenis: str | None = None
    halaman: int | None = None
    disahkan: bool = False
    naskah: list[str] = Field(description="What the letter says, page by page, to be compared with the scan.")


class SahkanMasuk(Masukan):
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="The scan that was compared.")]
    sama: Literal[True] = Field(description="The clerk read both: they say the same.")
