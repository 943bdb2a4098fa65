"""A macro never hides what a page is given under its name: that fails only once there is something to show."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import frontend

FOLDER = Path(frontend.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))


def hidden(source: str) -> set[str]:
    """Names imported as macros that the template also reads as a value; constants are written large."""
    tree = Environment(autoescape=True).parse(source)
    macros = {
        name[1] if isinstance(name, tuple) else name
        for each in tree.find_all(nodes.FromImport)
        for name in each.names
    }
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    read = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "load" and id(n) not in called}
    return {name for name in macros & read if not name.isupper()}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: str(t.relative_to(FOLDER)))
def test_no_template_reads_a_macro_as_a_value(template: Path) -> None:
    assert hidden(template.read_text()) == set()


def test_a_hidden_value_is_found() -> None:
    both = '{% from "a.html" import pilih, VERDIK %}{{ pilih("a") }}{% if x in pilih %}{{ VERDIK[x] }}{% endif %}'
    assert hidden(both) == {"pilih"}
    assert hidden('{% from "a.html" import pilih %}{{ pilih("a") }}') == set()
