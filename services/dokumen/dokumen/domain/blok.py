"""Who signs, as lines over the name: in his own right, a.n., u.b., Plh. or Plt.

The prefixes are written as Permendagri 1/2023 does: `a.n.` and `u.b.` in small letters, `Plh.` and `Plt.` with a
capital, titles in capitals. Authority comes with the official's snapshot as `wewenang: {cara, untuk, melalui}`:

    plh   Plh. LURAH MEKARJAYA,             deputising for days; the deputy's own post is not named
    plt   Plt. LURAH MEKARJAYA,             the post is vacant
    an    a.n. LURAH MEKARJAYA              one level down signs for his superior
          SEKRETARIS KELURAHAN,
    ub    a.n. CAMAT SUKMAJAYA              two levels down: the level between is named before u.b.
          SEKRETARIS KECAMATAN
          u.b.
          KEPALA SEKSI PELAYANAN,
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CARA = ("plh", "plt", "an", "ub")


class WewenangSalah(ValueError):
    """Authority without the words it needs."""


def baris(pejabat: Mapping[str, Any], *, atas_nama: str = "") -> tuple[str, ...]:
    """The lines above the place of the signature; the last ends with a comma.

    `atas_nama` is the office head on whose behalf the whole letter is signed (product `an_camat`, R4).
    Raises `WewenangSalah` naming what is missing.
    """
    lines = _baris(pejabat)
    if atas_nama:
        lines = (f"a.n. {atas_nama.upper()}", *lines)
    return (*lines[:-1], f"{lines[-1]},")


def _baris(pejabat: Mapping[str, Any]) -> tuple[str, ...]:
    own, authority = _wajib(pejabat, "jabatan"), pejabat.get("wewenang")
    if not authority:
        return (own,)
    cara = authority.get("cara")
    if cara not in CARA:
        raise WewenangSalah("cara")
    above = _wajib(authority, "untuk")
    if cara in {"plh", "plt"}:
        return (f"{cara.capitalize()}. {above}",)
    if cara == "an":
        return (f"a.n. {above}", own)
    return (f"a.n. {above}", _wajib(authority, "melalui"), "u.b.", own)


def _wajib(data: Mapping[str, Any], medan: str) -> str:
    text = str(data.get(medan) or "").strip()
    if not text:
        raise WewenangSalah(medan)
    return text.upper()


def sebutan(pejabat: Mapping[str, Any], *, atas_nama: str = "") -> str:
    """The same in one line, as a page of verification shows it: `a.n. CAMAT SUKMAJAYA, SEKRETARIS KECAMATAN`."""
    return ", ".join(baris(pejabat, atas_nama=atas_nama)).rstrip(",").replace(", u.b., ", " u.b. ")
