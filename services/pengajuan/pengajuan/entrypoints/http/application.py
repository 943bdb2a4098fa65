"""The Flask application of pengajuan, from the service it serves."""

from __future__ import annotations

from pathlib import Path

from apiflask import APIFlask

from chassis.metrics import Metrics
from pengajuan.bootstrap import SERVICE, App
from pengajuan.domain.errors import PengajuanSalah
from pengajuan.entrypoints.http import (
    daftar,
    jejak,
    kantor,
    lacak,
    layanan,
    pengantar,
    pengurus,
    periksa,
    permohonan,
    register,
)
from pengajuan.entrypoints.http.lingkungan import EXTENSION
from web.app import Parts, create_app
from web.tokens import Verifier

_PARTS = (layanan, kantor, pengurus, permohonan, pengantar, periksa, daftar, register, lacak, jejak)
BLUEPRINTS = tuple(part.bp for part in _PARTS)


def flask_app(app: App) -> APIFlask:
    """Ready to serve."""
    flask = bare(app.settings.contracts, app.metrics, app.verifier)
    flask.extensions[EXTENSION] = app
    return flask


def bare(contracts: Path, metrics: Metrics, verifier: Verifier) -> APIFlask:
    """The paths without a service behind them: enough to describe the API."""
    return create_app(
        Parts(
            service=SERVICE,
            title="e-Kelurahan: pengajuan",
            contracts=contracts,
            metrics=metrics,
            verifier=verifier,
            blueprints=BLUEPRINTS,
            refusals=(PengajuanSalah,),
        )
    )
