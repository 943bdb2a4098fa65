"""The catalogue of letters and forms from `katalog/`; a mistake in a file stops the start.

A field may be a reference to a block of `bersama/medan.yaml`: `{blok: orang, awalan: ibu_, sebutan: ibu}` stands for
all of its fields (but those in `tanpa`), ids with the prefix; `bila` and `wajib` of the reference hold for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from chassis.contracts import read_yaml
from dokumen.domain import kondisi
from dokumen.domain.katalog import JENIS, Formulir, Layanan, Medan, Tujuan

FOLDER = Path(__file__).resolve().parent.parent / "katalog"
PRODUK = {
    "surat_kelurahan": ("lurah",),
    "legalisasi": ("lurah", "camat"),
    "surat_kecamatan": ("camat",),
    "an_camat": ("lurah",),
}
ASLI = {"ditunjukkan", "diserahkan", "cek_qr"}
Isi = Mapping[str, Any]
Made = TypeVar("Made")


class KatalogSalah(Exception):
    """A file of the catalogue does not hold what it must."""


def muat(folder: Path = FOLDER) -> Mapping[str, Layanan]:
    """Letter code → letter: one for each service, and those that a case yields beside it (`induk`)."""
    files = [*sorted(folder.glob("*.yaml")), *sorted((folder / "beserta").glob("*.yaml"))]
    found = [_layanan(file) for file in files]
    return {layanan.kode: layanan for layanan in found}


def muat_formulir(folder: Path = FOLDER) -> Mapping[str, Formulir]:
    """Form code → form."""
    found = [_formulir(file) for file in sorted((folder / "formulir").glob("*.yaml"))]
    return {formulir.kode: formulir for formulir in found}


def _layanan(file: Path) -> Layanan:
    raw = _read(file)
    if PRODUK.get(raw["produk"]) != raw["penandatangan"] or not set(raw["asli"].values()) <= ASLI:
        raise KatalogSalah(f"{file.name}: produk, penandatangan or asli")
    raw["versi"] = str(raw["versi"])
    raw["tujuan"] = Tujuan(**raw["tujuan"]) if raw.get("tujuan") else None
    raw["ragam"] = tuple(_ragam(file, other) for other in raw.get("ragam", ()))
    shapes = [raw, *raw["ragam"]]
    if any(s.get("bentuk") == "korespondensi" and not (s.get("tujuan") and s.get("hal")) for s in shapes):
        raise KatalogSalah(f"{file.name}: korespondensi needs tujuan and hal")
    return _made(Layanan, raw, file)


def _ragam(file: Path, raw: dict[str, Any]) -> Isi:
    if "bila" not in raw:
        raise KatalogSalah(f"{file.name}: ragam without bila")
    kondisi.berlaku(raw["bila"], {})
    if "medan" in raw:
        raw["medan"] = _medan(file, raw["medan"])
    if "tujuan" in raw:
        raw["tujuan"] = Tujuan(**raw["tujuan"])
    return raw


def _formulir(file: Path) -> Formulir:
    return _made(Formulir, _read(file), file)


def _read(file: Path) -> dict[str, Any]:
    raw: dict[str, Any] = read_yaml(file)
    raw["medan"] = _medan(file, raw["medan"])
    for name in ("penandatangan", "layanan"):
        if name in raw:
            raw[name] = tuple(raw[name])
    kondisi.berlaku(raw.get("bila"), {})
    return raw


def _made(kind: Callable[..., Made], raw: Isi, file: Path) -> Made:
    try:
        return kind(**raw)
    except TypeError as error:
        raise KatalogSalah(f"{file.name}: {error}") from error


def _medan(file: Path, items: list[Isi]) -> tuple[Medan, ...]:
    fields = tuple(_field(file, one) for item in items for one in _block(file, item))
    ids = [m.id for m in fields]
    if len(set(ids)) != len(ids):
        raise KatalogSalah(f"{file.name}: a field twice")
    return fields


def _field(file: Path, item: Isi) -> Medan:
    field = _made(Medan, item, file)
    if field.jenis not in JENIS or (field.jenis == "pilihan") != bool(field.kata):
        raise KatalogSalah(f"{file.name}: {field.id}: jenis or kata")
    kondisi.berlaku(field.bila, {})
    return field


def _block(file: Path, item: Isi) -> Iterator[Isi]:
    if "blok" not in item:
        yield item
        return
    fields = _bersama().get(item["blok"])
    if fields is None or item.keys() - {"blok", "awalan", "sebutan", "bila", "wajib", "tanpa"}:
        raise KatalogSalah(f"{file.name}: block {item['blok']}")
    for field in fields:
        if field["id"] in item.get("tanpa", ()):
            continue
        label = field["label"].format(sebutan=item.get("sebutan", "")).strip()
        over = {key: item[key] for key in ("bila", "wajib") if key in item}
        yield {**field, "id": item.get("awalan", "") + field["id"], "label": label, **over}


@cache
def _bersama() -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = read_yaml(FOLDER / "bersama" / "medan.yaml")
    return data
