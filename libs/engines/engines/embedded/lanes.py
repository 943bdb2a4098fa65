"""Pure: who may own which lane, by prefix; who should is the plan of every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engines.sharing import share


def assign(
    topics: Iterable[str], members: Mapping[str, Sequence[str]], owners: Mapping[str, str | None]
) -> dict[str, str]:
    """A member for every topic that begins with one of its prefixes; all of them compute the same plan."""
    may = {
        topic: [id for id, prefixes in members.items() if topic.startswith(tuple(prefixes))]
        for topic in topics
    }
    return share(may, owners)
