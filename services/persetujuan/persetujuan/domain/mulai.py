"""Start: once both halves of a round are there, its due times are set and the first step waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from persetujuan.domain import tenggat
from persetujuan.domain.alur import Langkah, Layanan, Tingkat, kantor_langkah
from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.kasus import Hasil, Kasus, Lengkap, Tahap
from persetujuan.domain.tugas import Tugas, nomor


def siap(kasus: Kasus) -> Lengkap | None:
    """The completeness whose round can start now; None while something is missing or has happened."""
    complete, personal = kasus.lengkap, kasus.pribadi
    if complete is None or personal is None or kasus.tahap not in {Tahap.MENUNGGU, Tahap.DIKEMBALIKAN}:
        return None
    started = any(task.putaran >= complete.putaran for task in kasus.tugas)
    return None if started or personal["putaran"] != complete.putaran else complete


def mulai(
    kasus: Kasus,
    penuh: Layanan,
    lengkap: Lengkap,
    kalender: Kalender,
    kantor: Mapping[str, Any],
    waktu: datetime,
) -> Hasil:
    """MENUNGGU | DIKEMBALIKAN → BERJALAN. `waktu` is office time in the office's zone; `kantor` its own flow."""
    steps = penuh.jalan((kasus.pribadi or {}).get("jawaban") or {}, kantor)
    layanan = penuh.sebagian(steps)
    due = _due_times(kasus, penuh, lengkap, kalender, waktu)
    facts = tuple(
        told(part, moment, penuh.hari[part], kalender, waktu)
        for part, moment in due.items()
        if part in layanan.bagian
    )
    texts = {part: teks(moment) for part, moment in due.items()}
    running = replace(
        kasus, tahap=Tahap.BERJALAN, langkah=steps, tenggat=texts, dikembalikan_pada=None, kembali=None
    )
    started, task = buka(running, layanan, layanan.langkah[0], lengkap.putaran, waktu)
    return started, (*facts, task)


def buka(
    kasus: Kasus, layanan: Layanan, langkah: Langkah, putaran: int, waktu: datetime
) -> tuple[Kasus, Fakta]:
    """The case with a task for `langkah`, and `tugas.dibuat`."""
    task = Tugas(
        id=nomor(kasus.id, len(kasus.tugas) + 1),
        langkah=langkah.kode,
        peran=langkah.peran,
        kantor=kantor_langkah(kasus.kantor, langkah.tingkat),
        seksi=layanan.seksi if langkah.per_seksi else None,
        putaran=putaran,
        dibuat=teks(waktu),
        jatuh_tempo=kasus.tenggat[langkah.tingkat],
    )
    data: dict[str, Any] = {
        "tugas": task.id,
        "langkah": task.langkah,
        "peran": task.peran,
        "kantor": task.kantor,
        "putaran": putaran,
        "jatuh_tempo": task.jatuh_tempo,
        "waktu": task.dibuat,
    }
    data |= ({"seksi": task.seksi} if task.seksi else {}) | (
        {"ditunggu": True} if kasus.ditunggu is not None else {}
    )
    return replace(kasus, tugas=(*kasus.tugas, task)), Fakta(nama="tugas.dibuat", data=data)


def _due_times(
    kasus: Kasus, layanan: Layanan, lengkap: Lengkap, kalender: Kalender, waktu: datetime
) -> Mapping[Tingkat, datetime]:
    """Per part, in order: the parts' days add up. After a return the old times move instead (R21)."""
    zone = waktu.tzinfo
    complete = datetime.fromisoformat(lengkap.waktu).astimezone(zone)
    found: dict[Tingkat, datetime] = {}
    days = 0
    for part in (part for part in Tingkat if part in layanan.hari):
        days += layanan.hari[part]
        office = kantor_langkah(kasus.kantor, part)
        if kasus.dikembalikan_pada is not None and part in kasus.tenggat:
            old = datetime.fromisoformat(kasus.tenggat[part]).astimezone(zone)
            returned = datetime.fromisoformat(kasus.dikembalikan_pada).astimezone(zone)
            found[part] = tenggat.geser(old, returned, complete, kalender, kasus.kantor, office)
        else:
            found[part] = tenggat.jatuh_tempo(complete, days, kalender, kasus.kantor, office)
    return found


def told(part: Tingkat, due: datetime, hari: int, kalender: Kalender, waktu: datetime) -> Fakta:
    """`tenggat.ditetapkan` of one part."""
    data = {
        "bagian": part.value,
        "jatuh_tempo": teks(due),
        "hari": hari,
        "kalender": kalender.versi,
        "waktu": teks(waktu),
    }
    return Fakta(nama="tenggat.ditetapkan", data=data)
