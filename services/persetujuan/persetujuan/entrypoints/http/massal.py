"""Deciding several tasks at once, after their previews were looked at one by one (R12)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from chassis.aggregate import Cause, Outcome
from persetujuan.application import tugas as penugasan
from persetujuan.application.massal import Satu, massal
from persetujuan.bootstrap import SERVICE
from persetujuan.domain.alur import Keputusan
from persetujuan.domain.galat import BukanWewenang
from persetujuan.domain.keputusan.syarat import Putusan
from persetujuan.entrypoints.http.bagian import PEMUTUS, bagian, pemutus, problems
from persetujuan.entrypoints.http.models_harian import MassalKeluar, MassalMasuk
from web import commands
from web.identity import caller, confirmed

bp = APIBlueprint("massal", __name__, url_prefix="/v1/keputusan-massal", tag="massal")


@bp.post("")
@bp.input(MassalMasuk)
@bp.output(MassalKeluar)
@bp.doc(
    summary="Decide up to fifty tasks: paraf or setuju; each is reported",
    description="Needs an Idempotency-Key; `setuju` one X-Konfirmasi for exactly these ids. Refused ones stay.",
    responses=problems(s401="not signed in", s403="not a deciding role", s422="fields are wrong"),
)
def putuskan(json_data: MassalMasuk) -> dict[str, Any]:
    app, siapa = bagian(), caller(*PEMUTUS)
    cause = commands.command(siapa.sub, json_data.model_dump())
    who = pemutus(app, siapa, terkonfirmasi=confirmed(app.verifier, siapa.sub, json_data.ids, SERVICE))
    wanted = Putusan(keputusan=Keputusan(json_data.keputusan))

    def one(id: str, each: Cause) -> Outcome:
        found = penugasan.cari(app.kasus, id)
        if not siapa.covers(found.scope):
            raise BukanWewenang("Permohonan ini di luar wilayah Anda.")
        app.audit.append(found.scope, actor=siapa.sub, action=f"tugas.{wanted.keputusan}", subject=id)
        return penugasan.putuskan(app.kasus, app.layanan, found, id, who, wanted, each)

    done = massal(json_data.ids, one, cause)
    failed = sum(1 for each in done if each.slug)
    return {"hasil": [_shown(each) for each in done], "selesai": len(done) - failed, "gagal": failed}


def _shown(each: Satu) -> dict[str, Any]:
    known = {"id": each.id, "permohonan": each.kasus.id if each.kasus else None}
    return known | {
        "status": "gagal" if each.slug else "selesai",
        "slug": each.slug or None,
        "alasan": each.alasan or None,
    }
