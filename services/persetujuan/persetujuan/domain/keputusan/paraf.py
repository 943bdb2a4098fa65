"""Paraf: an initial that lets the case go on to the next step; never the last word."""

from __future__ import annotations

from persetujuan.domain.kasus import Hasil
from persetujuan.domain.keputusan.majukan import majukan
from persetujuan.domain.keputusan.syarat import Perkara


def paraf(perkara: Perkara) -> Hasil:
    return majukan(perkara)
