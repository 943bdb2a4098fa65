"""One answer at a time: what each kind of field accepts and the form in which it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from pengajuan.domain import kk, nik
from pengajuan.domain.errors import PengajuanSalah
from pengajuan.domain.layanan import Jenis, Medan

Isi = str | int | bool
_NAME = re.compile(r"[^\W\d_][^\d_<>{}|\\]*", re.UNICODE)
_DEFAULT_LENGTH = MappingProxyType({Jenis.NAMA: 100, Jenis.TEKS: 200, Jenis.PARAGRAF: 1000})


class IsianSalah(PengajuanSalah):
    """One answer that cannot be kept."""


def baca(medan: Medan, nilai: object, hari_ini: date) -> Isi:
    """The kept value of an answer that is not empty. Raises PengajuanSalah."""
    return _READERS[medan.jenis](medan, nilai, hari_ini)


def kosong(nilai: object) -> bool:
    return nilai is None or (isinstance(nilai, str) and not nilai.strip())


def _line(medan: Medan, nilai: object, _: date) -> str:
    return _checked_text(medan, " ".join(_text(medan, nilai).split()))


def _name(medan: Medan, nilai: object, hari_ini: date) -> str:
    text = _line(medan, nilai, hari_ini)
    if not _NAME.fullmatch(text):
        raise IsianSalah(
            "isian-nama", f"{medan.label} hanya boleh berisi huruf. Tulis seperti di KTP, tanpa angka."
        )
    return text


def _paragraph(medan: Medan, nilai: object, _: date) -> str:
    lines = (" ".join(line.split()) for line in _text(medan, nilai).splitlines())
    return _checked_text(medan, "\n".join(lines).strip())


def _nik(medan: Medan, nilai: object, _: date) -> str:
    return nik.parse(_text(medan, nilai)).angka


def _kk(medan: Medan, nilai: object, _: date) -> str:
    return kk.parse(_text(medan, nilai)).angka


def _date(medan: Medan, nilai: object, hari_ini: date) -> str:
    try:
        day = date.fromisoformat(_text(medan, nilai))
    except ValueError:
        raise IsianSalah(
            "isian-tanggal", f"{medan.label} bukan tanggal. Pilih dari kalender, contoh 12 Maret 1995."
        ) from None
    if day.year < 1900 or (medan.aturan.lampau and day > hari_ini):
        raise IsianSalah(
            "isian-tanggal-luar",
            f"{medan.label} tidak boleh sebelum 1900 atau sesudah hari ini. Periksa tahunnya.",
        )
    return day.isoformat()


def _month(medan: Medan, nilai: object, hari_ini: date) -> str:
    text = _text(medan, nilai)
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise IsianSalah("isian-bulan", f"{medan.label} harus bulan dan tahun, contoh 2021-08.") from None
    if month.year < 1900 or (medan.aturan.lampau and month > hari_ini):
        raise IsianSalah(
            "isian-bulan-luar",
            f"{medan.label} tidak boleh sebelum 1900 atau sesudah bulan ini. Periksa tahunnya.",
        )
    return text


def _option(medan: Medan, nilai: object, _: date) -> str:
    text = _text(medan, nilai)
    if all(p.kode != text for p in medan.pilihan):
        shown = ", ".join(p.label for p in medan.pilihan)
        raise IsianSalah("isian-pilihan", f"{medan.label}: pilih salah satu dari {shown}.")
    return text


def _number(medan: Medan, nilai: object, _: date) -> int:
    if (
        isinstance(nilai, str)
        and nilai.strip().isascii()
        and nilai.strip().isdigit()
        and len(nilai.strip()) <= 15
    ):
        nilai = int(nilai)
    if not isinstance(nilai, int) or isinstance(nilai, bool):
        raise IsianSalah("isian-angka", f"{medan.label} harus angka bulat, contoh 3.")
    low, high = medan.aturan.min, medan.aturan.maks
    if (low is not None and nilai < low) or (high is not None and nilai > high):
        raise IsianSalah(
            "isian-batas", f"{medan.label} harus antara {low or 0} dan {high or 'tak terbatas'}."
        )
    return nilai


def _rt_rw(medan: Medan, nilai: object, _: date) -> str:
    text = str(nilai).strip() if isinstance(nilai, str | int) and not isinstance(nilai, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 3) or int(text) == 0:
        raise IsianSalah(
            "isian-rt-rw", f"{medan.label} harus 1 sampai 3 angka, contoh 003. Lihat di KTP atau KK."
        )
    return text.zfill(3)


def _yes_no(medan: Medan, nilai: object, _: date) -> bool:
    if not isinstance(nilai, bool):
        raise IsianSalah("isian-ya-tidak", f"{medan.label}: jawab ya atau tidak.")
    return nilai


def _tick(medan: Medan, nilai: object, _: date) -> bool:
    if nilai is not True and medan.wajib:
        raise IsianSalah("isian-centang", f"{medan.label}: beri tanda centang untuk melanjutkan.")
    return nilai is True


def _text(medan: Medan, nilai: object) -> str:
    if not isinstance(nilai, str) or any(ord(c) < 32 and c not in "\n\r\t" for c in nilai):
        raise IsianSalah("isian-teks", f"{medan.label} harus berupa tulisan biasa. Ketik ulang isian ini.")
    return nilai.strip()


def _checked_text(medan: Medan, text: str) -> str:
    rule = medan.aturan
    high = rule.maks_panjang or _DEFAULT_LENGTH.get(medan.jenis, 200)
    if len(text) > high:
        raise IsianSalah(
            "isian-panjang", f"{medan.label} terlalu panjang: paling banyak {high} huruf. Singkatkan."
        )
    if rule.min_panjang is not None and len(text) < rule.min_panjang:
        raise IsianSalah(
            "isian-pendek",
            f"{medan.label} terlalu pendek: paling sedikit {rule.min_panjang} huruf. Lengkapi.",
        )
    if rule.pola is not None and not re.fullmatch(rule.pola, text):
        raise IsianSalah(
            "isian-pola", f"{medan.label}: {rule.pola_pesan or 'bentuknya tidak sesuai, lihat contoh.'}"
        )
    return text


_READERS: Mapping[Jenis, Callable[[Medan, object, date], Isi]] = MappingProxyType(
    {
        Jenis.NAMA: _name,
        Jenis.TEKS: _line,
        Jenis.PARAGRAF: _paragraph,
        Jenis.NIK: _nik,
        Jenis.KK: _kk,
        Jenis.TANGGAL: _date,
        Jenis.BULAN: _month,
        Jenis.PILIHAN: _option,
        Jenis.ANGKA: _number,
        Jenis.RT_RW: _rt_rw,
        Jenis.YA_TIDAK: _yes_no,
        Jenis.CENTANG: _tick,
    }
)
