"""Every module says its one idea in its first line and is named after it."""

from __future__ import annotations

import ast

from support.tree import python_files, short

# Names that collect what belongs elsewhere.
VAGUE = {"helpers", "helper", "utils", "util", "misc", "common", "base", "manager", "managers"}


def test_a_module_begins_with_its_idea() -> None:
    silent = [short(file) for file in python_files() if not ast.get_docstring(ast.parse(file.read_text()))]

    assert silent == []


def test_no_module_has_a_vague_name() -> None:
    assert [short(file) for file in python_files() if file.stem in VAGUE or file.parent.name in VAGUE] == []


def test_annotations_are_never_evaluated_early() -> None:
    # One import per module keeps forward references and 3.11 syntax alike everywhere.
    eager = [
        short(file)
        for file in python_files()
        if _has_code(file.read_text()) and "from __future__ import annotations\n" not in file.read_text()
    ]

    assert eager == []


def _has_code(source: str) -> bool:
    return any(
        isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AnnAssign) for node in ast.parse(source).body
    )
