"""Pure: who should own which lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def assign(
    topics: Iterable[str], members: Mapping[str, Sequence[str]], owners: Mapping[str, str | None]
) -> dict[str, str]:
    """A member for every topic, fair to within one lane and moving as few lanes as possible.

    `members` maps each live member to its prefixes. Lanes are shared fairly among members that may have them;
    every member computes the same plan from the same rows.
    """
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    # Read backwards, so that the topics of one scope are neighbours and every family is shared alike.
    for topic in sorted(topics, key=lambda topic: topic[::-1]):
        eligible = tuple(sorted(id for id, prefixes in members.items() if topic.startswith(tuple(prefixes))))
        if eligible:
            alike[eligible].append(topic)
    plan: dict[str, str] = {}
    for eligible, lanes in alike.items():
        plan |= _share(lanes, eligible, owners)
    return plan


def _share(lanes: Sequence[str], members: Sequence[str], owners: Mapping[str, str | None]) -> dict[str, str]:
    held = {member: [lane for lane in lanes if owners.get(lane) == member] for member in members}
    least, odd = divmod(len(lanes), len(members))
    plan: dict[str, str] = {}
    room: list[str] = []
    # The lanes that do not divide stay with those who have most already.
    for place, member in enumerate(sorted(members, key=lambda member: (-len(held[member]), member))):
        quota = least + (place < odd)
        kept = held[member][:quota]
        plan |= dict.fromkeys(kept, member)
        room += [member] * (quota - len(kept))
    return plan | dict(zip([lane for lane in lanes if lane not in plan], room, strict=True))
