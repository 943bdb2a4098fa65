"""Pure: which member of a group should own which lane; all lanes of one office go to one member."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

_VERSION = re.compile(r"v[0-9]+")  # at the end of `ekelurahan.acuan.v1` stands no office
Unit = tuple[str, ...]  # lanes that stay together


def share(may: Mapping[str, Collection[str]], owners: Mapping[str, str | None]) -> dict[str, str]:
    """An owner for every lane that somebody may have; who computes it from the same facts gets the same plan.

    `may` maps a lane to the members that may own it, `owners` to the one that does. Offices with the same topic
    families are shared fairly to within one, so every family is; as few of them move as fairness allows.
    """
    together: dict[tuple[str, Unit], list[str]] = defaultdict(list)
    for lane in sorted(may):
        if may[lane]:
            together[_office(lane), tuple(sorted(may[lane]))].append(lane)
    alike: dict[tuple[Unit, Unit], list[Unit]] = defaultdict(list)
    for (office, members), lanes in together.items():
        families = tuple(lane.removesuffix(office) for lane in lanes) if office != lanes[0] else ()
        alike[members, families].append(tuple(lanes))
    plan: dict[str, str] = {}
    # The many first, so that those who got one office more get less of the rest.
    for (members, _), units in sorted(alike.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        plan |= _share(units, members, owners, Counter(plan.values()))
    return plan


def _office(lane: str) -> str:
    """The last part of a lane's name; the whole name of one that is no office's."""
    last = lane.rpartition(".")[2]
    return lane if _VERSION.fullmatch(last) else last


def _share(
    units: Sequence[Unit], members: Unit, owners: Mapping[str, str | None], load: Mapping[str, int]
) -> dict[str, str]:
    held: dict[str, list[Unit]] = {member: [] for member in members}
    for unit in units:
        holders = Counter(owner for lane in unit if (owner := owners.get(lane)) in held)
        if holders:
            held[max(holders, key=lambda owner: (holders[owner], owner))].append(unit)
    least, odd = divmod(len(units), len(members))
    plan: dict[Unit, str] = {}
    room: list[str] = []
    # What does not divide stays with those who have most of it already, else goes to those with least to do.
    for place, member in enumerate(sorted(members, key=lambda m: (-len(held[m]), load.get(m, 0), m))):
        quota = least + (place < odd)
        kept = held[member][:quota]
        plan |= dict.fromkeys(kept, member)
        room += [member] * (quota - len(kept))
    plan |= dict(zip([unit for unit in units if unit not in plan], room, strict=True))
    return {lane: member for unit, member in plan.items() for lane in unit}
