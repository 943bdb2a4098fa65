"""The supervisor: every role a process of its own, sockets held here, so that a replaced process refuses nobody."""

from __future__ import annotations

from ekel.up.run import run

__all__ = ["run"]
