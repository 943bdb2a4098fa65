"""Answers were corrected while officials decide: the steps still to come follow the new answers (R9, R10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from persetujuan.domain.alur import Layanan
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.kasus import Hasil, Kasus, Tahap
from persetujuan.domain.mulai import told


def sesuaikan(
    kasus: Kasus, penuh: Layanan, kantor: Mapping[str, Any], kalender: Kalender, waktu: datetime
) -> Hasil:
    """Steps up to the open one stay; those after it are chosen anew. A part that comes in is told its due time."""
    waiting = kasus.terbuka
    if kasus.tahap is not Tahap.BERJALAN or waiting is None or not kasus.langkah or kasus.pribadi is None:
        return kasus, ()
    codes = [step.kode for step in penuh.langkah]
    here = codes.index(waiting.langkah)
    wanted = penuh.jalan(kasus.pribadi.get("jawaban") or {}, kantor)
    steps = tuple(kode for n, kode in enumerate(codes) if kode in (kasus.langkah if n <= here else wanted))
    new = penuh.sebagian(steps).bagian - penuh.sebagian(kasus.langkah).bagian
    facts = tuple(
        told(part, datetime.fromisoformat(kasus.tenggat[part]), penuh.hari[part], kalender, waktu)
        for part in sorted(new)
    )
    return replace(kasus, langkah=steps), facts
