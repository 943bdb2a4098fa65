"""An adapter by the scheme of a URL, imported only when a URL names it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def named(table: Mapping[str, str], url: str) -> Any | None:
    """The class that `table` gives for the URL's scheme as `module:Class`; None for a scheme it does not know."""
    place = table.get(url.partition("://")[0])
    if place is None:
        return None
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
