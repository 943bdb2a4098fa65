"""The resident waits at the counter: the case comes first in every inbox, and its officials hear it at once (R12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.galat import TransisiSalah
from persetujuan.domain.kasus import Ditunggu, Hasil, Kasus


def tandai(kasus: Kasus, ditunggu: bool, oleh: str, waktu: datetime) -> Hasil:
    """Raises TransisiSalah when no official has the case. Saying it again changes nothing: who said it first stays."""
    task = kasus.terbuka
    if task is None:
        raise TransisiSalah("Permohonan ini sedang tidak menunggu keputusan pejabat.")
    if not ditunggu:
        return replace(kasus, ditunggu=None), ()
    if kasus.ditunggu is not None:
        return kasus, ()
    data: dict[str, Any] = {
        "tugas": task.id,
        "langkah": task.langkah,
        "peran": task.peran,
        "kantor": task.kantor,
        "putaran": task.putaran,
        "jatuh_tempo": task.jatuh_tempo,
        "waktu": teks(waktu),
    }
    section = {"seksi": task.seksi} if task.seksi else {}
    marked = Ditunggu(oleh=oleh, sejak=teks(waktu))
    return replace(kasus, ditunggu=marked), (Fakta(nama="tugas.ditunggu", data=data | section),)
