"""What persetujuan does with the events of others: absorb each half, start when both are there, end when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.aggregate import Aggregates, Decision, Moment, State
from chassis.envelope import Event
from persetujuan.application.keputusan import keputusan
from persetujuan.application.pejabat import ACUAN
from persetujuan.domain import batal
from persetujuan.domain.alur import Keputusan, Layanan
from persetujuan.domain.fakta import Fakta
from persetujuan.domain.galat import LayananTakDikenal, TransisiSalah
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.kasus import BUKA, Kasus, Lengkap, Tahap
from persetujuan.domain.keadaan import from_state
from persetujuan.domain.mulai import mulai, siap
from persetujuan.domain.sesuai import sesuaikan
from persetujuan.domain.ulang import ulang


@dataclass(frozen=True, slots=True, kw_only=True)
class Pendengar:
    """`kalender(year)` holds that year and its neighbours; `samarkan(kind, value)` is the keyed hash of an identity.

    `kantor(code)` is what that office set for its flows (limits, optional steps).
    """

    layanan: Mapping[str, Layanan]
    kalender: Callable[[int], Kalender]
    samarkan: Callable[[str, str], str]
    kantor: Callable[[str], Mapping[str, Any]]

    def lengkap(self, event: Event, state: State | None, at: Moment) -> Decision:
        """`permohonan.dinyatakan_lengkap`: persetujuan owns the case from here."""
        case, data = _case(event, state), _data(event)
        if case.tahap not in BUKA or (case.lengkap and data["putaran"] <= case.lengkap.putaran):
            return keputusan(case)
        if case.tahap is Tahap.BERJALAN:
            raise TransisiSalah("a new round while the old one runs")
        return self._advance(replace(case, lengkap=_complete(data)), at)

    def pribadi(self, event: Event, state: State | None, at: Moment) -> Decision:
        """`pemohon.dibagikan`: newest wins; a removed snapshot is forgotten."""
        if event.data is None:
            return Decision(None) if state is None else _forget(from_state(state))
        owners = tuple(sorted(set(self._owners(event.data))))
        personal = {key: value for key, value in event.data.items() if key != "kontak"}
        return self._advance(replace(_case(event, state), pribadi=personal, pemilik=owners), at)

    def dikoreksi(self, event: Event, state: State | None, at: Moment) -> Decision:
        """`permohonan.dikoreksi`: the paraf starts again."""
        case = _case(event, state)
        if case.lengkap is None:
            return keputusan(case)
        service = self.layanan[case.lengkap.layanan]
        again, told = ulang(case, service, _data(event)["putaran"], at.now)
        return self._follow(again, told, at)

    def minta_batal(self, event: Event, state: State | None, at: Moment) -> Decision:
        case, told = batal.diminta(_case(event, state), _data(event)["putaran"], at.now)
        return keputusan(case, told)

    def dibatalkan(self, event: Event, state: State | None, at: Moment) -> Decision:
        """The case is over, by pengajuan's word or by a request that dokumen granted."""
        return _ended(event, state, Tahap.DIBATALKAN)

    def ditutup(self, event: Event, state: State | None, at: Moment) -> Decision:
        return _ended(event, state, Tahap.DITUTUP)

    def batal_ditolak(self, event: Event, state: State | None, at: Moment) -> Decision:
        return keputusan(replace(_case(event, state), pembatalan=0))

    def _follow(self, case: Kasus, told: tuple[Fakta, ...], at: Moment) -> Decision:
        """A case that runs, after its answers may have changed."""
        if case.tahap is not Tahap.BERJALAN or case.lengkap is None:
            return keputusan(case, told)
        service, calendar = self.layanan[case.lengkap.layanan], self.kalender(at.now.year)
        fitted, more = sesuaikan(case, service, self.kantor(case.kantor), calendar, at.now)
        return keputusan(fitted, (*told, *more))

    def _advance(self, case: Kasus, at: Moment) -> Decision:
        complete = siap(case)
        if complete is None:
            return self._follow(case, (), at)
        if case.pembatalan >= complete.putaran:
            return keputusan(*batal.kabulkan(case, complete.putaran, at.now))
        if complete.layanan not in self.layanan:
            raise LayananTakDikenal(complete.layanan)
        service, calendar = self.layanan[complete.layanan], self.kalender(at.now.year)
        return keputusan(*mulai(case, service, complete, calendar, self.kantor(case.kantor), at.now))

    def _owners(self, data: Mapping[str, Any]) -> Iterator[str]:
        """Keyed hashes of the subjects' NIK and family cards."""
        for person in data["subjek"]:
            for kind in ("nik", "kk"):
                if person.get(kind):
                    yield self.samarkan(kind, person[kind])
        if data.get("kk"):
            yield self.samarkan("kk", data["kk"])


def cermin(event: Event, state: State | None, at: Moment) -> Decision:
    """Reference data: the snapshot is the state."""
    return Decision(None if event.data is None else dict(event.data))


def alur_kantor(rujukan: Aggregates, kode: str) -> Mapping[str, Any]:
    """What an office set for its flows, as last heard; nothing set is the default."""
    known = rujukan.read(ACUAN, f"kantor.{kode}")
    return ((known.state if known else None) or {}).get("alur") or {}


def _case(event: Event, state: State | None) -> Kasus:
    return from_state(state) if state else Kasus(id=event.subject, kantor=event.scope)


def _data(event: Event) -> Mapping[str, Any]:
    """`ordered` events always carry data; only snapshots may be removed."""
    return event.data or {}


def _complete(data: Mapping[str, Any]) -> Lengkap:
    return Lengkap(
        layanan=data["layanan"],
        putaran=data["putaran"],
        hash=data["hash"],
        konseptor=data["konseptor"],
        berkas=tuple(data["berkas"]),
        waktu=data["waktu"],
    )


def _forget(case: Kasus) -> Decision:
    """The half goes, and with it the officials' words that we shared beside it."""
    wrote = any(task.keputusan in (Keputusan.KEMBALIKAN, Keputusan.TOLAK) for task in case.tugas)
    told = (Fakta(nama="catatan.dibagikan", data=None),) if wrote else ()
    return keputusan(replace(case, pribadi=None, pemilik=(), catatan=()), told)


def _ended(event: Event, state: State | None, tahap: Tahap) -> Decision:
    case = _case(event, state)
    over = case.tahap in {Tahap.DITOLAK, Tahap.DIBATALKAN, Tahap.DITUTUP}
    return keputusan(case if over else case.berakhir(tahap))
