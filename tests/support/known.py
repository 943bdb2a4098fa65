"""What a running system told of itself: its answers' values, put where a request asks for the same thing.

Generated identifiers hit nothing; with learned ones a request gets behind the first 404.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from random import Random
from typing import Any, Final

_KEPT: Final = 24  # values of one name; a new one takes the place of any


class Known:
    """Name → values. An `id` or `kode` is known under the collection it was read from."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._values: dict[str, list[Any]] = defaultdict(list)
        self._etags: dict[str, str] = {}

    def learn(self, path: str, body: Any) -> None:
        """Every scalar of a JSON answer of this path."""
        if isinstance(body, list):
            for each in body[:_KEPT]:
                self.learn(path, each)
        elif isinstance(body, dict):
            for name, value in body.items():
                if isinstance(value, (dict, list)):
                    self.learn(path, value)
                elif value not in (None, "", True, False):
                    self._keep(_thing(path, name), value)

    def etag(self, path: str, given: str) -> None:
        self._etags[path] = given

    def version(self, path: str) -> str:
        """The ETag that was read there, or the first one."""
        return self._etags.get(path, '"1"')

    def mix(self, path: str, given: Any) -> Any:
        """The same request's part, with known values under about half of the names that are known."""
        if isinstance(given, Mapping):
            return {name: self._one(path, str(name), value) for name, value in given.items()}
        return [self.mix(path, each) for each in given] if isinstance(given, list) else given

    def _one(self, path: str, name: str, value: Any) -> Any:
        if isinstance(value, (Mapping, list)):
            return self.mix(path, value)
        values = self._values.get(_thing(path, name))
        return self._random.choice(values) if values and self._random.random() < 0.6 else value

    def _keep(self, name: str, value: Any) -> None:
        values = self._values[name]
        if value in values:
            return
        if len(values) < _KEPT:
            values.append(value)
        else:
            values[self._random.randrange(_KEPT)] = value


def _thing(path: str, name: str) -> str:
    """What a name means: `/v1/berkas/{id}` and `berkas` of another answer are the same thing."""
    return path.split("/")[2] if name in {"id", "kode"} and path.count("/") > 1 else name
