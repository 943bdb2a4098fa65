"""Follow what the neighbours say: one handler per event type, and snapshots of reference data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from chassis.aggregate import Decision, Moment, State, Todo
from chassis.envelope import Event
from dokumen.application.keputusan import keputusan
from dokumen.domain import ikuti, retensi
from dokumen.domain.langkah import Langkah, Perkara

Step = Callable[[Perkara | None, Any, datetime], Langkah]
PERKARA: Mapping[str, Step] = {
    "pengajuan.permohonan.diajukan": ikuti.diajukan,
    "pengajuan.permohonan.dinyatakan_lengkap": ikuti.lengkap,
    "pengajuan.permohonan.dikembalikan": ikuti.dikembalikan,
    "pengajuan.permohonan.diperbaiki": ikuti.diperbaiki,
    "pengajuan.permohonan.dibatalkan": ikuti.dibatalkan,
    "pengajuan.permohonan.ditutup": ikuti.ditutup,
    "pengajuan.permohonan.diteruskan": ikuti.diteruskan,
    "pengajuan.pembatalan.diminta": ikuti.pembatalan_diminta,
    "persetujuan.permohonan.dikembalikan": ikuti.dikembalikan,
    "persetujuan.permohonan.ditolak": ikuti.ditolak,
    "persetujuan.permohonan.disetujui": ikuti.disetujui,
    "persetujuan.pembatalan.dikabulkan": ikuti.pembatalan_dikabulkan,
    "persetujuan.pembatalan.ditolak": ikuti.pembatalan_ditolak,
}
RUJUKAN: Mapping[str, str] = {
    "pengajuan.kantor.diubah": "kantor",
    "pengajuan.layanan.diubah": "layanan",
    "persetujuan.pejabat.diubah": "pejabat",
}


def perkara(step: Step) -> Callable[[Event, State | None, Moment], Decision]:
    """A handler of `peristiwa`: an earlier round is noted in the inbox and changes nothing."""

    def handle(event: Event, state: State | None, at: Moment) -> Decision:
        if event.data is None or ikuti.usang(state, event.data):
            return Decision(state)
        return keputusan(step(state, event.data, at.now), at)

    return handle


def pribadi(event: Event, state: State | None, at: Moment) -> Decision:
    """The applicant's half; no data removes it."""
    if event.data is None:
        return keputusan(retensi.dilupakan(state, at.real), at)
    return keputusan(ikuti.pribadi(state, event.data, at.now), at)


def rujukan(event: Event, state: State | None, at: Moment) -> Decision:
    """Keep the newest snapshot, and wake letters that may have waited for it."""
    # One promise per snapshot: the end of an older one must not take the newer one away.
    wake = Todo(id=f"bangunkan.{event.sequence}", kind="bangunkan", due=at.real)
    return Decision({"data": None if event.data is None else dict(event.data)}, (), (wake,))
