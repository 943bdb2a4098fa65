"""Which data no letter can do without, whatever its kind; a letter with a blank is never printed.

What a kind of letter says beside that is in its catalogue, and `dokumen.domain.isian` keeps it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_NAME = re.compile(r"(formulir/)?[a-z][a-z0-9_]*")


class MissingField(Exception):
    """`name` is the dotted path of the first missing or blank field; `names` has them all."""

    slug = "naskah-tidak-lengkap"

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.name = self.names[0]
        super().__init__(", ".join(self.names))


class UnknownTemplate(Exception):
    """No such template, or data of a shape that has no list of fields."""

    slug = "templat-tidak-dikenal"


class Fields:
    """Reads `medan.json` beside the templates: what each shape needs, by dotted path."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._lists: dict[str, list[str]] = json.loads((templates / "medan.json").read_text("utf-8"))

    def check(self, template: str, data: Mapping[str, object]) -> None:
        """Raise `MissingField` naming everything that is absent, None or blank, or `UnknownTemplate`."""
        missing = [path for path in self._required(template, data) if _blank(_find(data, path))]
        if missing:
            raise MissingField(missing)

    def _required(self, template: str, data: Mapping[str, object]) -> list[str]:
        if not _NAME.fullmatch(template) or not (self._templates / f"{template}.typ").is_file():
            raise UnknownTemplate(template)
        shape = template if template == "mengetahui" else str(data.get("bentuk"))
        if shape not in self._lists:
            raise UnknownTemplate(f"{template}: {shape}")
        drafted = {"nomor", "verifikasi"} if data.get("konsep") else set()
        return [path for path in self._lists[shape] if path.partition(".")[0] not in drafted]


def _find(data: Mapping[str, object], path: str) -> object:
    value: object = data
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _blank(value: object) -> bool:
    return value is None or value in ([], ()) or (isinstance(value, str) and not value.strip())
