"""From a domain result to what the aggregate stores and sends."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.aggregate import Decision, NewEvent
from persetujuan.domain.fakta import Fakta
from persetujuan.domain.kasus import Kasus
from persetujuan.domain.keadaan import to_state


def keputusan(kasus: Kasus, fakta: Sequence[Fakta] = ()) -> Decision:
    return Decision(to_state(kasus), events(fakta))


def events(fakta: Sequence[Fakta]) -> tuple[NewEvent, ...]:
    """Facts as events; those of a round carry it as an extension too."""
    return tuple(NewEvent(f.nama, f.data, extensions=_round(f)) for f in fakta)


def _round(fakta: Fakta) -> dict[str, str]:
    return {"putaran": str(fakta.data["putaran"])} if fakta.data and "putaran" in fakta.data else {}
