"""Run as a program: import every module of one package while all undeclared packages seem absent.

Arguments: the package, then every distribution it may use. An empty environment would show the same and take a
minute; here an import hook answers "not found" for whatever belongs to an installed distribution that was not named.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from types import ModuleType


class Blocker:
    """First on `sys.meta_path`: refuses top-level names of distributions that were not declared."""

    def __init__(self, allowed: set[str]) -> None:
        owners = packages_distributions()
        self.refused = {top for top, names in owners.items() if not {canonical(n) for n in names} & allowed}

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in self.refused:
            raise ModuleNotFoundError(f"{name} is not declared in pyproject.toml", name=name)
        return None


def canonical(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def main(package: str, *distributions: str) -> None:
    sys.meta_path.insert(0, Blocker({canonical(name) for name in distributions}))
    root = importlib.import_module(package)
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        importlib.import_module(module.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
