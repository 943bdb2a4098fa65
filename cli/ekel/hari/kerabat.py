"""The other people of a form, one for each prefix: name, identity number, day of birth and sex belong together."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from ekel.demo.people import Resident, resident

_LAHIR: Final = ("tanggal_lahir", "jenis_kelamin", "nama", "nik")  # fields that tell who somebody is
_PRIA, _WANITA, _LAWAN = "laki_laki", "perempuan", "lawan"
_KELAMIN: Final = {
    "ayah_": _PRIA, "calon_ayah_": _PRIA, "wali_": _PRIA, "ibu_": _WANITA, "calon_": _LAWAN, "pasangan_dulu_": _LAWAN,
}  # fmt: skip
# Years older than the person of the form; in a birth the parents are counted from today.
_LEBIH_TUA: Final = {"ayah_": 27, "ibu_": 24, "calon_": 1, "pasangan_dulu_": 2, "calon_ayah_": 28}
_BAYI, _USIA_LANJUT, _ALMARHUM = "LAHIR", 74, "alm_"


@dataclass(slots=True, kw_only=True)
class Kerabat:
    """`diri` is the person of the form, who has no prefix."""

    layanan: str
    diri: Resident
    hari_ini: date
    _kenal: dict[str, Resident] = field(default_factory=dict)

    def siapa(self, id: str, rng: random.Random) -> Resident:
        """Whom a field of the form is about, the same person for the same prefix."""
        awalan = next((id.removesuffix(end) for end in _LAHIR if id.endswith(end)), f"{id}_")
        if not awalan:
            return self.diri
        if awalan not in self._kenal:
            self._kenal[awalan] = self._baru(awalan, rng)
        return self._kenal[awalan]

    def _baru(self, awalan: str, rng: random.Random) -> Resident:
        return resident(rng.randrange(10**9), kelamin=self._kelamin(awalan), lahir=self._lahir(awalan, rng))

    def _kelamin(self, awalan: str) -> str:
        wanted: Mapping[str, str] = _KELAMIN
        if wanted.get(awalan) != _LAWAN:
            return wanted.get(awalan, "")
        return _PRIA if self.diri.jenis_kelamin == _WANITA else _WANITA

    def _lahir(self, awalan: str, rng: random.Random) -> date | None:
        if awalan == _ALMARHUM:
            return self.hari_ini - timedelta(days=_USIA_LANJUT * 365 + rng.randrange(3000))
        older = _LEBIH_TUA.get(awalan)
        if older is None:
            return None
        child = self.hari_ini if self.layanan == _BAYI else self.diri.lahir
        return child - timedelta(days=older * 365 + rng.randrange(1500))
