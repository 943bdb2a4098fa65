"""POST /v1/tiket-alir and GET /v1/alir at the door: how a page that cannot send headers comes to the stream."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import redirect, request
from pydantic import BaseModel, Field

from gateway import door
from gateway.bootstrap import here
from gateway.pantau import tiket, wilayah
from web import identity

bp = APIBlueprint("alir", __name__, tag="Pantau")


class Tiket(BaseModel):
    """Show it once, as `tiket` in the query; come back for another one to connect again."""

    tiket: str
    alamat: str = Field(description="Address of the stream.")
    berlaku_detik: int = Field(description="Seconds in which it must be shown.")


@bp.post("/v1/tiket-alir")
@bp.output(Tiket, status_code=201)
@bp.doc(
    summary="A ticket for the event stream, good once and for a minute",
    responses={401: "belum-masuk", 403: "dilarang", 503: "mesin-tidak-tersedia"},
)
def ticket() -> Any:
    identity.caller(*wilayah.WATCHERS)
    app = here()
    given = app.tickets.give(request.environ[door.SESSION])
    return {"tiket": given, "alamat": f"{app.settings.stream()}/v1/alir", "berlaku_detik": tiket.SECONDS}


@bp.get("/v1/alir")
@bp.doc(
    summary="The event stream as Server-Sent Events; it has an address of its own",
    description=(
        "Query: wilayah, jenis (as GET /v1/peristiwa), cursor or the header Last-Event-ID, mulai=awal for the "
        "first event, tiket where no Authorization can be sent. At its own address the answer is 200 "
        "text/event-stream; each frame's id is a cursor, a frame without data only moves it, every 15 seconds "
        "at the latest. 410 kursor-usang carries the earliest cursor."
    ),
    responses={307: "To the stream's own address, with the same query."},
)
def stream() -> Any:
    query = request.query_string.decode("latin-1")
    address = f"{here().settings.stream()}/v1/alir"
    return redirect(f"{address}?{query}" if query else address, code=307)
