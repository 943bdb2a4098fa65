"""Settings of dokumen."""

from __future__ import annotations

from pydantic import Field

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
        2, gt=0, description="Threads of a role that one kelurahan may hold with uploads: an eighth."
    )
    unggahan_sekaligus: int = Field(
        8, gt=0, description="Threads of a role that all uploads may hold: short requests keep the others."
    )
    maks_verifikasi: int = Field(2 * 1024 * 1024, description="Most bytes of a PDF sent for verification.")
