"""The process of a front end, as the supervisor starts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.gerbang import Gerbang, Masalah, Terputus
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings
from runtime.serve import Sockets, begin, serve_http
from web.health import Internal

THREADS = 48  # they wait for the gateway, which has as many


def http(sockets: Sockets) -> None:
    """The pages, until SIGTERM."""
    settings = begin("frontend-http", Settings)

    def build() -> tuple[Any, Internal]:
        metrics = Metrics(settings.contracts)
        probe = Gerbang(settings.gateway_url, 3.0, lagi=0)
        given = settings.kunci_pengunjung
        visitors = Pengunjung(settings.proxies, settings.visitor_key(), harus=given is not None)
        # Without the gateway the pages say so themselves: degraded, not dead.
        wanted = {"gateway": lambda: _reached(probe), "pengunjung": visitors.kurang}
        return create(settings, metrics, visitors), Internal({}, wanted, metrics)

    serve_http(build, sockets, THREADS)


def _reached(probe: Gerbang) -> str:
    try:
        probe.minta("GET", "/.well-known/jwks.json")
    except (Terputus, Masalah) as error:
        return str(error) or type(error).__name__
    return ""


roles: dict[str, Callable[[Sockets], None]] = {"frontend-http": http}


def migrate(settings: Settings) -> None:
    """A front end keeps nothing."""
