"""Letters: listed, downloaded as the release rule says, handed over at the counter, revoked."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from chassis.aggregate import Outcome
from dokumen.application import surat as perintah
from dokumen.application.pintu import Tempat
from dokumen.application.serahkan import Penyerahan
from dokumen.domain import asli, kantor, seberkas
from dokumen.domain import surat as aturan
from dokumen.domain.galat import BelumTerbit, DokumenSalah, KodeAmbilSalah
from dokumen.entrypoints.http.bagian import LOKET, PEJABAT, bagian, berhak, pemohon, problems, tempat
from dokumen.entrypoints.http.bentuk_perbaikan import tampak
from dokumen.entrypoints.http.models import (
    CabutMasuk,
    DaftarSurat,
    KodeAmbilKeluar,
    KodeAmbilMasuk,
    SerahMasuk,
    SuratKeluar,
    SuratTanya,
    TidakSesuaiMasuk,
)
from web import commands
from web.identity import Identity, caller
from web.problems import Problem

PETUNJUK = {
    "kuasa": "Berikan kode ini hanya kepada orang yang Anda minta mengambil surat.",
    "kurir": "Berikan kode ini kepada pengemudi bersama berkas aslinya. Ongkos dibayar ke pengemudi, "
    "tidak ke kelurahan.",
}
bp = APIBlueprint("surat", __name__, url_prefix="/v1/surat", tag="surat")


@bp.get("")
@bp.input(SuratTanya, location="query")
@bp.output(DaftarSurat)
@bp.doc(summary="Letters of an application", responses=problems(s401="not signed in", s404="no such case"))
def daftar(query_data: SuratTanya) -> Any:
    app, siapa = bagian(), caller()
    found = app.perkara.find({"id": query_data.permohonan}, limit=1)
    if not found:
        raise Problem("tidak-ditemukan")
    case = found[0]
    berhak(siapa, case.scope, pemohon(case, siapa))
    app.audit.append(case.scope, actor=siapa.sub, action="surat.dilihat", subject=case.id)
    held = (case.state.get("tertahan") or {}).get("alasan")
    return {"surat": [_keluar(id, case, siapa) for id in case.state["surat"]], "ditahan": held}


@bp.get("/<id>")
@bp.output(SuratKeluar)
@bp.doc(summary="A letter", responses=problems(s401="not signed in", s404="no such letter"))
def lihat(id: str) -> Any:
    siapa = caller()
    _, case = _dibaca(id, siapa, "surat.dilihat")
    return commands.answer(case, _keluar(id, case, siapa))


@bp.get("/<id>/pdf")
@bp.doc(
    summary="The sealed PDF",
    description="Officials of the area always; the applicant as the release rule says (R8).",
    responses=problems(s403="not released yet", s404="no such letter", s409="not issued yet"),
)
def pdf(id: str) -> Response:
    app, siapa = bagian(), caller()
    place, case = _dibaca(id, siapa, "surat.pdf")
    letter = case.state["surat"][id]
    if letter["status"] in (aturan.MENUNGGU, aturan.BATAL):
        raise BelumTerbit("Surat belum terbit.")
    if siapa.peran == "warga":
        app.serahkan.unduh(place, _dikenal(siapa))
    name = letter["tertulis"][0]["nomor"].replace("/", "-")
    answer = Response(app.objects.open(letter["objek"]), content_type="application/pdf")
    answer.content_length = letter["ukuran"]
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@bp.post("/<id>/serah")
@bp.input(SerahMasuk)
@bp.output(SuratKeluar)
@bp.doc(
    summary="Hand the letter over at the counter, with all others of its case",
    responses=problems(s403="not a clerk of that office", s409="originals not ticked, or not in force"),
)
def serah(id: str, json_data: SerahMasuk) -> Any:
    app, siapa = bagian(), caller(*LOKET)
    place, _ = _dibaca(id, siapa, "surat.diserahkan")
    cause = commands.command(siapa.sub, json_data.model_dump())
    seen = Penyerahan(
        asli={a.syarat: a.hasil for a in json_data.asli},
        kepada=json_data.kepada,
        kode=json_data.kode_ambil,
    )
    done = app.serahkan(place, seen, siapa.sub, cause)
    return commands.answer(done, _keluar(id, done, siapa))


@bp.post("/<id>/kode-ambil")
@bp.input(KodeAmbilMasuk)
@bp.output(KodeAmbilKeluar)
@bp.doc(
    summary="A code for somebody else to collect the letter",
    description="For the applicant, or at the counter for one without an account.",
    responses=problems(s404="no such letter", s409="handed over already, or not in force"),
)
def kode_ambil(id: str, json_data: KodeAmbilMasuk) -> Any:
    app, siapa = bagian(), caller("warga", *LOKET)
    place, _ = _dibaca(id, siapa, "surat.kode_ambil")
    cause = commands.command(siapa.sub, json_data.model_dump())
    code, done = app.serahkan.kode(place, json_data.untuk, siapa.sub, cause)
    kept = done.state["surat"][id].get("ambil")
    if (
        kept is None
    ):  # a repeat of a command whose code a newer one, made for the letter beside it, has replaced
        raise KodeAmbilSalah("Kode ini sudah diganti kode yang lebih baru. Pakai kode yang terbaru.")
    told = {"kode": code, "sampai": kept["sampai"]}
    return commands.answer(done, {**told, "petunjuk": PETUNJUK[json_data.untuk]})


@bp.post("/<id>/tidak-sesuai")
@bp.input(TidakSesuaiMasuk)
@bp.output(SuratKeluar)
@bp.doc(
    summary="An original is not what was sent: the case's letters are revoked, the lurah is told",
    responses=problems(s403="not a clerk of that office", s409="not in force"),
)
def tidak_sesuai(id: str, json_data: TidakSesuaiMasuk) -> Any:
    app, siapa = bagian(), caller(*LOKET)
    place, _ = _dibaca(id, siapa, "surat.tidak_sesuai")
    cause = commands.command(siapa.sub, json_data.model_dump())
    done = perintah.tidak_sesuai(app.perkara, place, tuple(json_data.syarat), siapa.sub, cause)
    return commands.answer(done, _keluar(id, done, siapa))


@bp.post("/<id>/cabut")
@bp.input(CabutMasuk)
@bp.output(SuratKeluar)
@bp.doc(summary="Revoke a letter", responses=problems(s403="not the lurah", s409="not in force"))
def cabut(id: str, json_data: CabutMasuk) -> Any:
    app, siapa = bagian(), caller("lurah")
    place, _ = _dibaca(id, siapa, "surat.dicabut")
    cause = commands.command(siapa.sub, json_data.model_dump())
    done = perintah.cabut(app.perkara, place, json_data.alasan, siapa.sub, cause)
    return commands.answer(done, _keluar(id, done, siapa))


def _dibaca(id: str, siapa: Identity, tindakan: str) -> tuple[Tempat, Outcome]:
    """The letter's case, after the act was written down."""
    app = bagian()
    place, case = tempat(app, "surat", id)
    berhak(siapa, place.kantor, pemohon(case, siapa))
    app.audit.append(place.kantor, actor=siapa.sub, action=tindakan, subject=id)
    return place, case


def _keluar(id: str, case: Outcome, siapa: Identity) -> dict[str, Any]:
    letter = case.state["surat"][id]
    may = _boleh(case, letter, siapa)
    return {
        **{
            name: letter.get(name)
            for name in ("layanan", "judul", "tanggal", "rilis", "tanda_tangan", "sha256")
        },
        "id": id,
        "jenis": seberkas.kode(letter),
        "permohonan": case.id,
        "status": aturan.status_kini(letter, bagian().clock.now().date()),
        "nomor": letter.get("tertulis", []),
        "berlaku_sampai": letter.get("sampai"),
        "diserahkan": bool(letter.get("diserahkan")),
        "boleh_unduh": may,
        "diganti_oleh": (letter.get("diganti") or {}).get("surat"),
        "mengganti": (letter.get("mengganti") or {}).get("surat"),
        **_perbaikan(case, letter, siapa),
        **_menunggu(case, letter, may=may),
    }


def _perbaikan(case: Outcome, letter: dict[str, Any], siapa: Identity) -> dict[str, Any]:
    """What officials see of corrections, made and proposed."""
    if siapa.peran not in LOKET + PEJABAT:
        return {}
    return {"koreksi": letter.get("koreksi"), "perbaikan": tampak(case.state, letter)}


def _menunggu(case: Outcome, letter: dict[str, Any], *, may: bool) -> dict[str, Any]:
    """What the resident does next: download, or come with originals while the counter is open (R8)."""
    app = bagian()
    if letter["status"] != aturan.BERLAKU or letter.get("diserahkan"):
        return {}
    if may:
        return {"pemberitahuan": "Surat sudah jadi dan dapat diunduh."}
    then = kantor.penerbit(letter)
    found = app.rujukan.read("acuan", f"kantor.{then['kode']}")
    now = found.state["data"] if found and found.state["data"] else then
    office = {**now, "nama": kantor.sebutan(now)}
    papers = asli.bawa(case.state, app.katalog[letter["layanan"]].asli)
    return {"pemberitahuan": asli.pemberitahuan(papers, office), "bawa": papers, "loket": office}


def _boleh(case: Outcome, letter: dict[str, Any], siapa: Identity) -> bool:
    if siapa.peran != "warga":
        return bool(letter["status"] not in (aturan.MENUNGGU, aturan.BATAL, aturan.DIMUSNAHKAN))
    try:
        aturan.boleh_unduh(letter)
    except DokumenSalah:
        return bagian().serahkan.sudah_dilihat(case.state, letter, _dikenal(siapa))
    return True


def _dikenal(siapa: Identity) -> str:
    """A known person's own keyed NIK; empty for everybody else (R1)."""
    return str(siapa.klaim.get("nik_h", "")) if siapa.tingkat == "dikenal" else ""
