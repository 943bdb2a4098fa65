"""Flows as data: which role of which office decides what, in which order, in how many working days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from persetujuan.domain.kondisi import Kondisi, terpenuhi


class Tingkat(StrEnum):
    """Whose office a step belongs to; also the two parts of a service's time (R21)."""

    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"


class Keputusan(StrEnum):
    PARAF = "paraf"
    SETUJU = "setuju"
    KEMBALIKAN = "kembalikan"
    TOLAK = "tolak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Langkah:
    """One step; `keputusan` is what moves the case on. Every step may return, only signers may refuse."""

    kode: str
    peran: str
    tingkat: Tingkat
    keputusan: Keputusan
    per_seksi: bool = False
    bila: Kondisi | None = None

    def boleh(self, keputusan: Keputusan) -> bool:
        if keputusan is Keputusan.TOLAK:
            return self.keputusan is Keputusan.SETUJU
        return keputusan in {self.keputusan, Keputusan.KEMBALIKAN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layanan:
    """What persetujuan knows of a service; `hari` are working days per part.

    `bila` holds conditions of this service's own for steps of its flow.
    """

    kode: str
    nama: str
    seksi: str
    hari: Mapping[Tingkat, int]
    langkah: tuple[Langkah, ...]
    bila: Mapping[str, Kondisi] = field(default_factory=dict)

    def jalan(self, jawaban: Mapping[str, Any], kantor: Mapping[str, Any]) -> tuple[str, ...]:
        """Codes of the steps that this case goes through."""
        return tuple(
            step.kode
            for step in self.langkah
            if all(
                terpenuhi(c, jawaban, kantor) for c in (step.bila, self.bila.get(step.kode)) if c is not None
            )
        )

    def sebagian(self, kodes: tuple[str, ...]) -> Layanan:
        """The same service with these steps only."""
        return replace(self, langkah=tuple(step for step in self.langkah if step.kode in kodes))

    @property
    def bagian(self) -> frozenset[Tingkat]:
        """Parts whose offices decide."""
        return frozenset(step.tingkat for step in self.langkah)

    def langkah_kode(self, kode: str) -> Langkah:
        return next(step for step in self.langkah if step.kode == kode)

    def sesudah(self, kode: str) -> Langkah | None:
        """The step after `kode`; None when that was the last."""
        kodes = [step.kode for step in self.langkah]
        place = kodes.index(kode) + 1
        return self.langkah[place] if place < len(kodes) else None


def kantor_langkah(kelurahan: str, tingkat: Tingkat) -> str:
    """The office of a step: the kelurahan itself, or the kecamatan whose six digits it begins with."""
    return kelurahan if tingkat is Tingkat.KELURAHAN else kelurahan[:6]
