"""Settings of dokumen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from chassis.settings import Settings as Common


class Settings(Common):
    http_bind: str = Field("127.0.0.1:8102", description="Where dokumen answers the gateway.")
    internal_bind: str = Field("127.0.0.1:8202", description="Health and metrics of the http role.")
    worker_bind: str = Field("127.0.0.1:8212", description="Health and metrics of the worker role.")
    site_url: str = Field("http://127.0.0.1:8080", description="Public address, printed on letters.")
    maks_unggah: int = Field(10 * 1024 * 1024, gt=0, description="Most bytes of one uploaded paper.")
    maks_potongan: int = Field(512 * 1024, ge=65536, description="Most bytes of one piece of an upload.")
    detik_potongan: float = Field(20.0, gt=0, description="Seconds that one piece of an upload may take.")
    detik_unggah: float = Field(300.0, gt=0, description="Seconds that an upload in one go may take.")
    unggahan_per_kelurahan: int = Field(
        2, gt=0, description="Threads of a role that one kelurahan may hold with uploads."
    )
    unggahan_sekaligus: int = Field(
        8, gt=0, description="Threads of a role that all uploads may hold: short requests keep the others."
    )
    maks_pindaian: int = Field(
        20 * 1024 * 1024, gt=0, description="Most bytes of a scanned letter that was signed in ink."
    )
    tte: Literal["", "lokal", "bsre"] = Field(
        "lokal",
        description="Who keeps officials' certificates: the local test authority (not in production), BSrE, nobody.",
    )
    tte_url: str = Field("", description="Address of BSrE's eSign client service.")
    tte_pengguna: str = Field("", description="Account of this installation at BSrE's service.")
    tte_sandi: SecretStr = Field(SecretStr(""), description="Its password.")
    tte_akar: Path | None = Field(
        None, description="PEM file of the roots that outside signatures must lead to."
    )
    maks_halaman: int = Field(30, gt=0, description="Most pages of a PDF.")
    clamd: str = Field(
        "",
        pattern=r"^((tcp|unix)://.+)?$",
        description="ClamAV's daemon, tcp://host:3310 or unix:///path; empty: papers stay 'belum dipindai'.",
    )
    pindai_wajib: bool = Field(
        False, description="Whether a paper waits for the malware scanner, however long it is away."
    )
    umur_surat: int = Field(
        5, ge=1, description="Fewest years that a letter is kept; the office's schedule may say longer."
    )
    maks_verifikasi: int = Field(2 * 1024 * 1024, description="Most bytes of a PDF sent for verification.")

    @model_validator(mode="after")
    def _bsre(self) -> Self:
        if self.tte == "bsre" and not (self.tte_url and self.tte_pengguna and self.tte_akar):
            raise ValueError(
                "EKEL_TTE=bsre needs EKEL_TTE_URL, EKEL_TTE_PENGGUNA, EKEL_TTE_SANDI and EKEL_TTE_AKAR"
            )
        return self
