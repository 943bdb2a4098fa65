"""A task grows late: its officials are told, then those above; the power to decide never moves (R12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from persetujuan.domain.alur import Tingkat, kantor_langkah
from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.kasus import Kasus
from persetujuan.domain.tugas import Tugas

ATASAN: Final[Mapping[str, tuple[str, Tingkat]]] = {
    "kasi": ("seklur", Tingkat.KELURAHAN),
    "seklur": ("lurah", Tingkat.KELURAHAN),
    "lurah": ("camat", Tingkat.KECAMATAN),
    "kasi_kecamatan": ("sekcam", Tingkat.KECAMATAN),
    "sekcam": ("camat", Tingkat.KECAMATAN),
}
"""Who is told next, and in which office; nobody is above the camat."""


def didekati(kasus: Kasus, tugas: str, waktu: datetime) -> tuple[Fakta, ...]:
    """`tenggat.didekati`, if the task still waits and is not late already."""
    told = _told("tenggat.didekati", kasus, tugas, waktu)
    return tuple(fact for fact in told if fact.data and fact.data["jatuh_tempo"] > teks(waktu))


def terlewati(kasus: Kasus, tugas: str, waktu: datetime) -> tuple[Fakta, ...]:
    """`tenggat.terlewati`, if the task still waits."""
    return _told("tenggat.terlewati", kasus, tugas, waktu)


def dieskalasi(kasus: Kasus, tugas: str, urut: int, waktu: datetime) -> tuple[Fakta, ...]:
    """The `urut`-th one above is told; nothing if the task was decided or nobody is that high."""
    task, above = _waiting(kasus, tugas), None
    if task is None or (above := atasan(task.peran, urut)) is None:
        return ()
    role, level = above
    data = {
        "tugas": task.id,
        "langkah": task.langkah,
        "peran": task.peran,
        "kantor": task.kantor,
        "kepada_peran": role,
        "kepada_kantor": kantor_langkah(kasus.kantor, level),
        "urut": urut,
        "putaran": task.putaran,
        "jatuh_tempo": task.jatuh_tempo,
        "waktu": teks(waktu),
    }
    return (Fakta(nama="tugas.dieskalasi", data=data),)


def atasan(peran: str, urut: int) -> tuple[str, Tingkat] | None:
    """The `urut`-th role above, 1 being the next."""
    found: tuple[str, Tingkat] | None = None
    for _ in range(urut):
        found = ATASAN.get(found[0] if found else peran)
        if found is None:
            return None
    return found


def _waiting(kasus: Kasus, tugas: str) -> Tugas | None:
    task = kasus.cari(tugas)
    return task if task is not None and task.terbuka else None


def _told(nama: str, kasus: Kasus, tugas: str, waktu: datetime) -> tuple[Fakta, ...]:
    task = _waiting(kasus, tugas)
    if task is None:
        return ()
    level = Tingkat.KELURAHAN if task.kantor == kasus.kantor else Tingkat.KECAMATAN
    data: dict[str, Any] = {
        "bagian": level.value,
        "tugas": task.id,
        "peran": task.peran,
        "kantor": task.kantor,
        "putaran": task.putaran,
        "jatuh_tempo": task.jatuh_tempo,
        "waktu": teks(waktu),
    }
    return (Fakta(nama=nama, data=data | ({"seksi": task.seksi} if task.seksi else {})),)
