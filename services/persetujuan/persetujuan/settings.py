"""Settings of persetujuan."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from chassis.settings import Settings as Common


class Settings(Common):
    http_bind: str = Field("127.0.0.1:8103", description="Where persetujuan answers the gateway.")
    internal_bind: str = Field("127.0.0.1:8203", description="Health and metrics of the http role.")
    worker_bind: str = Field("127.0.0.1:8213", description="Health and metrics of the worker role.")
    kalender: Path | None = Field(
        None,
        description="YAML file of closed days and office hours over the national table; empty: as shipped.",
    )
    digest_hours: str = Field(
        "08.00,13.00",
        pattern=r"^([01][0-9]|2[0-3])\.[0-5][0-9](,([01][0-9]|2[0-3])\.[0-5][0-9])*$|^$",
        description="Hours of working days at which officials are told what waits for them; empty: never.",
    )
