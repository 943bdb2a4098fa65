"""Links of open cases to a contact that asked for them ("Kirim ulang", R13), for the gateway alone."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from notifikasi.application import kode as pengantar
from notifikasi.entrypoints.http.bagian import bagian, problems
from notifikasi.entrypoints.http.models import Diterima, TautanMasuk
from web.identity import caller
from web.problems import Problem

bp = APIBlueprint("tautan", __name__, url_prefix="/v1/tautan", tag="tautan")


@bp.post("")
@bp.input(TautanMasuk)
@bp.output(Diterima, status_code=202)
@bp.doc(
    summary="Send the links of open cases to a contact (internal, from the gateway)",
    description="The same id again is the same message.",
    responses=problems(
        s401="not signed in",
        s403="not the gateway",
        s422="fields are wrong",
        s503="no channel took the message",
    ),
)
def kirim(json_data: TautanMasuk) -> Any:
    siapa = caller("sistem")
    if siapa.sub != "gateway" or siapa.klaim.get("jenis") != "tautan":
        raise Problem("dilarang")
    sender, settings = bagian().pengirim, bagian().settings
    lines = [
        f"- {k.layanan}, nomor resi {k.nomor_resi}: {settings.pages_url}/permohonan/{k.permohonan}"
        for k in json_data.kasus
    ]
    pengantar.kirim(
        sender.jalan(json_data.jenis)[0],
        sender.templat["kirim_ulang"],
        id=f"ulang-{json_data.id}@{settings.message_domain}",
        tujuan=json_data.tujuan,
        isi={"daftar": "\n".join(lines)},
    )
    return {"status": "diserahkan"}
