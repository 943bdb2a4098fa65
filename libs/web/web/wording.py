"""What is wrong with a field, in plain Indonesian with the way out (pydantic's error types to our words)."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

_WORDS = {
    "missing": ("wajib", "Isian ini wajib. Tambahkan lalu kirim lagi."),
    "extra_forbidden": ("tidak-dikenal", "Isian ini tidak dikenal. Hapus lalu kirim lagi."),
    "string_too_short": ("terlalu-pendek", "Terlalu pendek. Isi paling sedikit {min_length} huruf."),
    "string_too_long": ("terlalu-panjang", "Terlalu panjang. Isi paling banyak {max_length} huruf."),
    "string_pattern_mismatch": ("bentuk-salah", "Bentuknya salah. Lihat contoh pada petunjuk isian."),
    "string_type": ("bukan-teks", "Harus berupa teks."),
    "int_type": ("bukan-bilangan", "Harus berupa bilangan bulat."),
    "int_parsing": ("bukan-bilangan", "Harus berupa bilangan bulat."),
    "bool_type": ("bukan-ya-tidak", "Harus berupa true atau false."),
    "bool_parsing": ("bukan-ya-tidak", "Harus berupa true atau false."),
    "list_type": ("bukan-daftar", "Harus berupa daftar."),
    "dict_type": ("bukan-objek", "Harus berupa objek."),
    "literal_error": ("pilihan-salah", "Pilih salah satu dari: {expected}."),
    "enum": ("pilihan-salah", "Pilih salah satu dari: {expected}."),
    "greater_than_equal": ("terlalu-kecil", "Paling kecil {ge}."),
    "less_than_equal": ("terlalu-besar", "Paling besar {le}."),
    "too_long": ("terlalu-banyak", "Paling banyak {max_length} butir."),
    "too_short": ("terlalu-sedikit", "Paling sedikit {min_length} butir."),
}
_OTHER = ("isian-salah", "Isian ini salah. Periksa lalu kirim lagi.")


def field_errors(error: ValidationError) -> list[dict[str, str]]:
    """Every mistake at once: {pointer (RFC 6901), slug, detail}."""
    return [_one(e) for e in error.errors(include_url=False, include_input=False)]


def _one(error: Any) -> dict[str, str]:
    slug, words = _WORDS.get(error["type"], _OTHER)
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error["loc"])
    return {"pointer": pointer, "slug": slug, "detail": words.format(**error.get("ctx", {}))}
