"""Typed data were corrected while officials decide: whatever was given on the old data starts again (R10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from persetujuan.domain.alur import Layanan
from persetujuan.domain.kasus import Hasil, Kasus, Tahap
from persetujuan.domain.mulai import buka


def ulang(kasus: Kasus, penuh: Layanan, putaran: int, waktu: datetime) -> Hasil:
    """The first step waits again; parafs and approvals of this round no longer count. Due times stay."""
    layanan = kasus.jalan(penuh)
    waiting, first = kasus.terbuka, layanan.langkah[0]
    running = kasus.tahap is Tahap.BERJALAN and kasus.lengkap is not None
    if not running or waiting is None or waiting.putaran != putaran or waiting.langkah == first.kode:
        return kasus, ()
    void = tuple(replace(task, gugur=True) if task.putaran == putaran else task for task in kasus.tugas)
    again, task = buka(replace(kasus, tugas=void), layanan, first, putaran, waktu)
    return again, (task,)
