"""Reads the catalogue: one YAML file per service, every mistake of every file told at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from chassis.contracts import read_yaml
from pengajuan.adapters import bersama
from pengajuan.domain import kondisi
from pengajuan.domain.errors import KatalogSalah
from pengajuan.domain.layanan import (
    Alur,
    Asli,
    Aturan,
    Dibatasi,
    Informasi,
    Jenis,
    Layanan,
    Medan,
    Penerusan,
    Penetapan,
    Pilihan,
    Rilis,
    SubjekMedan,
    Syarat,
)

KATALOG = Path(__file__).parent.parent / "katalog"
_WILAYAH = "wilayah_"
Isi = Mapping[str, Any]


def baca_layanan(folder: Path = KATALOG) -> Mapping[str, Layanan]:
    """Services by code. Raises KatalogSalah with all mistakes (`skdom.yaml: medan.3: …`)."""
    found: dict[str, Layanan] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name.startswith(_WILAYAH):
            continue
        data, mistakes = _read(path)
        wrong += [f"{path.name}: {mistake}" for mistake in mistakes]
        if not mistakes:
            layanan = susun(data)
            wrong += [f"{path.name}: code {layanan.kode} is used twice"] if layanan.kode in found else []
            found[layanan.kode] = layanan
    if not found and not wrong:
        wrong.append(f"no service in {folder}")
    if wrong:
        raise KatalogSalah(tuple(wrong))
    return found


def susun(data: Isi) -> Layanan:
    """One service from data that passed `periksa`."""
    plain = {key: value for key, value in data.items() if key not in _BUILT}
    return Layanan(
        **plain,
        sidik=sidik(data),
        kata_cari=tuple(data["kata_cari"]),
        alur=Alur(data["alur"]),
        rilis=Rilis(data["rilis"]) if "rilis" in data else None,
        dasar_hukum=tuple(data["dasar_hukum"]),
        biaya_lain=tuple(data.get("biaya_lain", ())),
        subjek=tuple(SubjekMedan(**{**s, "bila": _bila(s)}) for s in data.get("subjek", ())),
        medan=tuple(_medan(m) for m in data.get("medan", ())),
        syarat=tuple(_syarat(s) for s in data.get("syarat", ())),
        penetapan=_penetapan(data["penetapan"]),
        penerusan=Penerusan(**data["penerusan"]) if "penerusan" in data else None,
        informasi=_informasi(data["informasi"]) if "informasi" in data else None,
        dibatasi=Dibatasi(**data["dibatasi"]) if "dibatasi" in data else None,
    )


def periksa(data: object) -> tuple[str, ...]:
    """Every mistake of one service file: shape first, then what refers to what."""
    shape = [
        f"{'.'.join(str(p) for p in error.absolute_path) or 'file'}: {error.message}"
        for error in sorted(_VALIDATOR.iter_errors(data), key=lambda e: [str(p) for p in e.absolute_path])
    ]
    if shape or not isinstance(data, Mapping):
        return tuple(shape)
    return tuple(_references(data))


def sidik(data: Isi) -> str:
    """SHA-256 (hex) of the content: two files with one version must not differ."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> tuple[Isi, tuple[str, ...]]:
    try:
        data = _json_values(read_yaml(path))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return {}, (f"not readable as YAML: {error}",)
    data, lost = bersama.luaskan(data)
    mistakes = (*lost, *periksa(data))
    return (data, mistakes) if isinstance(data, Mapping) else ({}, mistakes)


def _references(data: Isi) -> Iterator[str]:
    fields, papers, subjects = (data.get(part, []) for part in ("medan", "syarat", "subjek"))
    ids = [m["id"] for m in fields]
    codes = [s["kode"] for s in papers]
    for name in sorted({x for x in (*ids, *codes) if [*ids, *codes].count(x) > 1}):
        yield f"{name} is used twice"
    for n, subject in enumerate(subjects):
        for part in ("nama", "nik", "kk"):
            if part in subject and subject[part] not in ids:
                yield f"subjek.{n}.{part}: no field {subject[part]}"
    for n, field in enumerate(fields):
        yield from _condition(field, {*ids[:n], "hubungan"}, f"medan.{field['id']}")
    for part in (*papers, *subjects):
        yield from _condition(part, {*ids, "hubungan"}, f"{part.get('kode', part.get('nama'))}")


def _condition(part: Isi, known: set[str], where: str) -> Iterator[str]:
    """A field's condition may look at earlier fields only: the form asks them in order."""
    try:
        unknown = kondisi.medan_dipakai(_bila(part)) - known
    except (ValueError, TypeError, KeyError) as error:
        yield f"{where}.bila: {error}"
        return
    for name in sorted(unknown):
        yield f"{where}.bila: no earlier field {name}"


def _medan(data: Isi) -> Medan:
    return Medan(
        **{
            **data,
            "jenis": Jenis(data["jenis"]),
            "bila": _bila(data),
            "aturan": Aturan(**data.get("aturan", {})),
            "pilihan": _pilihan(data.get("pilihan", ())),
        }
    )


def _syarat(data: Isi) -> Syarat:
    built = {
        "bila": _bila(data),
        "asli": Asli(data["asli"]),
        "salah_satu": _pilihan(data.get("salah_satu", ())),
    }
    return Syarat(**{**data, **built})


def _informasi(data: Isi) -> Informasi:
    return Informasi(**{**data, "bawa": tuple(data["bawa"])})


def _penetapan(data: Isi) -> Penetapan:
    day = data.get("sk_tanggal")
    return Penetapan(
        status=data["status"],
        sk_nomor=data.get("sk_nomor"),
        sk_tanggal=date.fromisoformat(day) if day else None,
    )


def _pilihan(data: list[Isi] | tuple[Isi, ...]) -> tuple[Pilihan, ...]:
    return tuple(Pilihan(**p) for p in data)


def _bila(data: Isi) -> kondisi.Kondisi | None:
    return kondisi.baca(data["bila"]) if "bila" in data else None


def _json_values(value: object) -> Any:
    """YAML reads `2026-01-31` as a date; the catalogue is JSON-shaped, so dates become text again."""
    if isinstance(value, Mapping):
        return {str(key): _json_values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json_values(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


_BUILT = frozenset(
    {
        "kata_cari",
        "alur",
        "rilis",
        "dasar_hukum",
        "biaya_lain",
        "subjek",
        "medan",
        "syarat",
        "penetapan",
        "penerusan",
        "informasi",
        "dibatasi",
    }
)
_VALIDATOR = Draft202012Validator(json.loads((KATALOG / "layanan.schema.json").read_text(encoding="utf-8")))
