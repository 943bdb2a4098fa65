"""Digests: a to-do of each active office on the office clock, told as one `tugas.diringkas` per official."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from chassis.aggregate import Aggregates, Cause, Decision, Moment, NewEvent, Outcome, State, Todo
from chassis.envelope import Event
from persetujuan.application import delegasi
from persetujuan.application.pejabat import ACUAN
from persetujuan.application.tugas import kotak
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.keadaan import from_state
from persetujuan.domain.keputusan.syarat import Pemutus
from persetujuan.domain.ringkas import PALING, Ringkasan, berikut, dinas, ringkas

RINGKAS: Final = "ringkasan"
_AWAL = "kantor."
_PEJABAT = 500  # more than an office has


@dataclass(frozen=True, slots=True, kw_only=True)
class Peringkas:
    """`jam` are the hours of a working day; none: there are no digests. The to-do lies with the office in `rujukan`."""

    kasus: Aggregates
    pejabat: Aggregates
    rujukan: Aggregates
    kalender: Callable[[int], Kalender]
    jam: tuple[time, ...]
    per_seksi: frozenset[str]

    def kantor(self, event: Event, state: State | None, at: Moment) -> Decision:
        """`kantor.diubah`: mirrored; an office that begins to work gets its digests."""
        if event.data is None:
            return Decision(None)
        new = dict(event.data)
        begins = _aktif(new) and not _aktif(state or {})
        return Decision(new, todos=self._nanti(at.now) if begins else ())

    def pasang(self) -> None:
        """For offices that were known before there were digests. Idempotent."""
        if not self.jam:
            return
        where = {"scope": ACUAN, "id": {"gte": _AWAL, "lt": f"{_AWAL}~"}}
        after: list[Any] = []
        while page := self.rujukan.documents.find(self.rujukan.name, where, limit=_PEJABAT, after=after):
            for doc in page:
                if _aktif(doc.body["state"] or {}) and RINGKAS not in doc.body["todos"]:
                    self.rujukan.update(ACUAN, doc.id, self._mulai, Cause.command(f"{RINGKAS}:{doc.rev}"))
            after = [page[-1].id]

    def kumpulkan(self, outcome: Outcome, data: Mapping[str, Any]) -> Sequence[Ringkasan]:
        """What waits for each official of the office, read outside of any document."""
        office, now = outcome.state or {}, self.kasus.clock.now()
        if not self.jam or not _aktif(office) or not dinas(now, self.kalender(now.year), office["kode"]):
            return ()
        found = self.pejabat.find({"scope": ACUAN, "state.kantor": office["kode"]}, limit=_PEJABAT)
        each = (self._satu(o.state, office["kode"], now) for o in found if o.state and o.state["aktif"])
        return [digest for digest in each if digest is not None]

    def kabarkan(self, state: State | None, result: Sequence[Ringkasan], at: Moment) -> Decision:
        """One event per official, and the next hour."""
        told = tuple(NewEvent("tugas.diringkas", digest.data, subject=digest.subjek) for digest in result)
        return Decision(state, told, self._nanti(at.now) if _aktif(state or {}) else ())

    def _satu(self, pejabat: State, kantor: str, now: datetime) -> Ringkasan | None:
        who = Pemutus(
            akun=pejabat["akun"],
            peran=pejabat["peran"],
            kantor=frozenset([kantor]),
            hash=frozenset(),
            seksi=pejabat.get("seksi"),
            wakil=frozenset((d.peran, d.kantor) for d in delegasi.milik(pejabat) if d.berlaku(now.date())),
        )
        waiting = kotak(self.kasus, who, self.per_seksi, limit=PALING, after=())
        return ringkas(who.akun, kantor, [from_state(o.state or {}) for o in waiting], now)

    def _mulai(self, state: State | None, at: Moment) -> Decision:
        return Decision(state, todos=self._nanti(at.now))

    def _nanti(self, now: datetime) -> tuple[Todo, ...]:
        due = berikut(now, self.jam, self.kalender)
        return () if due is None else (Todo(id=RINGKAS, kind=RINGKAS, due=due, clock="office"),)


def _aktif(kantor: Mapping[str, Any]) -> bool:
    return kantor.get("status") == "aktif"
