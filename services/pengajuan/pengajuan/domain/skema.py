"""The JSON Schema of a form, generated from its fields; conditional fields are never required there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pengajuan.domain.layanan import Jenis, Layanan, Medan

Skema = dict[str, object]
_TEXT = "string"
_BY_KIND: Mapping[Jenis, Mapping[str, object]] = MappingProxyType(
    {
        Jenis.NAMA: {"type": _TEXT, "minLength": 1, "maxLength": 100},
        Jenis.TEKS: {"type": _TEXT, "minLength": 1, "maxLength": 200},
        Jenis.PARAGRAF: {"type": _TEXT, "minLength": 1, "maxLength": 1000},
        Jenis.NIK: {"type": _TEXT, "pattern": "^[0-9]{16}$"},
        Jenis.KK: {"type": _TEXT, "pattern": "^[0-9]{16}$"},
        Jenis.TANGGAL: {"type": _TEXT, "format": "date"},
        Jenis.BULAN: {"type": _TEXT, "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
        Jenis.PILIHAN: {"type": _TEXT},
        Jenis.ANGKA: {"type": "integer"},
        Jenis.RT_RW: {"type": _TEXT, "pattern": "^[0-9]{3}$"},
        Jenis.YA_TIDAK: {"type": "boolean"},
        Jenis.CENTANG: {"type": "boolean"},
    }
)


def schema(layanan: Layanan) -> Skema:
    """JSON Schema 2020-12 of the kept answers of one service (what `formulir.periksa` returns)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ekelurahan:formulir:{layanan.kode.lower()}:{layanan.versi}",
        "title": layanan.nama,
        "type": "object",
        "properties": {m.id: _property(m) for m in layanan.medan},
        "required": [m.id for m in layanan.medan if m.wajib and m.bila is None],
        "additionalProperties": False,
    }


def _property(medan: Medan) -> Skema:
    rule = medan.aturan
    limits = {
        "minimum": rule.min,
        "maximum": rule.maks,
        "minLength": rule.min_panjang,
        "maxLength": rule.maks_panjang,
        "pattern": f"^(?:{rule.pola})$" if rule.pola else None,
        "enum": [p.kode for p in medan.pilihan] or None,
        "const": True if medan.jenis is Jenis.CENTANG and medan.wajib else None,
        "description": medan.bantuan or None,
    }
    return {
        "title": medan.label,
        **_BY_KIND[medan.jenis],
        **{k: v for k, v in limits.items() if v is not None},
    }
