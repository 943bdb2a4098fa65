"""Settings of pengajuan beside those every process shares."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from chassis import settings


class Settings(settings.Settings):
    http_bind: str = Field("127.0.0.1:8101", description="Where pengajuan answers the gateway.")
    internal_bind: str = Field("127.0.0.1:8201", description="Health and metrics of the http role.")
    worker_bind: str = Field("127.0.0.1:8211", description="Health and metrics of the worker role.")
    kota: str = Field("3276", pattern="^[0-9]{4}$", description="Code of the city whose offices are served.")
    kalender: Path | None = Field(
        None,
        description="YAML file of closed days (`libur`, `masuk`) over the national table; empty: that alone.",
    )
    maks_unggah: int = Field(10 * 1024 * 1024, gt=0, description="Most bytes of one uploaded paper.")
