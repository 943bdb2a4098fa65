"""Shapes of corrections: what a proposal changes, and whose word it waits for."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from dokumen.domain import perbaikan
from dokumen.entrypoints.http.bentuk_tanda import SuratDalamAntrean
from dokumen.entrypoints.http.models import PerbaikanTampak, Perubahan


class PerbaikanMenunggu(SuratDalamAntrean):
    id: str = Field(description="The letter in force.")
    sejak: str = Field(description="When it was proposed.")
    alasan: str = Field(description="Reason code.")
    perubahan: list[Perubahan]


class DaftarPerbaikan(BaseModel):
    surat: list[PerbaikanMenunggu]
    cursor: str | None = None


def tampak(state: dict[str, Any], letter: dict[str, Any]) -> dict[str, Any] | None:
    """`PerbaikanTampak` of a letter, for officials; None where nothing was proposed."""
    note = letter.get("perbaikan")
    if note is None:
        return None
    return PerbaikanTampak(
        alasan=note["alasan"],
        perubahan=[Perubahan(**one) for one in perbaikan.perubahan(state, letter)],
        disetujui=[s["peran"] for s in note["setuju"]],
        menunggu=perbaikan.giliran(letter),
        tertahan=(note.get("tertahan") or {}).get("alasan"),
    ).model_dump()
