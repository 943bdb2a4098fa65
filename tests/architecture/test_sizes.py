"""Budgets: small files, small functions, short names, a small chassis. Split by idea when one is broken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import pytest

from support.tree import python_files, short

FILE_P90, FILE_MOST = 150, 300
FUNCTION_P90, FUNCTION_MOST = 25, 50
NAME_P90 = 25
LIBRARIES = {
    "chassis": 1900,
    "engines/embedded": 1400,
    "engines/production": 1420,
    "web": 900,
    "tables": 200,
    "runtime": 520,
}


def test_files_are_small() -> None:
    sizes = {short(file): _lines(file) for file in python_files()}

    assert {name: n for name, n in sizes.items() if n > FILE_MOST} == {}
    assert _p90(list(sizes.values())) <= FILE_P90, sorted(sizes.items(), key=lambda s: -s[1])[:15]


def test_functions_are_small() -> None:
    sizes = {f"{short(file)}:{f.lineno} {f.name}": _length(f) for file, f in _functions()}

    assert {name: n for name, n in sizes.items() if n > FUNCTION_MOST} == {}
    assert _p90(list(sizes.values())) <= FUNCTION_P90, sorted(sizes.items(), key=lambda s: -s[1])[:15]


def test_function_names_are_short() -> None:
    names = [function.name for _, function in _functions()]

    assert _p90([len(name) for name in names]) <= NAME_P90, sorted(names, key=len)[-15:]


@pytest.mark.parametrize(("library", "most"), LIBRARIES.items())
def test_the_libraries_stay_small(library: str, most: int) -> None:
    """Written lines: blank ones are no burden (docs/decisions/0011, 0012, 0032)."""
    package, _, part = library.partition("/")
    files = [file for file in python_files(package) if not part or part in file.parts]
    assert sum(_written(file) for file in files) <= most


def _lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def _written(file: Path) -> int:
    return sum(1 for line in file.read_text().splitlines() if line.strip())


def _functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield file, node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def _p90(values: list[int]) -> float:
    return quantiles(values, n=10, method="inclusive")[-1]
