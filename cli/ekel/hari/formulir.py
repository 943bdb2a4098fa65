"""Fills any form of the catalogue from its fields alone: kind, rules, condition and the example in the help."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from ekel.demo.client import Unexpected
from ekel.demo.people import Resident
from ekel.hari import kata
from ekel.hari.kerabat import Kerabat
from pengajuan.domain import kondisi

Medan = Mapping[str, Any]
_CONTOH: Final = re.compile(r"[Cc]ontoh:?\s+([^.,;]{3,80})")
_POLA: Final = ("03.40", "10.30", *("1" * n for n in range(1, 21)), "A", "ABC", "contoh")
_TETAP: Final = {
    ("SKBM", "status_kawin"): "belum_kawin",  # what else would be asked for in vain
    ("RAMAI", "acara_jenis"): "pernikahan",  # as the names that the forms give for an example
    ("SKDU", "badan_bentuk"): "cv",
}
_MENDATANG: Final = timedelta(days=21)
_SEGERA: Final = timedelta(days=9)  # so soon that the camat's dispensation is asked for
_DISPENSASI: Final = "DISP_NIKAH"
_BANYAK: Final = {"peserta": (40, 90), "anak_ke": (1, 3), "lama_bulan": (1, 6), "tanggungan": (1, 5)}


@dataclass(kw_only=True)
class Pengisi:
    """Who fills what: the service, the person it is about, the office's date, and his own chance.

    `agama` is the whole family's, as soon as somebody asked for it.
    """

    layanan: str
    orang: Resident
    hari_ini: date
    rng: random.Random
    agama: str = ""

    @cached_property
    def kerabat(self) -> Kerabat:
        return Kerabat(layanan=self.layanan, diri=self.orang, hari_ini=self.hari_ini)

    def siapa(self, id: str) -> Resident:
        """Whom a field is about."""
        return self.kerabat.siapa(id, self.rng)


def isi(medan: Sequence[Medan], pengisi: Pengisi, hubungan: str = "diri_sendiri") -> dict[str, Any]:
    """Answers to every field that is asked. Raises `Unexpected` for a rule that it cannot meet."""
    answers: dict[str, Any] = {}
    for one in medan:
        if not berlaku(one.get("bila"), answers, hubungan):
            continue
        if not one["wajib"] and one["jenis"] != "nik" and pengisi.rng.random() < 0.5:
            continue
        answers[one["id"]] = _JENIS[one["jenis"]](one, pengisi)
    return answers


def berlaku(bila: Mapping[str, Any] | None, answers: Mapping[str, Any], hubungan: str) -> bool:
    """Whether a field or a requirement is asked for."""
    return kondisi.terpenuhi(_kondisi(bila) if bila else None, {**answers, "hubungan": hubungan}, {})


def _kondisi(bila: Mapping[str, Any]) -> kondisi.Kondisi:
    """A condition as the API tells it."""
    if "isi" in bila:
        return kondisi.Gabungan(cara=bila["cara"], isi=tuple(_kondisi(part) for part in bila["isi"]))
    nilai = bila["nilai"]
    return kondisi.Perbandingan(
        medan=bila["medan"],
        banding=bila["banding"],
        nilai=tuple(nilai) if isinstance(nilai, list) else nilai,
        batas_kantor=bila["batas_kantor"],
    )


def nik_utama(medan: Sequence[Medan], answers: Mapping[str, Any]) -> str:
    """Id of the first identity number that was filled in."""
    return next(str(m["id"]) for m in medan if m["jenis"] == "nik" and m["id"] in answers)


def _nama(medan: Medan, pengisi: Pengisi) -> str:
    return pengisi.siapa(medan["id"]).nama


def _nik(medan: Medan, pengisi: Pengisi) -> str:
    return pengisi.siapa(medan["id"]).nik


def _kk(medan: Medan, pengisi: Pengisi) -> str:
    return pengisi.orang.kk


def _tanggal(medan: Medan, pengisi: Pengisi) -> str:
    id = str(medan["id"])
    if id.endswith("tanggal_lahir") and not id.startswith("anak"):
        return pengisi.siapa(id).lahir.isoformat()
    if not medan["aturan"].get("lampau"):
        ahead = _SEGERA if pengisi.layanan == _DISPENSASI else _MENDATANG
        return (pengisi.hari_ini + ahead).isoformat()
    return (pengisi.hari_ini - timedelta(days=2)).isoformat()


def _bulan(medan: Medan, pengisi: Pengisi) -> str:
    return f"{pengisi.hari_ini.year - pengisi.rng.randrange(1, 6)}-03"


def _pilihan(medan: Medan, pengisi: Pengisi) -> str:
    codes = [p["kode"] for p in medan["pilihan"]]
    only = _TETAP.get((pengisi.layanan, medan["id"]))
    if only in codes:
        return str(only)
    if medan["id"].endswith("jenis_kelamin"):
        return pengisi.siapa(medan["id"]).jenis_kelamin
    if medan["id"].endswith("agama"):
        pengisi.agama = pengisi.agama or _agama(codes, pengisi)
        return pengisi.agama
    if medan["id"].endswith("kewarganegaraan"):
        return str(codes[0])
    return str(pengisi.rng.choice(codes))


def _agama(codes: Sequence[str], pengisi: Pengisi) -> str:
    """One for the whole family; the camat's dispensation is for weddings at the KUA."""
    often = pengisi.layanan == _DISPENSASI or pengisi.rng.random() < 0.7
    return "islam" if often and "islam" in codes else str(pengisi.rng.choice(codes))


def _angka(medan: Medan, pengisi: Pengisi) -> int:
    if medan["id"] in _BANYAK:
        return pengisi.rng.randint(*_BANYAK[medan["id"]])
    low = medan["aturan"].get("min") or 0
    high = medan["aturan"].get("maks")
    return pengisi.rng.randint(low, low + 9 if high is None else min(high, low + 9))


def _rt_rw(medan: Medan, pengisi: Pengisi) -> str:
    return f"{pengisi.rng.randint(1, 12):03d}"


def _ya_tidak(medan: Medan, pengisi: Pengisi) -> bool:
    return pengisi.rng.random() < 0.5


def _centang(medan: Medan, pengisi: Pengisi) -> bool:
    return True


def _teks(medan: Medan, pengisi: Pengisi) -> str:
    rule = medan["aturan"]
    if rule.get("pola"):
        fits = [text for text in _POLA if re.fullmatch(rule["pola"], text)]
        if not fits:
            raise Unexpected(f"no answer is known for {medan['id']} of the form {rule['pola']}")
        return fits[0]
    text = _kata(medan, pengisi)
    text = text.ljust(rule.get("min_panjang") or 0, "a")
    return text[: rule.get("maks_panjang") or 100].strip()


def _kata(medan: Medan, pengisi: Pengisi) -> str:
    id, rng = str(medan["id"]), pengisi.rng
    known = kata.tulis(id, pengisi.hari_ini, rng) or kata.alamat(id, rng)
    if known:
        return known
    shown = _CONTOH.search(medan.get("bantuan") or "")
    return shown.group(1).strip() if shown else f"Contoh {str(medan['label']).lower()}"


_JENIS: Final[Mapping[str, Callable[[Medan, Pengisi], Any]]] = {
    "nama": _nama,
    "nik": _nik,
    "kk": _kk,
    "tanggal": _tanggal,
    "bulan": _bulan,
    "pilihan": _pilihan,
    "angka": _angka,
    "rt_rw": _rt_rw,
    "ya_tidak": _ya_tidak,
    "centang": _centang,
    "teks": _teks,
    "paragraf": _teks,
}
