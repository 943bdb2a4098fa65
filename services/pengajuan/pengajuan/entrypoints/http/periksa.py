"""The counter's check."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from pengajuan.application.koreksi import izinkan_daftar, koreksi
from pengajuan.application.periksa import Surat, kembalikan, nyatakan_lengkap, terima_hasil, teruskan
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
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
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


@bp.post("/v1/permohonan/<uuid:id>/teruskan")
@bp.input(models.Teruskan, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Checked, and forwarded to another office", responses=[400, 401, 403, 404, 409, 412, 422])
def post_teruskan(id: Any, data: models.Teruskan) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, data.model_dump(mode="json", exclude={"tanda_lihat"}))
    di, kasus = app().lingkup, satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, "teruskan", kasus.id)
    seen = app().tanda.baca(data.tanda_lihat, permohonan=kasus.id, petugas=siapa.sub)
    surat = Surat(rujukan=data.rujukan, tanggal=data.tanggal)
    done = teruskan(di, siapa, kasus, seen, masukan.tanpa(siapa, data.tanpa), surat, cause)
    return answer(done, bentuk.kasus(app(), dari(done)))


@bp.post("/v1/permohonan/<uuid:id>/hasil")
@bp.input(models.Hasil, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="What the other office did", responses=[400, 401, 403, 404, 409, 412, 422])
def post_hasil(id: Any, data: models.Hasil) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, data.model_dump(mode="json"))
    di, kasus = app().lingkup, satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, "hasil", kasus.id)
    done = terima_hasil(di, siapa, kasus, data.hasil, data.teks, cause)
    return answer(done, bentuk.kasus(app(), dari(done)))


@bp.post("/v1/permohonan/<uuid:id>/koreksi")
@bp.input(models.Koreksi, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Correct typed data against a paper", responses=[400, 401, 403, 404, 409, 412, 422])
def post_koreksi(id: Any, data: models.Koreksi) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause = command(siapa.sub, data.model_dump(mode="json"))
    di, kasus = app().lingkup, satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, "koreksi", kasus.id)
    done = koreksi(di, siapa, kasus, data.jawaban, data.berkas, cause)
    return answer(done, bentuk.kasus(app(), dari(done)))


@bp.post("/v1/permohonan/<uuid:id>/izin-daftar-kedua")
@bp.input(models.IzinDaftar, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="The lurah allows a second list", responses=[400, 401, 403, 404, 409, 412, 422])
def post_izin_daftar(id: Any, data: models.IzinDaftar) -> Any:
    siapa = pemanggil("lurah")
    cause = command(siapa.sub, data.model_dump(mode="json"))
    di, kasus = app().lingkup, satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, "izin_daftar_kedua", kasus.id)
    done = izinkan_daftar(di, siapa, kasus, tuple(data.kode), cause)
    return answer(done, bentuk.kasus(app(), dari(done)))
