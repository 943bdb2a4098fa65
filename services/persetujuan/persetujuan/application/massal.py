"""Several decisions under one confirmation: each is a write of its own, so one refusal leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.aggregate import Cause, Conflict, KeyReused, Outcome
from persetujuan.domain.galat import PersetujuanSalah


@dataclass(frozen=True, slots=True, kw_only=True)
class Satu:
    """What came of one task: `kasus`, or the `slug` of its refusal with words for people."""

    id: str
    kasus: Outcome | None = None
    slug: str = ""
    alasan: str = ""


def massal(ids: Sequence[str], putuskan: Callable[[str, Cause], Outcome], cause: Cause) -> list[Satu]:
    """One after another, in the order asked; the same key again finds what it did."""
    return [_satu(id, putuskan, Cause.command(f"{cause.id}:{id}", cause.digest)) for id in ids]


def _satu(id: str, putuskan: Callable[[str, Cause], Outcome], cause: Cause) -> Satu:
    try:
        return Satu(id=id, kasus=putuskan(id, cause))
    except PersetujuanSalah as refusal:
        return Satu(id=id, slug=refusal.slug, alasan=str(refusal))
    except KeyReused:
        raise
    except Conflict:
        return Satu(id=id, slug="mesin-tidak-tersedia", alasan="Sedang diubah orang lain. Coba lagi.")
