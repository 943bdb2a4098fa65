"""Commands and queries of tasks: find one, list an inbox, decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from persetujuan.application.keputusan import keputusan
from persetujuan.domain import catatan
from persetujuan.domain.alur import Layanan
from persetujuan.domain.galat import TugasTidakAda
from persetujuan.domain.keadaan import from_state
from persetujuan.domain.keputusan.putuskan import putuskan as putus
from persetujuan.domain.keputusan.syarat import Pemutus, Putusan
from persetujuan.domain.tugas import rentang
from persetujuan.domain.tunggu import tandai

URUT = ("state.terbuka.urut", "id")
"""Who waits at the counter first, then late ones, then by due time."""


def cari(kasus: Aggregates, tugas: str) -> Outcome:
    """The case that holds a task, open or decided. Raises TugasTidakAda."""
    first, last = rentang(tugas)
    for found in kasus.find({"id": {"gte": first, "lte": last}}, limit=10):
        if any(task["id"] == tugas for task in found.state["tugas"]):
            return found
    raise TugasTidakAda("Tugas tidak ditemukan.")


def kasus_id(kasus: Aggregates, id: str) -> Outcome:
    """A case by its own id. Raises TugasTidakAda."""
    found = kasus.find({"id": id}, limit=1)
    if not found:
        raise TugasTidakAda("Permohonan ini belum atau tidak lagi di meja pejabat.")
    return found[0]


def kotak(
    kasus: Aggregates, pemutus: Pemutus, per_seksi: frozenset[str], *, limit: int, after: Sequence[Any]
) -> list[Outcome]:
    """Cases whose open task waits for this official, in the order of R12."""
    own: dict[str, Any] = {
        "state.terbuka.peran": pemutus.peran,
        "state.terbuka.kantor": {"in": sorted(pemutus.kantor)},
    }
    if pemutus.seksi is not None and pemutus.peran in per_seksi:
        own["state.terbuka.seksi"] = pemutus.seksi
    posts = [{"state.terbuka.peran": p, "state.terbuka.kantor": k} for p, k in sorted(pemutus.wakil)]
    found = {
        outcome.id: outcome
        for where in ([own] if pemutus.kantor else []) + posts
        for outcome in kasus.find(where, order=URUT, limit=limit, after=after)
    }
    return sorted(found.values(), key=lambda o: (o.state["terbuka"]["urut"], o.id))[:limit]


def putuskan(
    kasus: Aggregates,
    layanan: Mapping[str, Layanan],
    ditemukan: Outcome,
    tugas: str,
    pemutus: Pemutus,
    putusan: Putusan,
    cause: Cause,
) -> Outcome:
    """Decide once per cause. Raises a PersetujuanSalah, or what `update` raises."""

    def decide(state: State | None, at: Moment) -> Decision:
        if state is None:
            raise TugasTidakAda("Tugas tidak ditemukan.")
        service = layanan[state["lengkap"]["layanan"]]
        return keputusan(*putus(from_state(state), service, tugas, pemutus, putusan, at.now))

    return kasus.update(ditemukan.scope, ditemukan.id, decide, cause)


def catat(
    kasus: Aggregates, ditemukan: Outcome, tugas: str, pemutus: Pemutus, kata: str, cause: Cause
) -> Outcome:
    """A note to the next. Raises a PersetujuanSalah."""

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(catatan.tulis(from_state(state or {}), tugas, pemutus, kata, at.now))

    return kasus.update(ditemukan.scope, ditemukan.id, decide, cause)


def tunggu(kasus: Aggregates, ditemukan: Outcome, ditunggu: bool, oleh: str, cause: Cause) -> Outcome:
    """The resident waits at the counter, or has left. Raises TransisiSalah."""

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(*tandai(from_state(state or {}), ditunggu, oleh, at.now))

    return kasus.update(ditemukan.scope, ditemukan.id, decide, cause)
