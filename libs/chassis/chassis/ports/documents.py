"""The document port: small JSON documents, compare-and-set, an outbox in the same write.

Promises every engine keeps (one conformance suite, `tests/engines/`, runs on all of them):

- A document is addressed by (collection, scope, id). `scope` is the unit of isolation; every unique index
  implicitly begins with it.
- **Atomic**: `insert`, `replace` and `delete` touch one document. The document, its unique index entries and
  the outbox entries given with it become durable together or not at all.
- **Durable**: when a write returns, it survives SIGKILL of every process and of the engine.
- **Compare-and-set**: `replace` and `delete` succeed only if the stored `rev` equals the one given. `rev`
  counts all writes of the document except outbox clearing.
- **Read your writes**: a read that starts after a write returned sees it, from any process (majority reads).
- **Outbox order**: entries of one document come back in the order in which they were appended, also across
  writes; those of different documents by the time of append, as exactly as the writers' clocks agree. `clear`
  removes entries and changes neither `rev` nor `body`. A document with unsent entries is not deleted.
- **Unknown outcome**: after `Unavailable` a write may or may not have happened; whoever repeats it must bear both.
- Unique indexes ignore documents that lack one of the fields or have null there (sparse).
- Values compared in `where` and `order` are JSON scalars, under one path of one kind (string, number, boolean)
  or missing; no list lies on the way to them. Strings compare by code point; null counts as missing.
- Bodies and entries are plain JSON with integers of 64 bits, without the key "$ref"; a document with its unsent
  entries stays under 16 MiB.
- Waking: `watch().wait()` returns soon after another process wrote; it may return without cause. After a write
  called `quiet` it need not return: its writer knows that nobody waits for it.

Raised: `Unavailable` (transient), `Duplicate` (unique index), `Refused` (unknown collection, bad query).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Body = dict[str, Any]
Where = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """One stored document. `rev` starts at 1; `body` is plain JSON."""

    scope: str
    id: str
    rev: int
    body: Body


@dataclass(frozen=True, slots=True)
class Index:
    """An index over dotted paths inside `body`; (scope, *fields) if unique."""

    fields: tuple[str, ...]
    unique: bool = False

    @property
    def name(self) -> str:
        return "_".join(f.replace(".", "_") for f in self.fields)


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of documents with its indexes."""

    name: str
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """One outbox entry: `key` identifies it for `clear`, `entry` is what was appended."""

    key: str
    collection: str
    scope: str
    id: str
    entry: Body = field(compare=False)


class Watch(Protocol):
    """Wakes a sleeper after somebody wrote."""

    def wait(self, timeout: float) -> bool:
        """Sleep at most `timeout` seconds; True when woken by a write."""
        ...

    def close(self) -> None: ...


class Documents(Protocol):
    """See the module docstring for the promises."""

    def migrate(self, collections: Sequence[Collection]) -> None:
        """Create missing collections and indexes; idempotent, safe when several processes start at once."""
        ...

    def get(self, collection: str, scope: str, id: str) -> Doc | None: ...

    def insert(self, collection: str, doc: Doc, outbox: Sequence[Body] = (), quiet: bool = False) -> None:
        """Store a new document (`doc.rev` is kept). Raises `Duplicate` if its id or a unique value exists."""
        ...

    def replace(
        self, collection: str, doc: Doc, expected: int, outbox: Sequence[Body] = (), quiet: bool = False
    ) -> bool:
        """Store `doc` if the stored rev is `expected`; False if it is not. Raises `Duplicate`."""
        ...

    def delete(self, collection: str, scope: str, id: str, expected: int) -> bool:
        """Remove if the stored rev is `expected`; False if it is not. `Unavailable` while entries are unsent."""
        ...

    def find(
        self,
        collection: str,
        where: Where,
        *,
        order: Sequence[str] = ("id",),
        descending: bool = False,
        limit: int = 100,
        after: Sequence[Any] = (),
    ) -> list[Doc]:
        """Documents matching all of `where`, keyset-paged.

        `where` maps a dotted body path, or the reserved names `scope` and `id`, to a scalar (equal) or to
        {"in": [...]}, {"gt"|"gte"|"lt"|"lte": x} or {"exists": bool}. `order` lists paths, all ascending or
        all descending, ending in `id`; `after` holds the values of the last document seen.
        """
        ...

    def count(self, collection: str, where: Where) -> int: ...

    def waiting(self) -> dict[str, str]:
        """Scopes that have unsent entries, with the RFC 3339 time of their oldest one."""
        ...

    def unsent(self, scope: str, limit: int) -> list[Unsent]:
        """The oldest unsent entries of a scope, in append order."""
        ...

    def clear(self, entries: Sequence[Unsent]) -> None: ...

    def watch(self, *, outbox: bool = False) -> Watch:
        """Of all writes but quiet ones; with `outbox`, of those that append entries at least."""
        ...

    def ping(self) -> None:
        """Raise `Unavailable` unless the engine answers now."""
        ...

    def close(self) -> None: ...
