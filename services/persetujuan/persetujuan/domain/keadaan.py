"""A case as a JSON document and back. `terbuka` repeats the open task, for the inbox's index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from persetujuan.domain.alur import Keputusan, Tingkat
from persetujuan.domain.kasus import Catatan, Ditunggu, Kasus, Kembali, Lengkap, Tahap
from persetujuan.domain.tugas import Tugas

State = dict[str, Any]
# Steps of a case that release 0.1 began: it wrote none, had two services and no step with a condition.
_LURAH = ("paraf_kasi", "tanda_tangan_lurah")
_RILIS_01 = {
    "SKDOM": _LURAH,
    "SKTM": (*_LURAH, "paraf_kasi_kecamatan", "paraf_sekcam", "tanda_tangan_camat"),
}


def to_state(kasus: Kasus) -> State:
    """JSON values only. Keys without a value are left out, so that the index stays small."""
    state: State = {
        "id": kasus.id,
        "kantor": kasus.kantor,
        "tahap": kasus.tahap.value,
        "pribadi": None if kasus.pribadi is None else dict(kasus.pribadi),
        "pemilik": list(kasus.pemilik),
        "tugas": [_task(task) for task in kasus.tugas],
        "tenggat": {part.value: due for part, due in kasus.tenggat.items()},
        "dikembalikan_pada": kasus.dikembalikan_pada,
        "pembatalan": kasus.pembatalan,
    }
    if kasus.lengkap is not None:
        complete = asdict(kasus.lengkap)
        state["lengkap"] = {**complete, "berkas": [dict(paper) for paper in kasus.lengkap.berkas]}
    if kasus.terbuka is not None:
        state["terbuka"] = _task(kasus.terbuka) | {"urut": urut(kasus.ditunggu is not None, kasus.terbuka)}
    if kasus.ditunggu is not None:
        state["ditunggu"] = asdict(kasus.ditunggu)
    if kasus.kembali is not None:
        state["kembali"] = asdict(kasus.kembali) | {"kekurangan": [dict(p) for p in kasus.kembali.kekurangan]}
    if kasus.langkah:
        state["langkah"] = list(kasus.langkah)
    if kasus.catatan:
        state["catatan"] = [asdict(note) for note in kasus.catatan]
    return state


def from_state(state: Mapping[str, Any]) -> Kasus:
    complete = state.get("lengkap")
    return Kasus(
        id=state["id"],
        kantor=state["kantor"],
        tahap=Tahap(state["tahap"]),
        lengkap=Lengkap(**{**complete, "berkas": tuple(complete["berkas"])}) if complete else None,
        pribadi=state["pribadi"],
        pemilik=tuple(state["pemilik"]),
        tugas=tuple(_read(task) for task in state["tugas"]),
        tenggat={Tingkat(part): due for part, due in state["tenggat"].items()},
        dikembalikan_pada=state["dikembalikan_pada"],
        kembali=_kembali(state.get("kembali")),
        pembatalan=state["pembatalan"],
        ditunggu=_ditunggu(state.get("ditunggu")),
        langkah=tuple(state["langkah"]) if "langkah" in state else _langkah_01(state),
        catatan=tuple(Catatan(**note) for note in state.get("catatan", ())),
    )


def _langkah_01(state: Mapping[str, Any]) -> tuple[str, ...]:
    """None before the flow began."""
    complete = state.get("lengkap")
    return _RILIS_01.get(complete["layanan"], ()) if complete and state["tugas"] else ()


def _kembali(stored: Any) -> Kembali | None:
    return Kembali(**{**stored, "kekurangan": tuple(stored["kekurangan"])}) if stored else None


def _ditunggu(stored: Any) -> Ditunggu | None:
    """Release 0.3 and older wrote `true`."""
    return Ditunggu(**stored) if isinstance(stored, Mapping) else Ditunggu() if stored else None


def urut(ditunggu: bool, tugas: Tugas) -> str:
    """Place in an inbox (R12): who waits at the counter, then late ones, then by due time.

    A late task has the earlier due time, so that time alone puts late ones before the others.
    """
    return f"{0 if ditunggu else 1} {tugas.jatuh_tempo}"


def _task(tugas: Tugas) -> State:
    return {**asdict(tugas), "keputusan": tugas.keputusan.value if tugas.keputusan else None}


def _read(stored: Mapping[str, Any]) -> Tugas:
    decided = stored["keputusan"]
    return Tugas(**{**stored, "keputusan": Keputusan(decided) if decided else None})
