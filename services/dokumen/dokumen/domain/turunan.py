"""Answers that follow from answers: ages at the wedding day, and what a marriage office calls a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

# Law 16/2019 (article 7): 19 for both; law 1/1974, article 6 (2): parents' leave under 21.
USIA_NIKAH, USIA_IZIN = 19, 21
TURUNAN = frozenset({"usia_akad", "calon_usia_akad", "status_nikah"})  # ids that no form asks
_LAKI = {
    "belum_kawin": "Jejaka",
    "kawin": "Beristri",
    "cerai_hidup": "Duda cerai hidup",
    "cerai_mati": "Duda cerai mati",
}
_PEREMPUAN = {
    "belum_kawin": "Perawan",
    "kawin": "Bersuami",
    "cerai_hidup": "Janda cerai hidup",
    "cerai_mati": "Janda cerai mati",
}


def lengkapi(jawaban: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with what follows from them; what does not follow is left out."""
    found = dict(jawaban)
    for prefix in ("", "calon_"):
        age = _usia(jawaban.get(f"{prefix}tanggal_lahir"), jawaban.get("akad_tanggal"))
        if age is not None:
            found[f"{prefix}usia_akad"] = age
    sex, status = jawaban.get("jenis_kelamin"), jawaban.get("status_kawin")
    words = {"laki_laki": _LAKI, "perempuan": _PEREMPUAN}.get(str(sex), {})
    if status in words:
        found["status_nikah"] = words[status]
    return found


def usia(lahir: date, pada: date) -> int:
    """Completed years; who is born on 29 February is a year older on 1 March of a common year."""
    return pada.year - lahir.year - ((pada.month, pada.day) < (lahir.month, lahir.day))


def _usia(lahir: object, pada: object) -> int | None:
    if not (isinstance(lahir, str) and isinstance(pada, str)):
        return None
    try:
        return usia(date.fromisoformat(lahir), date.fromisoformat(pada))
    except ValueError:
        return None
