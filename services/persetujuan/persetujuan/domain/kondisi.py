"""Conditions (`bila`) of a step: data over the form's answers and the office's limits, no expression language (R9).

`{medan: tutup_jalan, sama: true}`, `{medan: peserta, lebih_dari: {batas_kantor: peserta, baku: 300}}`, joined by
`{semua: [...]}` or `{salah_satu: [...]}`; `{kantor: paraf_seklur}` holds where the office switched that on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Kondisi = Mapping[str, Any]
_GABUNG: Mapping[str, Callable[[list[bool]], bool]] = {"semua": all, "salah_satu": any}


def terpenuhi(kondisi: Kondisi, jawaban: Mapping[str, Any], kantor: Mapping[str, Any]) -> bool:
    """Whether it holds; an unanswered field equals nothing. `kantor` is what the office set for its flows."""
    for word, join in _GABUNG.items():
        if word in kondisi:
            return join([terpenuhi(part, jawaban, kantor) for part in kondisi[word]])
    if "kantor" in kondisi:
        return kantor.get(kondisi["kantor"]) is True
    answer = jawaban.get(kondisi["medan"])
    if "sama" in kondisi:
        return bool(answer == kondisi["sama"])
    limit = kondisi["lebih_dari"]
    if isinstance(limit, Mapping):
        limit = (kantor.get("batas") or {}).get(limit["batas_kantor"], limit["baku"])
    return isinstance(answer, int) and answer > limit


def periksa(kondisi: object) -> Kondisi:
    """The condition itself if it has the shape above. Raises ValueError or TypeError."""
    if not isinstance(kondisi, Mapping):
        raise TypeError(f"a condition is a mapping: {kondisi!r}")
    keys = set(kondisi)
    for word in _GABUNG:
        if keys == {word} and isinstance(kondisi[word], list) and kondisi[word]:
            return {word: [periksa(part) for part in kondisi[word]]}
    limit = kondisi.get("lebih_dari")
    of_office = isinstance(limit, Mapping) and set(limit) == {"batas_kantor", "baku"}
    known = keys in ({"kantor"}, {"medan", "sama"}) or (
        keys == {"medan", "lebih_dari"} and (of_office or isinstance(limit, int))
    )
    if not known:
        raise ValueError(f"not a condition: {dict(kondisi)!r}")
    return kondisi
