"""Is this letter real? By the code on it, or by the file itself (R18). No account is needed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from apiflask import APIBlueprint

from dokumen.application.pintu import Jenis
from dokumen.bootstrap import App
from dokumen.domain.galat import KodeSalah
from dokumen.domain.verifikasi import halaman, kode_pendek
from dokumen.entrypoints.http.badan import potongan
from dokumen.entrypoints.http.bagian import bagian, problems
from dokumen.entrypoints.http.models import PemeriksaanKeluar, VerifikasiKeluar
from web.problems import Problem

bp = APIBlueprint("verifikasi", __name__, url_prefix="/v1/verifikasi", tag="verifikasi")
KATA = {
    "asli": "Berkas ini sama persis dengan surat yang diterbitkan.",
    "berubah": "Berkas ini berubah sesudah disegel atau bukan salinan utuh. Jangan dipercaya.",
    "tidak_dikenal": "Berkas ini bukan surat yang diterbitkan lewat sistem ini.",
}


@bp.get("/<token>")
@bp.output(VerifikasiKeluar)
@bp.doc(summary="A letter by its token or short code", responses=problems(s404="no letter has this code"))
def lihat(token: str) -> Any:
    app, short = bagian(), kode_pendek(token)
    found = _surat(app, "token", _sidik(token.encode()))
    if found is None and short:
        found = _surat(app, "kode", _sidik(short.encode()))
    if found is None:
        raise KodeSalah("Kode ini tidak dikenal. Periksa lagi huruf dan angkanya di bawah kode QR.")
    return found


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
    letter = _surat(app, "sidik", _sidik(pdf))
    report = _report(app, pdf)
    hasil = "asli" if letter else report["hasil"]
    return {**report, "hasil": hasil, "keterangan": KATA[hasil], "surat": letter}


def _report(app: App, pdf: bytes) -> dict[str, Any]:
    """What the seals in the file say."""
    from dokumen.adapters.authority import Authority
    from dokumen.adapters.verifier import Verdict, inspect

    root = app.settings.key_folder() / "segel"
    found = inspect(pdf, [Authority(root).root_pem] if (root / "root.pem").exists() else [])
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


def _surat(app: App, jenis: Jenis, kunci: str) -> dict[str, Any] | None:
    """The public page of the letter in force or once in force; bytes of a lost try are not its file."""
    place = app.penunjuk.cari(jenis, kunci)
    case = app.perkara.read(place.kantor, place.permohonan) if place else None
    letter = case.state["surat"].get(place.id) if place and case else None
    if not letter or not letter.get("terbit") or (jenis == "sidik" and letter["sha256"] != kunci):
        return None
    return halaman(letter, app.clock.now().date())


def _sidik(isi: bytes) -> str:
    return sha256(isi).hexdigest()
