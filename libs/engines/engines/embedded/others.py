"""Who else of a group is alive: dead when the kernel released its lock, hung when its beat stands still."""

from __future__ import annotations

from engines.embedded.groups import Group

GONE = 15.0  # seconds without a new beat, on our own clock, after which a member that lives counts as hung


class Others:
    """The other members, as one of them sees them."""

    def __init__(self, group: Group, member: str) -> None:
        self._group, self._member = group, member
        self._beats: dict[str, tuple[int, float]] = {}  # member: its last beat, when we saw it change

    def live(self, now: float) -> dict[str, tuple[str, ...]]:
        """Live members and their prefixes at `now` (monotonic); the dead are removed with their claims."""
        live: dict[str, tuple[str, ...]] = {}
        for member in self._group.members():
            if member.id == self._member:
                continue
            if not self._group.lives(member.id):
                self._group.leave(member.id)
                continue
            beat, since = self._beats.get(member.id, (-1, now))
            if beat != member.beat:
                since = now
                self._beats[member.id] = (member.beat, now)
            if now - since < GONE:
                live[member.id] = member.prefixes
        return live
