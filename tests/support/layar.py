"""Every word that people may see on a screen: templates, the pages' own sentences, states, messages, services."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from jinja2 import Environment, nodes

import frontend
from pengajuan.domain import tampilan
from support.tree import ROOT

FRONT = Path(frontend.__file__).parent
TITIK = "…"  # stands where a page puts something of its own: a name, a number
_TAG = re.compile(r"<[^>]*>")
_BREAK = "\n"
_ADDRESS = re.compile(r"^[a-z0-9_.-]*$|^/|[{}<>]")  # codes, paths and patterns are no words on a screen


def kata() -> frozenset[str]:
    """All phrases, whitespace made single, what varies as `…`."""
    found: set[str] = set(tampilan.KATA.values()) | {tampilan.DI_KECAMATAN}
    for template in sorted((FRONT / "templates").rglob("*.html")):
        found |= set(frasa(template.read_text()))
    for module in sorted(FRONT.rglob("*.py")):
        found |= set(_strings(module.read_text()))
    for script in sorted((ROOT / "frontend/aset").glob("*.js")):
        found |= set(re.findall(r'"([^"\n]+)"', script.read_text()))
    return frozenset(found)


def frasa(template: str) -> Iterator[str]:
    """The phrases of one template: its text between tags, and every string its macros are given."""
    tree = Environment(autoescape=True).parse(template)
    for output in tree.find_all(nodes.Output):
        for text in _said(output.nodes):
            yield from _pieces(text)
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str):
            yield from _pieces(const.value)


def _said(parts: Iterable[nodes.Expr]) -> Iterator[str]:
    """What an output may say: one text for every combination of its short choices."""
    choices = [_ways(part) for part in parts]
    # A page with many choices is read piece by piece: phrases do not reach over tags anyway.
    piece: list[list[str]] = []
    for ways in choices:
        head, cut, tail = (ways[0] if len(ways) == 1 else "").rpartition(">")
        piece.append([head + cut] if cut else ways)
        if cut:
            yield from _joined(piece)
            piece = [[tail]]
    yield from _joined(piece)


def _joined(piece: list[list[str]]) -> Iterator[str]:
    for chosen in product(*piece[-12:]):
        yield "".join(chosen)


def _ways(part: nodes.Node | None) -> list[str]:
    if isinstance(part, nodes.TemplateData):
        return [part.data]
    if isinstance(part, nodes.CondExpr):
        return [*_ways(part.expr1), *(_ways(part.expr2) if part.expr2 is not None else [""])]
    if isinstance(part, nodes.Const) and isinstance(part.value, str):
        return [part.value]
    if isinstance(part, nodes.Concat):
        return ["".join(chosen) for chosen in product(*(_ways(each) for each in part.nodes))]
    return [TITIK]


def _pieces(text: str) -> Iterator[str]:
    for piece in _TAG.sub(_BREAK, text).split(_BREAK):
        if plain := " ".join(html.unescape(piece).split()):
            yield plain


def _strings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and not _ADDRESS.search(said):
            yield " ".join(said.split())
