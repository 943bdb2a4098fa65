"""A case as a JSON document and back; the shape is the store's contract, field names as in `permohonan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from pengajuan.domain.pengantar import Keadaan, Pengantar
from pengajuan.domain.permohonan import (
    Berkas,
    Cara,
    Catatan,
    Hubungan,
    IzinDaftar,
    JalanSyarat,
    Kanal,
    Kekurangan,
    Kontak,
    Koreksi,
    Lengkap,
    Pembebasan,
    Pemohon,
    Permohonan,
    Pindahan,
    Riwayat,
    Subjek,
    Surat,
    Terusan,
)
from pengajuan.domain.status import Status

# Documents come from a store as plain JSON: their values are Any until a constructor has named them.
Dokumen = Mapping[str, Any]


def to_state(kasus: Permohonan) -> dict[str, Any]:
    """A dict of JSON values only; times RFC 3339."""
    state = _plain(kasus)
    if not isinstance(state, dict):
        raise TypeError("a case is an object")
    return state


def from_state(state: Dokumen) -> Permohonan:
    """The case of `to_state`; unknown keys are left aside so that newer writers can be read."""
    simple = {key: state[key] for key in _SIMPLE if key in state}
    return Permohonan(
        **simple,
        kanal=Kanal(state["kanal"]),
        hubungan=Hubungan(state["hubungan"]),
        status=Status(state["status"]),
        dibuat_pada=_time(state["dibuat_pada"]),
        diajukan_pada=_maybe_time(state.get("diajukan_pada")),
        berakhir_pada=_maybe_time(state.get("berakhir_pada")),
        lengkapi_sampai=_maybe_time(state.get("lengkapi_sampai")),
        pemohon=Pemohon(**{**state["pemohon"], "kontak": Kontak(**state["pemohon"]["kontak"])}),
        subjek=tuple(Subjek(**s) for s in state["subjek"]),
        jalan={k: _jalan(v) for k, v in state["jalan"].items()},
        berkas=tuple(Berkas(**{**b, "pada": _time(b["pada"])}) for b in state["berkas"]),
        kekurangan=tuple(Kekurangan(**k) for k in state["kekurangan"]),
        kekurangan_kantor=tuple(Kekurangan(**k) for k in state.get("kekurangan_kantor", ())),
        pembebasan=tuple(Pembebasan(**p) for p in state["pembebasan"]),
        lengkap=Lengkap(**_with_time(state["lengkap"])) if state.get("lengkap") else None,
        surat=_surat(state["surat"]) if state.get("surat") else None,
        beserta=tuple(_surat(s) for s in state.get("beserta", ())),
        terusan=_terusan(state["terusan"]) if state.get("terusan") else None,
        pindah_ke=Pindahan(**state["pindah_ke"]) if state.get("pindah_ke") else None,
        pindah_dari=Pindahan(**state["pindah_dari"]) if state.get("pindah_dari") else None,
        diingatkan=tuple(state.get("diingatkan", ())),
        koreksi=tuple(Koreksi(**_with_time(k)) for k in state.get("koreksi", ())),
        izin_daftar=_consent(state["izin_daftar"]) if state.get("izin_daftar") else None,
        pengantar=_pengantar(state["pengantar"]) if state.get("pengantar") else None,
        gangguan=tuple(state.get("gangguan", ())),
        catatan=tuple(Catatan(**c) for c in state.get("catatan", ())),
        riwayat=tuple(Riwayat(**{**r, "waktu": _time(r["waktu"])}) for r in state["riwayat"]),
    )


_SIMPLE = (
    "id", "kantor", "layanan", "versi_layanan", "resi", "rahasia_hash", "dibuat_oleh", "putaran", "data",
    "di_kecamatan", "pembatalan_diminta", "dilengkapi_petugas", "tenggat", "asal",
    "dihapus", "rahasia_dari",
)  # fmt: skip


_JSON = (str, int, float, bool, type(None))  # what stays as it is; most values, so it is asked first


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _JSON:
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _surat(part: Dokumen) -> Surat:
    return Surat(**{**_with_time(part), "tanggal": date.fromisoformat(part["tanggal"])})


def _consent(part: Dokumen) -> IzinDaftar:
    return IzinDaftar(**{**part, "kode": tuple(part["kode"])})


def _pengantar(part: Dokumen) -> Pengantar:
    times = {name: _maybe_time(part[name]) for name in ("sampai", "pada")}
    return Pengantar(**{**part, **times, "keadaan": Keadaan(part["keadaan"])})


def _terusan(part: Dokumen) -> Terusan:
    return Terusan(**{**part, "tanggal": date.fromisoformat(part["tanggal"])})


def _jalan(part: Dokumen) -> JalanSyarat:
    return JalanSyarat(cara=Cara(part["cara"]), alasan=part["alasan"], pilihan=part.get("pilihan"))


def _with_time(part: Dokumen) -> dict[str, Any]:
    return {**part, "pada": _time(part["pada"])}


def _maybe_time(text: str | None) -> datetime | None:
    return None if text is None else _time(text)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
