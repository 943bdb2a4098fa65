"""What happens by itself: a case nobody answered expires, a draft nobody filed is erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chassis.aggregate import Decision, Moment, State
from pengajuan.application.langkah import pada
from pengajuan.domain import ingatkan as domain_ingatkan
from pengajuan.domain import kedaluwarsa as domain
from pengajuan.domain import retensi
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status

Then = Callable[[State, Any, Moment], Decision]


def kedaluwarsa(state: State, result: Any, at: Moment) -> Decision:
    """Office clock: the day to answer has passed (R10)."""

    def langkah(kasus: Permohonan, at: Moment) -> Langkah:
        return domain.kedaluwarsa(kasus, at.now)

    return pada(langkah)(state or None, at)


def ingatkan(which: str) -> Then:
    """Office clock: a reminder of the days that are left (R10)."""

    def then(state: State, result: Any, at: Moment) -> Decision:
        return pada(lambda kasus, at: domain_ingatkan.ingatkan(kasus, which, at.now))(state or None, at)

    return then


def hapus_pribadi(state: State, result: Any, at: Moment) -> Decision:
    """Real time: what was shared about a person is removed everywhere (R15)."""
    return pada(lambda kasus, at: retensi.hapus_pribadi(kasus, at.real))(state or None, at)


def hapus_isi(state: State, result: Any, at: Moment) -> Decision:
    """Real time: person and answers of a case that led to no letter."""
    return pada(lambda kasus, at: retensi.hapus_isi(kasus, at.real))(state or None, at)


def hapus_draf(state: State, result: Any, at: Moment) -> Decision:
    """Real time: nothing of a draft stays after its days (R15)."""
    return Decision(None if state.get("status") == Status.DRAF.value else state or None)
