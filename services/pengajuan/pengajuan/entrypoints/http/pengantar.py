"""A confirmation by link: asked for by the resident, answered by RT and RW, who have no account (R9)."""

from __future__ import annotations

from typing import Any, Literal

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from pengajuan.adapters import tautan
from pengajuan.application import konfirmasi
from pengajuan.application.queries import dari, tertaut
from pengajuan.domain.pengantar import RT
from pengajuan.domain.permohonan import Permohonan
from pengajuan.entrypoints.http import bentuk, models
from pengajuan.entrypoints.http.lingkungan import app, mulai, pemanggil
from web.commands import answer, command

bp = APIBlueprint("pengantar", __name__, tag="pengantar")


class Tautan(models.Masukan):
    tautan: str = Field(min_length=20, max_length=80, description="The last part of the link's address.")


class Jawaban(Tautan):
    jawaban: Literal["benar", "bukan"] = Field(description="`benar`: he lives here.")


class Tanya(BaseModel):
    """All that RT and RW are shown."""

    pihak: Literal["rt", "rw"]
    rt: str
    rw: str
    nama: str = Field(description="Whom the letter is about.")
    alamat: str
    layanan: str
    keperluan: str
    kantor: models.KantorRingkas
    sampai: str


class Terjawab(BaseModel):
    tampilan: str = Field(description="What became of it, one or two sentences.")


@bp.post("/v1/permohonan/<uuid:id>/pengantar")
@bp.input(models.MintaPengantar, arg_name="data")
@bp.output(models.Permohonan)
@bp.doc(
    summary="Ask RT and RW to confirm by link instead of bringing their paper",
    responses=[400, 401, 403, 404, 409, 412, 422],
)
def post_minta(id: Any, data: models.MintaPengantar) -> Any:
    siapa = pemanggil("warga", "petugas_loket", "petugas_loket_kecamatan")
    cause, kasus = mulai(siapa, id, "minta_pengantar", data)
    done = konfirmasi.minta(app().lingkup, siapa, kasus, ya=data.minta, cause=cause)
    return answer(done, bentuk.kasus(app(), dari(done)))


@bp.post("/v1/pengantar/lihat")
@bp.input(Tautan, arg_name="data")
@bp.output(Tanya)
@bp.doc(summary="What a link to RT or RW asks", responses=[404, 422])
def post_lihat(data: Tautan) -> Any:
    di = app().lingkup
    id, sidik = tautan.baca(data.tautan)
    kasus = tertaut(di, id)
    asked = konfirmasi.dibuka(di, kasus, sidik)
    _dicatat(kasus, asked.pihak, "lihat_pengantar")
    return {
        "pihak": asked.pihak,
        "rt": asked.rt,
        "rw": asked.rw,
        "nama": kasus.subjek[0].nama if kasus.subjek else kasus.pemohon.nama,
        "alamat": str(kasus.data.get("alamat", "")),
        "layanan": di.milik(kasus).nama,
        "keperluan": _keperluan(kasus),
        "kantor": bentuk.kantor_ringkas(di.satu_kantor(kasus.kantor).state),
        "sampai": asked.sampai.isoformat() if asked.sampai else "",
    }


@bp.post("/v1/pengantar/jawab")
@bp.input(Jawaban, arg_name="data")
@bp.output(Terjawab)
@bp.doc(summary="Answer a link to RT or RW, once", responses=[400, 404, 409, 422])
def post_jawab(data: Jawaban) -> Any:
    di = app().lingkup
    id, sidik = tautan.baca(data.tautan)
    cause = command(f"pengantar:{sidik}", data.model_dump(mode="json"))
    kasus = tertaut(di, id)
    if kasus.pengantar is not None and kasus.pengantar.sidik == sidik:
        _dicatat(kasus, kasus.pengantar.pihak, f"jawab_pengantar_{data.jawaban}")
    konfirmasi.jawab(di, kasus, sidik, benar=data.jawaban == "benar", cause=cause)
    return {"tampilan": _TERIMA_KASIH[data.jawaban]}


_TERIMA_KASIH = {
    "benar": "Terima kasih. Jawaban Anda sudah dicatat: benar warga Anda.",
    "bukan": "Terima kasih. Jawaban Anda sudah dicatat: bukan warga Anda.",
}


def _dicatat(kasus: Permohonan, pihak: str, action: str) -> None:
    """Whoever has the link acts: he has no account, so his post stands for him."""
    who = "ketua_rt" if pihak == RT else "ketua_rw"
    app().audit.append(kasus.kantor, actor=who, action=action, subject=kasus.id)


def _keperluan(kasus: Permohonan) -> str:
    """The purpose as the form words it; the service's name says it where no purpose is asked."""
    layanan, chosen = app().lingkup.milik(kasus), str(kasus.data.get("keperluan", ""))
    if kasus.data.get("keperluan_lain"):
        return str(kasus.data["keperluan_lain"])
    field = next((m for m in layanan.medan if m.id == "keperluan"), None)
    options = field.pilihan if field else ()
    return next((p.label for p in options if p.kode == chosen), chosen) or layanan.nama
