"""From a step of the case to a decision: state, events with their round, and what must happen by itself later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from chassis.aggregate import Decide, Decision, Moment, NewEvent, State, Todo
from pengajuan.domain import ingatkan, konfirmasi, retensi
from pengajuan.domain.events import Fakta, Keluarga
from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status

KEDALUWARSA = "kedaluwarsa"
HAPUS_DRAF = "hapus_draf"
PINDAH = "pindah"
PENGANTAR_LEWAT = "pengantar_lewat"
UMUR_DRAF = timedelta(days=14)
TENGGANG = timedelta(seconds=5)

_OWN = {
    *(KEDALUWARSA, HAPUS_DRAF, PINDAH, PENGANTAR_LEWAT, retensi.PRIBADI, retensi.ISI),
    *ingatkan.SISA,
}

Hasil = Permohonan | tuple[Permohonan, Iterable[Fakta]]
Langkah = Callable[[Permohonan, Moment], Hasil]


def keputusan(kasus: Permohonan, facts: Iterable[Fakta], at: Moment) -> Decision:
    """The decision that makes `kasus` the state and tells `facts`."""
    kasus, over = konfirmasi.rapikan(retensi.tandai(kasus, at.real), at.now)
    wanted = {todo.id: todo for todo in _promises(kasus, at)}
    return Decision(
        to_state(kasus),
        events=tuple(_event(fact) for fact in (*facts, *over)),
        todos=tuple(wanted.values()),
        done=tuple(_OWN - wanted.keys()),
    )


def pada(langkah: Langkah) -> Decide:
    """A step of an existing case as a decision. A case that was erased stays erased."""

    def decide(state: State | None, at: Moment) -> Decision:
        if state is None:
            return Decision(None)
        hasil = langkah(from_state(state), at)
        kasus, facts = hasil if isinstance(hasil, tuple) else (hasil, ())
        return keputusan(kasus, facts, at)

    return decide


def _event(fact: Fakta) -> NewEvent:
    ordered = fact.keluarga is Keluarga.PERISTIWA
    return NewEvent(
        fact.nama,
        fact.data,
        extensions={"putaran": str(fact.data["putaran"])} if ordered and fact.data else {},
    )


def _promises(kasus: Permohonan, at: Moment) -> Iterable[Todo]:
    if kasus.lengkapi_sampai is not None:
        yield Todo(id=KEDALUWARSA, kind=KEDALUWARSA, due=kasus.lengkapi_sampai, clock="office")
    if kasus.pengantar is not None and kasus.pengantar.sampai is not None:
        yield Todo(id=PENGANTAR_LEWAT, kind=PENGANTAR_LEWAT, due=kasus.pengantar.sampai, clock="office")
    for which, due in ingatkan.akan(kasus):
        yield Todo(id=which, kind=which, due=due, clock="office")
    if kasus.status is Status.DRAF:
        # R15 counts real time: an office clock that a demo moves must not erase anything.
        yield Todo(id=HAPUS_DRAF, kind=HAPUS_DRAF, due=at.real + UMUR_DRAF)
    if kasus.pindah_ke is not None and not kasus.pindah_ke.tiba:
        # The request makes the new case itself; this is for one that died over it.
        yield Todo(id=PINDAH, kind=PINDAH, due=at.real + TENGGANG)
    for what, due in retensi.akan(kasus):
        yield Todo(id=what, kind=what, due=due)
