"""Settings of dokumen."""

from __future__ import annotations

from pydantic import Field

from chassis.settings import Settings as Common


class Settings(Common):
    http_bind: str = Field("127.0.0.1:8102", description="Where dokumen answers the gateway.")
    internal_bind: str = Field("127.0.0.1:8202", description="Health and metrics of the http role.")
    worker_bind: str = Field("127.0.0.1:8212", description="Health and metrics of the worker role.")
    site_url: str = Field("http://127.0.0.1:8080", description="Public address, printed on letters.")
    maks_verifikasi: int = Field(2 * 1024 * 1024, description="Most bytes of a PDF sent for verification.")
