"""Signing with one's own certificate: what waits for me, one passphrase for up to fifty letters, certificates (R2)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from dokumen.application.surat import batalkan
from dokumen.application.tanda_tangan import Hasil, Permintaan
from dokumen.application.tte import Otoritas
from dokumen.domain.galat import SertifikatTidakAda, TteTidakTersedia
from dokumen.entrypoints.http.bagian import PEJABAT, bagian, problems, tempat
from dokumen.entrypoints.http.bentuk_tanda import (
    BatalKeluar,
    BatalMasuk,
    DaftarMenunggu,
    GantiFrasaMasuk,
    SertifikatKeluar,
    SertifikatMasuk,
    TandaTanganKeluar,
    TandaTanganMasuk,
)
from dokumen.entrypoints.http.menunggu import antrean
from web import commands
from web.identity import Identity, caller
from web.problems import Problem

bp = APIBlueprint("tanda_tangan", __name__, url_prefix="/v1/surat", tag="tanda tangan")
ADMIN = ("admin_kantor", "admin_kecamatan", "operator")


@bp.get("/tanda-tangan")
@bp.output(DaftarMenunggu)
@bp.doc(
    summary="Letters that wait for the caller's own signature, the longest waiting first",
    responses=problems(s401="not signed in", s403="not an official"),
)
def menunggu() -> Any:
    app, siapa = bagian(), caller(*PEJABAT)
    return antrean(app, siapa, {"state.menanti.untuk": siapa.sub})


@bp.post("/tanda-tangan")
@bp.input(TandaTanganMasuk)
@bp.output(TandaTanganKeluar)
@bp.doc(
    summary="Sign letters with one's own certificate",
    description="Each letter is told apart; one that failed keeps its number and its place and can be tried again. "
    "A passphrase that is wrong signs nothing.",
    responses=problems(
        s401="not signed in",
        s403="wrong or temporary passphrase, no certificate, not an official",
        s429="too many wrong passphrases",
        s503="the signing service does not answer",
    ),
)
def tandatangani(json_data: TandaTanganMasuk) -> Any:
    app, siapa = bagian(), caller(*PEJABAT)
    # The passphrase is no part of what the key stands for: its digest would be kept.
    cause = commands.command(siapa.sub, {"ids": sorted(json_data.ids)})
    _active(siapa)
    for id in dict.fromkeys(json_data.ids):
        if place := app.penunjuk.cari("surat", id):
            app.audit.append(place.kantor, actor=siapa.sub, action="surat.ditandatangani", subject=id)
    asked = Permintaan(
        akun=siapa.sub, frasa=json_data.frasa.get_secret_value(), ids=json_data.ids, cause=cause
    )
    return _told(app.tanda_tangani(asked))


@bp.post("/<id>/batal")
@bp.input(BatalMasuk)
@bp.output(BatalKeluar)
@bp.doc(
    summary="Give a letter up before it is signed; its numbers become void and a new letter is prepared",
    responses=problems(s403="neither its signer nor an administrator of the office", s409="already issued"),
)
def batal(id: str, json_data: BatalMasuk) -> Any:
    app, siapa = bagian(), caller(*PEJABAT, *ADMIN)
    place, case = tempat(app, "surat", id)
    signers = {turn["akun"] for turn in case.state["surat"][id].get("tanda", ())}
    if not siapa.covers(place.kantor) or (siapa.peran in PEJABAT and siapa.sub not in signers):
        raise Problem("dilarang")
    app.audit.append(place.kantor, actor=siapa.sub, action="surat.dibatalkan", subject=id)
    cause = commands.command(siapa.sub, json_data.model_dump())
    done = batalkan(app.perkara, place, json_data.alasan, siapa.sub, cause)
    return commands.answer(done, {"id": id, "status": done.state["surat"][id]["status"]})


@bp.get("/sertifikat")
@bp.output(SertifikatKeluar)
@bp.doc(summary="The caller's certificate", responses=problems(s403="not an official"))
def sertifikat() -> Any:
    siapa = caller(*PEJABAT)
    return _certificate(_authority(), siapa.sub)


@bp.post("/sertifikat")
@bp.input(SertifikatMasuk)
@bp.output(SertifikatKeluar)
@bp.doc(
    summary="Enrol an official, or anew after a forgotten passphrase",
    responses=problems(s403="not an administrator of the office", s404="no such official"),
)
def daftarkan(json_data: SertifikatMasuk) -> Any:
    app, siapa = bagian(), caller(*ADMIN)
    commands.command(siapa.sub, json_data.model_dump())
    found = app.rujukan.read("acuan", f"pejabat.{json_data.akun}")
    who = found.state["data"] if found else None
    if who is None or not siapa.covers(who["kantor"]):
        raise SertifikatTidakAda("Pejabat ini belum ada dalam daftar pejabat kantor Anda.")
    app.audit.append(who["kantor"], actor=siapa.sub, action="sertifikat.didaftarkan", subject=json_data.akun)
    phrase = _authority().daftarkan(json_data.akun, who["nama"], json_data.surel)
    return {**_certificate(_authority(), json_data.akun), "frasa_sementara": phrase or None}


@bp.post("/sertifikat/frasa")
@bp.input(GantiFrasaMasuk)
@bp.output(SertifikatKeluar)
@bp.doc(
    summary="Choose one's own passphrase",
    responses=problems(s403="wrong passphrase, or no certificate", s429="too many wrong passphrases"),
)
def ganti_frasa(json_data: GantiFrasaMasuk) -> Any:
    app, siapa = bagian(), caller(*PEJABAT)
    commands.command(siapa.sub, {})
    app.audit.append(siapa.wilayah[0], actor=siapa.sub, action="sertifikat.frasa", subject=siapa.sub)
    app.tanda_tangani.ganti_frasa(
        siapa.sub, json_data.lama.get_secret_value(), json_data.baru.get_secret_value()
    )
    return _certificate(_authority(), siapa.sub)


def _told(results: list[Hasil]) -> dict[str, Any]:
    signed = sum(one.berhasil for one in results)
    failed = len(results) - signed
    rows = [
        {"id": r.id, "berhasil": r.berhasil, "alasan": r.alasan or None, "pesan": r.pesan or None}
        for r in results
    ]
    summary = f"{signed} ditandatangani, {failed} gagal"
    return {"ditandatangani": signed, "gagal": failed, "ringkasan": summary, "hasil": rows}


def _active(siapa: Identity) -> None:
    """An official whose record ended signs no more, whatever his account still may."""
    found = bagian().rujukan.read("acuan", f"pejabat.{siapa.sub}")
    if found is None or not (found.state["data"] or {}).get("aktif"):
        raise Problem("dilarang")


def _authority() -> Otoritas:
    found = bagian().otoritas
    if found is None:
        raise TteTidakTersedia("Tanda tangan elektronik belum disiapkan di sini. Hubungi operator.")
    return found


def _certificate(otoritas: Otoritas, akun: str) -> dict[str, Any]:
    return {"akun": akun, "keadaan": otoritas.keadaan(akun), "tersertifikasi": otoritas.tersertifikasi}
