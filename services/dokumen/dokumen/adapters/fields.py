"""Which data a template cannot do without; a letter with a blank is never printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path


class MissingField(Exception):
    """`name` is the dotted path of the first missing or blank field; `names` has them all."""

    slug = "naskah-tidak-lengkap"

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.name = self.names[0]
        super().__init__(", ".join(self.names))


class UnknownTemplate(Exception):
    """No such template, or no list of its fields."""

    slug = "templat-tidak-dikenal"


class Fields:
    """Reads `medan.json` beside the templates: common fields under `surat`, the others by template name."""

    def __init__(self, templates: Path) -> None:
        self._lists: dict[str, list[str]] = json.loads((templates / "medan.json").read_text("utf-8"))

    def required(self, template: str) -> list[str]:
        """Dotted paths. A template that is no letter (`mengetahui`) stands alone."""
        if template == "surat" or template not in self._lists:
            raise UnknownTemplate(template)
        own = self._lists[template]
        return own if template == "mengetahui" else [*self._lists["surat"], *own]

    def check(self, template: str, data: Mapping[str, object]) -> None:
        """Raise `MissingField` naming everything that is absent, None or blank."""
        missing = [path for path in self.required(template) if _blank(_find(data, path))]
        if missing:
            raise MissingField(missing)


def _find(data: Mapping[str, object], path: str) -> object:
    value: object = data
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
