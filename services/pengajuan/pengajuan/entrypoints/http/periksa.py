"""The counter's check."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from pengajuan.application.periksa import kembalikan, nyatakan_lengkap
from pengajuan.application.queries import dari, satu
from pengajuan.entrypoints.http import bentuk, masukan, models
from pengajuan.entrypoints.http.lingkungan import app, dicatat, pemanggil
from web.commands import answer, command

bp = APIBlueprint("periksa", __name__, tag="permohonan")


@bp.post("/v1/permohonan/<uuid:id>/periksa")
@bp.input(models.Periksa, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Complete, or one list back", responses=[400, 401, 403, 404, 409, 412, 422])
def post_periksa(id: Any, data: models.Periksa) -> Any:
    siapa = pemanggil("petugas_loket")
    # Receipts are signed anew at each look; the wish is the result and its reasons.
    cause = command(siapa.sub, data.model_dump(mode="json", exclude={"tanda_lihat"}))
    di, kasus = app().lingkup, satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, f"periksa_{data.hasil}", kasus.id)
    if data.hasil == "lengkap":
        seen = app().tanda.baca(data.tanda_lihat, permohonan=kasus.id, petugas=siapa.sub)
        done = nyatakan_lengkap(di, siapa, kasus, seen, masukan.tanpa(siapa, data.tanpa), cause)
    else:
        done = kembalikan(di, siapa, kasus, masukan.kekurangan(data.kekurangan), cause)
    return answer(done, bentuk.kasus(app(), dari(done)))
