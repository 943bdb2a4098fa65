"""Reading cases: one, its history, a resident's own, an office's queue. Every read is audited first."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from pengajuan.application.pemanggil import PETUGAS, Pemanggil, boleh_lihat
from pengajuan.application.queries import Terbaca, antrean, di_loket, milik, milik_warga, satu
from pengajuan.application.tindakan import tindakan
from pengajuan.entrypoints.http import bentuk, models
from pengajuan.entrypoints.http.lingkungan import app, dicatat, pemanggil
from web import paging

bp = APIBlueprint("daftar", __name__, tag="permohonan")


@bp.get("/v1/permohonan")
@bp.input(models.DaftarQuery, location="query", arg_name="query")
@bp.output(models.PermohonanDaftar)
@bp.doc(summary="My cases, or my office's queue", responses=[400, 401, 403, 422])
def get_daftar(query: models.DaftarQuery) -> Any:
    siapa = pemanggil("warga", *sorted(PETUGAS))
    after = paging.read(query.cursor) if query.cursor else []
    ask = milik_warga if siapa.warga else di_loket if query.loket else antrean
    found = ask(app().lingkup, siapa, query.status, after, query.batas)
    for kantor in sorted({t.kasus.kantor for t in found}):
        dicatat(siapa, kantor, "lihat_daftar", siapa.sub)
    more = paging.write([found[-1].kasus.id]) if len(found) == query.batas else None
    return {"isi": [bentuk.ringkas(t.kasus) for t in found], "cursor": more}


@bp.get("/v1/permohonan/<uuid:id>")
@bp.output(models.Permohonan)
@bp.doc(summary="One case", responses=[401, 403, 404])
def get_permohonan(id: Any) -> Any:
    siapa = pemanggil("warga", *sorted(PETUGAS))
    terbaca = _seen(siapa, str(id), "lihat_permohonan")
    shown = bentuk.kasus(app(), milik(terbaca, siapa))
    shown["kekurangan_kantor"] = [] if siapa.warga else bentuk.kekurangan_kantor(terbaca.kasus)
    shown["tindakan"] = tindakan(app().lingkup, siapa, terbaca.kasus)
    return shown, 200, {"ETag": f'"{terbaca.versi}"'}


@bp.get("/v1/permohonan/<uuid:id>/riwayat")
@bp.output(models.Riwayat)
@bp.doc(summary="What happened to a case", responses=[401, 403, 404])
def get_riwayat(id: Any) -> Any:
    terbaca = _seen(pemanggil("warga", *sorted(PETUGAS)), str(id), "lihat_riwayat")
    return {"isi": bentuk.riwayat(terbaca.kasus)}


def _seen(siapa: Pemanggil, id: str, action: str) -> Terbaca:
    terbaca = satu(app().lingkup, id)
    boleh_lihat(terbaca.kasus, siapa)
    dicatat(siapa, terbaca.kasus.kantor, action, id)
    return terbaca
