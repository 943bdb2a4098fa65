"""Guessing is slowed, and only for whoever guesses: tries are counted per client and subject, strangers' apart.

A client is known for a subject (an account, a contact, a number) by its device, or because it signed in there
from this address before. Strangers together have a share of their own: when it is used up they wait, and known
clients notice nothing. Every step reads and writes the same for subjects that exist and those that do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from gateway.devices import Device, Devices
from web.limits import Limits

_SPRAY = {"most": 300, "seconds": 900}  # failures of a strange address, whatever it tried
_KNOWN = 30 * 86400  # seconds that an address stays known for a subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Tries within `seconds`: `client` of one client for one subject, `strangers` of all strangers; 0: no limit."""

    kind: str
    client: int
    strangers: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try, already counted. Tell how it went, at most once."""

    limits: Limits
    kind: str
    key: str
    subject: str
    address: str
    device: Device | None
    known: bool

    def failed(self) -> None:
        if not self.known:
            self.limits.add("semprot", self.address, seconds=_SPRAY["seconds"])

    def passed(self) -> None:
        """Earlier tries of this client no longer count, and its address is known from now on."""
        self.limits.clear(self.kind, self.key)
        self.limits.mark("kenal", _digest(self.subject, self.address), seconds=_KNOWN)


class Tries:
    """`address` tells where the present request comes from."""

    def __init__(self, limits: Limits, devices: Devices, address: Callable[[], str]) -> None:
        self._limits, self._devices, self._address = limits, devices, address

    def begin(self, rule: Rule, subject: str, device: str | None = None) -> Try:
        """Count one try. Raises `terlalu-sering` with Retry-After. `subject` may be personal: it is hashed."""
        owner, address = owner_of(subject), _digest(self._address())
        found = self._devices.find(owner, device)
        known = self._limits.marked("kenal", _digest(owner, address)) or found is not None
        if not known:
            self._limits.check("semprot", address, most=_SPRAY["most"])
            if rule.strangers:
                self._limits.take(
                    f"{rule.kind}.asing", _digest(owner), most=rule.strangers, seconds=rule.seconds
                )
        key = _digest(owner, found.id if found else address)
        self._limits.take(rule.kind, key, most=rule.client, seconds=rule.seconds)
        return Try(
            limits=self._limits,
            kind=rule.kind,
            key=key,
            subject=owner,
            address=address,
            device=found,
            known=known,
        )

    def know(self, subject: str) -> None:
        """Somebody proved from here to be `subject`: this address is known for it from now on."""
        self._limits.mark("kenal", _digest(owner_of(subject), _digest(self._address())), seconds=_KNOWN)


def owner_of(subject: str) -> str:
    """What devices and counters of a subject are kept under."""
    return _digest(subject)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
