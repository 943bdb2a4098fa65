"""The counter's check."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from chassis.aggregate import Outcome
from chassis.ids import new_id
from pengajuan.application.koreksi import izinkan_daftar, koreksi
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.application.periksa import (
    Pemeriksaan,
    Surat,
    kembalikan,
    nyatakan_lengkap,
    terima_hasil,
    teruskan,
)
from pengajuan.application.pindah import pindah
from pengajuan.application.queries import dari
from pengajuan.domain.permohonan import Permohonan
from pengajuan.entrypoints.http import bentuk, masukan, models
from pengajuan.entrypoints.http.lingkungan import app, dicatat, mulai, pemanggil
from web.commands import answer

bp = APIBlueprint("periksa", __name__, tag="permohonan")


@bp.post("/v1/permohonan/<uuid:id>/periksa")
@bp.input(models.Periksa, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Complete, or one list back", responses=[400, 401, 403, 404, 409, 412, 422])
def post_periksa(id: Any, data: models.Periksa) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause, kasus = mulai(siapa, id, f"periksa_{data.hasil}", data)
    if data.hasil == "lengkap":
        return _shown(nyatakan_lengkap(app().lingkup, siapa, kasus, _seen(siapa, kasus, data), cause))
    listed = masukan.kekurangan(data.kekurangan)
    return _shown(kembalikan(app().lingkup, siapa, kasus, listed, cause))


@bp.post("/v1/permohonan/<uuid:id>/teruskan")
@bp.input(models.Teruskan, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Checked, and forwarded to another office", responses=[400, 401, 403, 404, 409, 412, 422])
def post_teruskan(id: Any, data: models.Teruskan) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause, kasus = mulai(siapa, id, "teruskan", data)
    surat = Surat(rujukan=data.rujukan, tanggal=data.tanggal)
    return _shown(teruskan(app().lingkup, siapa, kasus, _seen(siapa, kasus, data), surat, cause))


@bp.post("/v1/permohonan/<uuid:id>/hasil")
@bp.input(models.Hasil, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="What the other office did", responses=[400, 401, 403, 404, 409, 412, 422])
def post_hasil(id: Any, data: models.Hasil) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause, kasus = mulai(siapa, id, "hasil", data)
    return _shown(terima_hasil(app().lingkup, siapa, kasus, data.hasil, data.teks, cause))


@bp.post("/v1/permohonan/<uuid:id>/koreksi")
@bp.input(models.Koreksi, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="Correct typed data against a paper", responses=[400, 401, 403, 404, 409, 412, 422])
def post_koreksi(id: Any, data: models.Koreksi) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause, kasus = mulai(siapa, id, "koreksi", data)
    return _shown(koreksi(app().lingkup, siapa, kasus, data.jawaban, data.berkas, cause))


@bp.post("/v1/permohonan/<uuid:id>/izin-daftar-kedua")
@bp.input(models.IzinDaftar, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(summary="The lurah allows a second list", responses=[400, 401, 403, 404, 409, 412, 422])
def post_izin_daftar(id: Any, data: models.IzinDaftar) -> Any:
    siapa = pemanggil("lurah")
    cause, kasus = mulai(siapa, id, "izin_daftar_kedua", data)
    return _shown(izinkan_daftar(app().lingkup, siapa, kasus, tuple(data.kode), cause))


@bp.post("/v1/permohonan/<uuid:id>/pindah")
@bp.input(models.Pindah, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(
    summary="Move a misfiled case to the right office, before it is complete",
    responses=[400, 401, 403, 404, 409, 412, 422],
)
def post_pindah(id: Any, data: models.Pindah) -> Any:
    siapa = pemanggil("petugas_loket", "petugas_loket_kecamatan")
    cause, kasus = mulai(siapa, id, "pindah", data)
    done = pindah(app().lingkup, siapa, kasus, data.kantor, cause, new_id())
    moved = dari(done)
    if moved.kasus.pindah_ke is not None:
        dicatat(siapa, moved.kasus.pindah_ke.kantor, "pindahan", moved.kasus.pindah_ke.permohonan)
    return answer(done, bentuk.kasus(app(), moved, rahasia=True))


def _seen(siapa: Pemanggil, kasus: Permohonan, data: models.Periksa | models.Teruskan) -> Pemeriksaan:
    seen = app().tanda.baca(data.tanda_lihat, permohonan=kasus.id, petugas=siapa.sub)
    return Pemeriksaan(dilihat=seen, tanpa=masukan.tanpa(siapa, data.tanpa))


def _shown(done: Outcome) -> Any:
    return answer(done, bentuk.kasus(app(), dari(done)))
