"""The pages around a letter's verification as HTML: no script, no picture, readable on any phone and by any reader."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from gateway.tanggal import tertulis

_STYLE = """
body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem;color:#111;background:#fff}
.putusan{padding:1rem;border-left:.6rem solid;margin:1rem 0}
.putusan strong{display:block;font-size:1.4rem}
.hijau{background:#e6f4ea;border-color:#137333}.kuning{background:#fef7e0;border-color:#b06000}
.merah{background:#fce8e6;border-color:#b3261e}.abu-abu{background:#eee;border-color:#555}
dt{font-weight:700;margin-top:.5rem}dd{margin:0}
input,button{font:inherit;min-height:2.75rem;max-width:100%;box-sizing:border-box}
input{padding:.5rem;border:2px solid #555}
button{padding:.5rem 1rem;margin:.5rem 0;background:#0b57d0;color:#fff;border:0}
fieldset{margin:1rem 0;border:1px solid #555}
"""
_ALLOWED = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_ALLOWED}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",  # the address of a letter's page holds its code
    "X-Robots-Tag": "noindex",
}
_PAGE = """<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
<main>
<h1>{title}</h1>
{main}
<p>Memeriksa surat gratis dan tidak perlu masuk.</p>
</main>
"""
_ASK = """<form action="/cek" method="get">
<p><label for="kode">Kode di bawah gambar QR pada surat, misalnya A4U3-9SAZ-25E5</label></p>
<p><input id="kode" name="kode" autocomplete="off" autocapitalize="characters" required></p>
<p><button>Periksa</button></p>
</form>
<form action="/cek/berkas" method="post" enctype="multipart/form-data">
<p><label for="berkas">Atau pilih berkas PDF suratnya</label></p>
<p><input id="berkas" name="berkas" type="file" accept="application/pdf" required></p>
<p><button>Periksa berkas</button></p>
</form>
"""
_MATCH = """<form action="{action}" method="post">
<fieldset><legend>{legend}</legend>
<p><label for="{field}">{label}</label></p>
<p><input id="{field}" name="{field}" autocomplete="off" required{more}></p>
<p><button>{legend}</button></p>
</fieldset></form>
"""
_FORMS = {
    "nama": ("Cocokkan nama", "Nama lengkap orang yang membawa surat", ""),
    "nik": (
        "Cocokkan 4 angka terakhir NIK",
        "Empat angka terakhir NIK pada KTP-nya",
        ' inputmode="numeric" maxlength="4" pattern="[0-9]{4}"',
    ),
}
JUDUL = {
    "berlaku": "ASLI DAN BERLAKU",
    "dicabut": "DICABUT",
    "diganti": "SUDAH DIGANTI",
    "kedaluwarsa": "KEDALUWARSA",
    "dimusnahkan": "ARSIP SUDAH DIMUSNAHKAN",
}
_MATCHED = {
    "cocok": ("hijau", "COCOK", "Ini sama dengan yang tertulis pada surat."),
    "tidak_cocok": (
        "merah",
        "TIDAK COCOK",
        "Ini tidak sama dengan yang tertulis pada surat. Periksa ejaannya; bila tetap tidak cocok, "
        "surat ini bukan milik orang tersebut.",
    ),
}


def awal(pesan: str = "") -> str:
    """The form that asks for a code or a file; `pesan` says what was wrong before."""
    told = f'<p role="alert" class="putusan merah">{escape(pesan)}</p>' if pesan else ""
    return _page("Periksa surat kelurahan", told + _ASK)


def surat(kode: str, isi: Mapping[str, Any], cocok: str = "", pesan: str = "") -> str:
    """A letter's page; `cocok` is the outcome of a comparison, `pesan` why there is none."""
    parts = [_verdict(isi["warna"], JUDUL[isi["status"]], isi["keterangan"])]
    if cocok:
        parts.append(_verdict(*_MATCHED[cocok]))
    if pesan:
        parts.append(f'<p role="alert" class="putusan merah">{escape(pesan)}</p>')
    parts.append(_facts(isi))
    parts += [_form(kode, what) for what in ("nama", "nik") if what in isi["cocokkan"]]
    parts.append('<p><a href="/cek">Periksa surat lain</a></p>')
    return _page("Hasil pemeriksaan surat", "\n".join(parts))


def berkas(isi: Mapping[str, Any]) -> str:
    """What a PDF turned out to be."""
    titles = {"asli": "SAMA DENGAN YANG DITERBITKAN", "berubah": "BERUBAH", "tidak_dikenal": "TIDAK DIKENAL"}
    colour = {"asli": "hijau", "berubah": "merah"}.get(isi["hasil"], "abu-abu")
    parts = [_verdict(colour, titles[isi["hasil"]], isi["keterangan"])]
    if isi.get("surat"):
        letter = isi["surat"]
        parts += [_verdict(letter["warna"], JUDUL[letter["status"]], letter["keterangan"]), _facts(letter)]
    parts.append('<p><a href="/cek">Periksa surat lain</a></p>')
    return _page("Hasil pemeriksaan berkas", "\n".join(parts))


def _verdict(colour: str, title: str, words: str) -> str:
    """Colour and words say the same: neither is needed for the other."""
    return f'<div role="status" class="putusan {colour}"><strong>{title}</strong>{escape(words)}</div>'


def _facts(isi: Mapping[str, Any]) -> str:
    signers = [f"{s['nama']}, {s['jabatan']}" for s in isi["penandatangan"]]
    rows: Sequence[tuple[str, Sequence[str]]] = (
        ("Jenis surat", [isi["jenis"]]),
        ("Nomor", isi["nomor"]),
        ("Tanggal", [tertulis(isi["tanggal"])]),
        ("Kantor", [isi["kantor"]]),
        ("Ditandatangani oleh", signers),
        ("Cara tanda tangan", [isi["tanda_tangan"]]),
        ("Berlaku sampai", [tertulis(isi.get("berlaku_sampai")) or "Tidak ada batas waktu"]),
        ("Nama (disamarkan)", [isi["nama"]] if isi["nama"] else []),
    )
    lines = [
        f"<dt>{name}</dt>" + "".join(f"<dd>{escape(v)}</dd>" for v in values)
        for name, values in rows
        if values
    ]
    return "<dl>\n" + "\n".join(lines) + "\n</dl>"


def _form(kode: str, what: str) -> str:
    legend, label, more = _FORMS[what]
    action = f"/v/{quote(kode, safe='')}/cocok"
    return _MATCH.format(action=action, legend=legend, label=label, field=what, more=more)


def _page(title: str, main: str) -> str:
    return _PAGE.format(title=title, style=_STYLE, main=main)
