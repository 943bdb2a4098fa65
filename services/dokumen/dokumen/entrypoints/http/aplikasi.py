"""The Flask application of dokumen, and its OpenAPI document, for which no engine is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apiflask import APIFlask

from chassis.metrics import Metrics
from dokumen.bootstrap import SERVICE, App
from dokumen.domain.galat import DokumenSalah
from dokumen.entrypoints.http import (
    agenda,
    agenda_unduh,
    arsip,
    berkas,
    jejak,
    konsep,
    perbaikan,
    pindaian,
    retensi,
    surat,
    tanda_tangan,
    tumpukan,
    unggahan,
    verifikasi,
)
from web.app import Parts, create_app
from web.tokens import Verifier


def create(app: App) -> APIFlask:
    """The application, ready to serve."""
    flask = _application(app.settings.contracts, app.metrics, app.verifier)
    flask.extensions[SERVICE] = app
    return flask


def openapi(contracts: Path) -> dict[str, Any]:
    """OpenAPI 3.1 of every operation, as far as the decorators say it (`dokumen.openapi` completes it)."""
    flask = _application(contracts, Metrics(contracts), Verifier(contracts))
    with flask.app_context():
        spec: dict[str, Any] = json.loads(json.dumps(flask.spec))
    return spec


def _application(contracts: Path, metrics: Metrics, verifier: Verifier) -> APIFlask:
    flask = create_app(
        Parts(
            service=SERVICE,
            title="e-Kelurahan: dokumen",
            contracts=contracts,
            metrics=metrics,
            verifier=verifier,
            blueprints=(
                unggahan.bp,
                tumpukan.bp,
                berkas.bp,
                tanda_tangan.bp,
                pindaian.bp,
                konsep.bp,
                surat.bp,
                perbaikan.bp,
                retensi.bp,
                verifikasi.bp,
                agenda.bp,
                agenda_unduh.bp,
                arsip.bp,
                jejak.bp,
            ),
            refusals=(DokumenSalah,),
        )
    )
    # Every problem is documented by its operation, in the one shape that is really answered.
    flask.config.update(AUTO_404_RESPONSE=False, AUTO_VALIDATION_ERROR_RESPONSE=False)
    return flask
