"""The gateway as one WSGI application: its own paths in Flask, all others through the door."""

from __future__ import annotations

from apiflask import APIFlask
from flask import request

from gateway import door, openapi
from gateway.akun.akun import AkunAda
from gateway.bagian.giliran import Turns
from gateway.bagian.laju import Rates
from gateway.bagian.pemilik import Owners
from gateway.bagian.tetangga import Peers
from gateway.bootstrap import SERVICE, App
from gateway.door import Door, Limits
from gateway.frame import Frame
from gateway.uploads import Uploads
from gateway.watch import Watch
from web.app import Parts, create_app

_OWN_BODY = 64 * 1024  # bytes; nobody signs in with more


def create(app: App) -> APIFlask:
    """Ready to serve."""
    parts = Parts(
        service=SERVICE,
        title="e-Kelurahan",
        contracts=app.settings.contracts,
        metrics=app.metrics,
        verifier=app.verifier,
        blueprints=openapi.blueprints(),
        refusals=(AkunAda,),
    )
    flask = create_app(parts)
    flask.config["MAX_CONTENT_LENGTH"] = _OWN_BODY
    flask.extensions[SERVICE] = app

    @flask.before_request
    def refuse() -> None:
        """What the door refused is answered here, as every other problem."""
        if door.ERROR in request.environ:
            raise request.environ[door.ERROR]

    limits = Limits(upload=app.settings.upload_most, body=app.settings.body_most)
    uploads = Uploads(app.verifier, app.settings)
    inner = flask.wsgi_app
    watch = Watch(app.limits, app.clients)
    passing = Door(
        inner, app.exchange, app.upstreams, app.metrics, limits, uploads, app.vouch, watch, _turns(app)
    )
    secure = app.settings.site().startswith("https:")
    flask.wsgi_app = Frame(passing, app.settings.front_ends(), secure=secure)  # type: ignore[assignment,method-assign]
    return flask


def _turns(app: App) -> Turns:
    owners = Owners(app.verifier, app.documents, app.clients)
    rates = Rates(app.documents, app.clock, app.settings.share_requests)
    return Turns(owners, rates, Peers(app.documents, app.clock), app.upstreams)
