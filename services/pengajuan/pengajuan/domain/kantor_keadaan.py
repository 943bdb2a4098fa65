"""An office as a JSON document and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pengajuan.domain.kantor import Kantor, StatusKantor, Tutup, Wilayah
from pengajuan.domain.layanan import Penetapan, Rilis

Dokumen = Mapping[str, Any]


def to_state(kantor: Kantor) -> dict[str, Any]:
    """A dict of JSON values only; dates as YYYY-MM-DD."""
    return {
        **asdict(kantor),
        "alias": list(kantor.alias),
        "kecamatan": {**asdict(kantor.kecamatan), "alias": list(kantor.kecamatan.alias)},
        "status": kantor.status.value,
        "tutup": _shut(kantor.tutup) if kantor.tutup else None,
        "rilis": {kode: rilis.value for kode, rilis in kantor.rilis.items()},
        "penetapan": {kode: _decree(p) for kode, p in kantor.penetapan.items()},
    }


def from_state(state: Dokumen) -> Kantor:
    """The office of `to_state`."""
    return Kantor(
        **{
            **state,
            "alias": tuple(state["alias"]),
            "kecamatan": Wilayah(**{**state["kecamatan"], "alias": tuple(state["kecamatan"]["alias"])}),
            "status": StatusKantor(state["status"]),
            "tutup": _read_shut(state["tutup"]) if state["tutup"] else None,
            "rilis": {kode: Rilis(rilis) for kode, rilis in state["rilis"].items()},
            "penetapan": {kode: _read_decree(p) for kode, p in state["penetapan"].items()},
        }
    )


def _shut(tutup: Tutup) -> dict[str, str]:
    return {"dari": tutup.dari.isoformat(), "sampai": tutup.sampai.isoformat(), "alasan": tutup.alasan}


def _read_shut(part: Dokumen) -> Tutup:
    dari, sampai = (date.fromisoformat(part[key]) for key in ("dari", "sampai"))
    return Tutup(dari=dari, sampai=sampai, alasan=part["alasan"])


def _decree(penetapan: Penetapan) -> dict[str, str | None]:
    day = penetapan.sk_tanggal.isoformat() if penetapan.sk_tanggal else None
    return {"status": penetapan.status, "sk_nomor": penetapan.sk_nomor, "sk_tanggal": day}


def _read_decree(part: Dokumen) -> Penetapan:
    day = part["sk_tanggal"]
    return Penetapan(
        status=part["status"], sk_nomor=part["sk_nomor"], sk_tanggal=date.fromisoformat(day) if day else None
    )
