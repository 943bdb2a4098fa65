"""Is this letter real? By the code on it, or by the file itself (R18). No account is needed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from apiflask import APIBlueprint

from dokumen.application.pintu import Tempat
from dokumen.application.verifikasi import Letter
from dokumen.bootstrap import App
from dokumen.domain.cocok import Hal
from dokumen.domain.galat import KodeSalah
from dokumen.domain.verifikasi import halaman
from dokumen.entrypoints.http.badan import potongan
from dokumen.entrypoints.http.bagian import bagian, problems
from dokumen.entrypoints.http.klien import klien
from dokumen.entrypoints.http.models import CocokKeluar, CocokMasuk, PemeriksaanKeluar, VerifikasiKeluar
from web.problems import Problem

bp = APIBlueprint("verifikasi", __name__, url_prefix="/v1/verifikasi", tag="verifikasi")
KATA = {
    "asli": "Berkas ini sama persis dengan surat yang diterbitkan.",
    "berubah": "Berkas ini berubah sesudah disegel atau bukan salinan utuh. Jangan dipercaya.",
    "tidak_dikenal": "Berkas ini bukan surat yang diterbitkan lewat sistem ini.",
}


@bp.get("/<token>")
@bp.output(VerifikasiKeluar)
@bp.doc(
    summary="A letter by its token or short code",
    description="Codes that nobody knows are counted per client.",
    responses=problems(s404="no letter has this code", s429="too many unknown codes"),
)
def lihat(token: str) -> Any:
    app = bagian()
    _, letter = _dengan_kode(token)
    return halaman(letter, app.clock.now().date())


@bp.post("/<token>/cocokkan")
@bp.input(CocokMasuk)
@bp.output(CocokKeluar)
@bp.doc(
    summary="Compare a name, or the last four digits of a NIK",
    description="Five tries per letter and hour, both kinds together; every one is logged.",
    responses=problems(s404="no letter has this code", s409="nothing to compare", s429="no tries left"),
)
def cocokkan(token: str, json_data: CocokMasuk) -> Any:
    app = bagian()
    place, letter = _dengan_kode(token)
    hal: Hal = "nama" if json_data.nama is not None else "nik"
    asker = klien(app.verifier)
    app.audit.append(place.kantor, actor=asker, action=f"verifikasi.cocokkan_{hal}", subject=place.id)
    same, left = app.verifikasi.cocokkan(place, letter, hal, json_data.nama or json_data.nik or "")
    return {"hasil": "cocok" if same else "tidak_cocok", "sisa": left}


@bp.post("")
@bp.output(PemeriksaanKeluar)
@bp.doc(
    summary="Compare a PDF with the letter that was issued",
    description="The raw PDF is the body.",
    responses=problems(s413="too large", s422="not a PDF"),
)
def periksa() -> Any:
    app = bagian()
    pdf = b"".join(potongan(app.settings.maks_verifikasi))
    if b"%PDF-" not in pdf[:1024] and b"/ByteRange" not in pdf:
        raise Problem("bukan-pdf", "Kirim berkas PDF suratnya, bukan foto atau pindaian.")
    found = app.verifikasi.menurut_isi(pdf)
    letter = halaman(found[1], app.clock.now().date()) if found else None
    report = _report(app, pdf)
    hasil = "asli" if letter else report["hasil"]
    return {**report, "hasil": hasil, "keterangan": KATA[hasil], "surat": letter}


def _dengan_kode(token: str) -> tuple[Tempat, Letter]:
    """The letter of this code; a miss is counted and logged before it is answered."""
    app = bagian()
    asker = klien(app.verifier)
    try:
        return app.verifikasi.menurut_kode(token, asker)
    except KodeSalah:
        app.verifikasi.meleset(asker)
        # Half a digest: enough to see the same code tried again, useless for anything else.
        tried = sha256(token.encode()).hexdigest()[:20]
        app.audit.append("verifikasi", actor=asker, action="verifikasi.meleset", subject=tried)
        raise


def _report(app: App, pdf: bytes) -> dict[str, Any]:
    """What the seals in the file say."""
    from dokumen.adapters.otoritas import akar
    from dokumen.adapters.verifier import Verdict, inspect

    found = inspect(pdf, *akar(app.settings))
    broken = found.verdict in {Verdict.BERUBAH, Verdict.BELUM_LENGKAP}
    seals = [
        {
            "penyegel": s.signer,
            "utuh": s.intact,
            "dari_sistem_ini": s.trusted,
            "waktu": s.when.isoformat() if s.when else None,
        }
        for s in found.seals
    ]
    return {"hasil": "berubah" if broken else "tidak_dikenal", "segel": seals, "ditambah": found.appended}
