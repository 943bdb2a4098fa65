"""Officials: kept as one snapshot per account, told to everybody as `pejabat.diubah`."""

from __future__ import annotations

from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from persetujuan.application.keputusan import events
from persetujuan.domain.pejabat import Pejabat, diubah

ACUAN = "acuan"  # officials move between offices, so their records belong to none


def simpan(store: Aggregates, pejabat: Pejabat, cause: Cause) -> Outcome:
    """Create or replace. The event is sent only when something changed."""

    def decide(state: State | None, at: Moment) -> Decision:
        new, told = diubah(state, pejabat)
        return Decision(new, events(told))

    return store.update(ACUAN, pejabat.akun, decide, cause)


def baca(store: Aggregates, akun: str) -> Outcome | None:
    return store.read(ACUAN, akun)


def wilayah(store: Aggregates, rujukan: Aggregates, akun: str) -> list[str]:
    """Whose administrators keep this record: the account's area; until it is heard of, the record's office."""
    account, known = rujukan.read(ACUAN, f"akun.{akun}"), baca(store, akun)
    if account is not None and account.state:
        return account.state["wilayah"] or [""]
    return [known.state["kantor"]] if known is not None and known.state else []


def daftar(store: Aggregates, kantor: str, *, limit: int, after: list[Any]) -> list[Outcome]:
    """Officials of one office by account id."""
    where = {"scope": ACUAN, "state.kantor": kantor}
    return store.find(where, limit=limit, after=after)
