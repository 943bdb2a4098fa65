"""Delivery of one-time codes, for the gateway alone."""

from __future__ import annotations

from typing import Any

import structlog
from apiflask import APIBlueprint

from chassis.ids import new_id
from notifikasi.application import kode as pengantar
from notifikasi.domain.galat import KodeTakTerkirim
from notifikasi.entrypoints.http.bagian import bagian, problems
from notifikasi.entrypoints.http.models import Diterima, KodeMasuk
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("kode", __name__, url_prefix="/v1/kode", tag="kode")
_log = structlog.get_logger(__name__)


@bp.post("")
@bp.input(KodeMasuk)
@bp.output(Diterima, status_code=202)
@bp.doc(
    summary="Deliver a one-time code (internal, from the gateway)",
    description="At most once: an unclear outcome is an error, and the person asks for a new code.",
    responses=problems(
        s401="not signed in",
        s403="not the gateway",
        s422="fields are wrong",
        s503="no channel took the code",
    ),
)
def antar(json_data: KodeMasuk) -> Any:
    siapa = caller("sistem")
    if siapa.sub != "gateway" or siapa.klaim.get("jenis") != "kode":
        raise Problem("dilarang")
    sender, settings = bagian().pengirim, bagian().settings
    try:
        pengantar.antar(
            sender.jalan(json_data.jenis)[0],
            sender.templat["kode"],
            id=f"kode-{new_id()}@{settings.message_domain}",
            tujuan=json_data.tujuan,
            kode=json_data.kode,
            menit=json_data.berlaku_menit,
        )
    except KodeTakTerkirim as error:
        # Only the cause's type: its text may hold the address.
        _log.warning("code_not_delivered", cause=type(error.__cause__).__name__)
        raise
    return {"status": "diserahkan"}
