"""The Flask application of notifikasi, and its OpenAPI document, for which no engine is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from apiflask import APIFlask

from chassis.metrics import Metrics
from notifikasi.bootstrap import SERVICE, App
from notifikasi.domain.galat import NotifikasiSalah
from notifikasi.entrypoints.http import kiriman, kode, pesan, tautan, templat
from web.app import Parts, create_app
from web.tokens import Verifier


def create(app: App) -> APIFlask:
    """The application, ready to serve."""
    flask = _application(app.settings.contracts, app.metrics, app.verifier)
    flask.extensions[SERVICE] = app
    return flask


def openapi(contracts: Path) -> dict[str, Any]:
    """OpenAPI 3.1 of every operation."""
    flask = _application(contracts, Metrics(contracts), Verifier(contracts))
    with flask.app_context():
        return cast(dict[str, Any], flask.spec)


def _application(contracts: Path, metrics: Metrics, verifier: Verifier) -> APIFlask:
    flask = create_app(
        Parts(
            service=SERVICE,
            title="e-Kelurahan: notifikasi",
            contracts=contracts,
            metrics=metrics,
            verifier=verifier,
            blueprints=(kode.bp, tautan.bp, pesan.bp, kiriman.bp, templat.bp),
            refusals=(NotifikasiSalah,),
        )
    )
    # Every problem is documented by its operation, in the one shape that is really answered.
    flask.config.update(AUTO_404_RESPONSE=False, AUTO_VALIDATION_ERROR_RESPONSE=False)
    return flask
