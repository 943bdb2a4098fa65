"""Making, filing, changing and cancelling a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint
from flask import g

from chassis.aggregate import Outcome
from chassis.ids import new_id
from pengajuan.application.ajukan import Pengajuan, ajukan
from pengajuan.application.batalkan import batalkan
from pengajuan.application.buat import buat, salin
from pengajuan.application.perbaiki import Perbaikan, perbaiki
from pengajuan.application.queries import dari, satu
from pengajuan.application.ubah import Perubahan, ubah
from pengajuan.domain.permohonan import Hubungan
from pengajuan.entrypoints.http import bentuk, masukan, models
from pengajuan.entrypoints.http.lingkungan import app, dicatat, pemanggil
from web.commands import answer, change, command

bp = APIBlueprint("permohonan", __name__, tag="permohonan")


@bp.post("/v1/permohonan")
@bp.input(models.BuatQuery, location="query", arg_name="query")
@bp.input(models.PermohonanBaru, arg_name="data")
@bp.output(models.Permohonan, status_code=201)
@bp.doc(summary="Make a draft, or file at once", responses=[400, 401, 403, 404, 409, 422])
def post_permohonan(query: models.BuatQuery, data: models.PermohonanBaru) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, [data.model_dump(mode="json"), query.ajukan])
    minta = masukan.permintaan(siapa, data)
    if query.ajukan:
        if not data.pernyataan_benar:
            raise masukan.pernyataan_kosong()
        minta = replace(minta, ajukan=Pengajuan(jalan=masukan.jalan(data.syarat)))
    done = buat(app().lingkup, siapa, minta, cause, new_id())
    return answer(done, bentuk.kasus(app(), dari(done), rahasia=True), 201)


@bp.patch("/v1/permohonan/<uuid:id>")
@bp.input(models.PermohonanUbah, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Change a draft", responses=[401, 403, 404, 409, 412, 422, 428])
def patch_permohonan(id: Any, data: models.PermohonanUbah) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause = change(siapa.sub, g.request_id)
    kasus = satu(app().lingkup, str(id)).kasus
    baru = masukan.pemohon(siapa, data.pemohon, kasus.pemohon) if data.pemohon else None
    minta = Perubahan(
        jawaban=data.jawaban,
        jalan=masukan.jalan(data.syarat),
        hubungan=Hubungan(data.hubungan) if data.hubungan else None,
        pemohon=baru,
        periksa=data.periksa,
    )
    return _shown(ubah(app().lingkup, siapa, kasus, minta, cause))


@bp.post("/v1/permohonan/<uuid:id>/ajukan")
@bp.input(models.Ajukan, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="File a draft", responses=[400, 401, 403, 404, 409, 412, 422])
def post_ajukan(id: Any, data: models.Ajukan) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, data.model_dump(mode="json"))
    kasus = satu(app().lingkup, str(id)).kasus
    minta = Pengajuan(jalan=masukan.jalan(data.syarat))
    return _shown(ajukan(app().lingkup, siapa, kasus, minta, cause))


@bp.post("/v1/permohonan/<uuid:id>/perbaiki")
@bp.input(models.Perbaiki, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Send a returned case again", responses=[400, 401, 403, 404, 409, 412, 422])
def post_perbaiki(id: Any, data: models.Perbaiki) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, data.model_dump(mode="json"))
    kasus = satu(app().lingkup, str(id)).kasus
    minta = Perbaikan(jawaban=data.jawaban, jalan=masukan.jalan(data.syarat))
    return _shown(perbaiki(app().lingkup, siapa, kasus, minta, cause))


@bp.post("/v1/permohonan/<uuid:id>/batal")
@bp.input(models.Kosong, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Cancel, or ask the owner to", responses=[400, 401, 403, 404, 409, 412, 422])
def post_batal(id: Any, data: models.Kosong) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, {})
    kasus = satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, "batalkan", kasus.id)
    return _shown(batalkan(app().lingkup, siapa, kasus, cause))


@bp.post("/v1/permohonan/<uuid:id>/salin")
@bp.input(models.Kosong, arg_name="data")
@bp.output(models.Permohonan, status_code=201)
@bp.doc(
    summary="A new draft from a case that ended without a letter",
    responses=[400, 401, 403, 404, 409, 422],
)
def post_salin(id: Any, data: models.Kosong) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, {})
    kasus = satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, "salin", kasus.id)
    done = salin(app().lingkup, siapa, kasus, cause, new_id())
    return answer(done, bentuk.kasus(app(), dari(done), rahasia=True), 201)


def _shown(done: Outcome) -> Any:
    return answer(done, bentuk.kasus(app(), dari(done)))
