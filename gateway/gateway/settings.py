"""Settings of the gateway: where it listens, where the services are, how long things last."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

import chassis.settings
from gateway.client import FILE

_URL = r"^http://[A-Za-z0-9.-]+:[0-9]{1,5}$"


class Settings(chassis.settings.Settings):
    """Environment variables `EKEL_*` of the gateway's roles."""

    host: str = Field("127.0.0.1", description="Address that the public door listens on.")
    port: int = Field(8080, ge=0, le=65535, description="Port of the public door.")
    internal_bind: str = Field("127.0.0.1:8200", description="Health and metrics of gateway-http.")
    worker_bind: str = Field("127.0.0.1:8210", description="Health and metrics of gateway-worker.")
    stream_port: int = Field(8081, ge=0, le=65535, description="Port of the event stream (gateway-pantau).")
    stream_bind: str = Field("127.0.0.1:8220", description="Health and metrics of gateway-pantau.")
    stream_url: str = Field(
        "", description="Where clients reach it; default: http://127.0.0.1:EKEL_STREAM_PORT."
    )
    stream_most: int = Field(1000, gt=0, description="Open streams of one gateway-pantau.")
    stream_each: int = Field(100, gt=0, description="Open streams of one account in one gateway-pantau.")
    share_requests: int = Field(
        1000, gt=0, description="Requests of one kelurahan in ten seconds, over all gateways."
    )
    site_url: str = Field("", description="Address that people type; default: http://127.0.0.1:EKEL_PORT.")
    upstream_pengajuan: str = Field("http://127.0.0.1:8101", pattern=_URL, description="Where pengajuan is.")
    upstream_dokumen: str = Field("http://127.0.0.1:8102", pattern=_URL, description="Where dokumen is.")
    upstream_persetujuan: str = Field(
        "http://127.0.0.1:8103", pattern=_URL, description="Where persetujuan is."
    )
    upstream_notifikasi: str = Field(
        "http://127.0.0.1:8104", pattern=_URL, description="Where notifikasi is."
    )
    upstream_connect: float = Field(3.0, gt=0, description="Seconds to reach a service.")
    upstream_read: float = Field(30.0, gt=0, description="Seconds without a byte from a service.")
    body_most: int = Field(1024 * 1024, gt=0, description="Bytes of a request's body, uploads apart.")
    upload_most: int = Field(64 * 1024 * 1024, gt=0, description="Bytes of an upload; grants are narrower.")
    detik_potongan: float = Field(20.0, gt=0, description="Seconds that one piece of an upload may take.")
    detik_unggah: float = Field(300.0, gt=0, description="Seconds that an upload in one go may take.")
    unggahan_per_kelurahan: int = Field(
        2, gt=0, description="Threads of a role that one kelurahan may hold with uploads."
    )
    unggahan_sekaligus: int = Field(
        8, gt=0, description="Threads of a role that all uploads may hold: short requests keep the others."
    )
    kota: str = Field("3276", pattern="^[0-9]{4}$", description="City whose accounts are kept here.")
    session_staff: int = Field(10 * 3600, gt=0, description="Seconds that a staff session lasts.")
    session_device: int = Field(
        12 * 3600, gt=0, description="Seconds that a registered device stays signed in."
    )
    proxies: int = Field(
        0, ge=0, le=9, description="Own proxies in front; each appends the client to X-Forwarded-For."
    )
    kunci_pengunjung: Path | None = Field(
        None,
        description="File with a key per line: a front end that has one is believed about its visitors' addresses; "
        "a front end proves by the first line. Default: pengunjung.key in the key folder.",
    )
    origins: str = Field(
        "",
        pattern=r"^(https?://[a-z0-9.-]+(:[0-9]{1,5})?(,|$))*$",
        description="Front ends of other origins that browsers let read answers, e.g. https://layanan.example,…",
    )
    oidc_issuer: str = Field(
        "", description="The city's OpenID Connect provider; empty: staff sign in here only."
    )
    oidc_client: str = Field("", description="Our client id at the provider.")
    oidc_secret: SecretStr = Field(SecretStr(""), description="Our client secret at the provider.")
    oidc_redirect: str = Field(
        "",
        description="Page of the front end that the provider sends back to; default: EKEL_SITE_URL/masuk/oidc.",
    )
    session_resident: int = Field(7 * 86400, gt=0, description="Seconds that a resident's session lasts.")
    session_system: int = Field(3600, gt=0, description="Seconds that an outside system's token lasts.")

    def upstreams(self) -> dict[str, str]:
        """Service → address."""
        return {
            "pengajuan": self.upstream_pengajuan,
            "dokumen": self.upstream_dokumen,
            "persetujuan": self.upstream_persetujuan,
            "notifikasi": self.upstream_notifikasi,
        }

    def visitor_keys(self) -> Path:
        return self.kunci_pengunjung or self.key_folder() / FILE

    def stream(self) -> str:
        return self.stream_url or f"http://127.0.0.1:{self.stream_port}"

    def front_ends(self) -> list[str]:
        """Origins of `origins`."""
        return [origin for origin in self.origins.split(",") if origin]

    def site(self) -> str:
        return self.site_url or f"http://127.0.0.1:{self.port}"
