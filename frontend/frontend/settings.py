"""Settings of a front end: where the gateway is, and whether it serves one kelurahan or all."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

import chassis.settings


class Settings(chassis.settings.Settings):
    """Environment variables `EKEL_*` of the front end."""

    gateway_url: str = Field(
        "http://127.0.0.1:8080",
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$",
        description="The gateway whose public API this front end uses.",
    )
    http_bind: str = Field("127.0.0.1:8090", description="Address of the pages.")
    internal_bind: str = Field("127.0.0.1:8230", description="Health and metrics.")
    kelurahan: str = Field(
        "", pattern=r"^([0-9]{10})?$", description="Code of the only kelurahan served here; empty: all."
    )
    nama_situs: str = Field("e-Kelurahan", max_length=40, description="Name in the head of every page.")
    android_paket: str = Field(
        "",
        pattern=r"^([A-Za-z]\w*(\.[A-Za-z]\w*)+)?$",
        description="Package of the Android app that shows these pages without an address bar; empty: none.",
    )
    android_sidik: str = Field(
        "",
        pattern=r"^(([0-9A-F]{2}:){31}[0-9A-F]{2}(,|$))*$",
        description="SHA-256 fingerprints of the keys that sign the app, separated by commas.",
    )
    gateway_detik: float = Field(30.0, gt=0, description="Seconds to wait for the gateway.")
    proxies: int = Field(
        0, ge=0, le=9, description="Own proxies in front; each appends the client to X-Forwarded-For."
    )
    kunci_pengunjung: Path | None = Field(
        None,
        description="File with a key per line: a front end that has one is believed about its visitors' addresses; "
        "a front end proves by the first line. Default: pengunjung.key in the key folder.",
    )
    kunci_sesi: Path | None = Field(
        None, description="File with the secret of session cookies; default: in the key folder."
    )

    def session_key(self) -> Path:
        return self.kunci_sesi or self.key_folder() / "frontend.sesi"

    def visitor_key(self) -> Path:
        return self.kunci_pengunjung or self.key_folder() / "pengunjung.key"
