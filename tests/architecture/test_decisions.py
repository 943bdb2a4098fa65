"""Decision records: numbered without gaps, headed by their number, in one of four states."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.tree import ROOT

FILES = sorted((ROOT / "docs/decisions").glob("*.md"))
STATUS = re.compile(r"(Proposed|Accepted|Rejected|Superseded by \d{4})")
SECTIONS = ["Status", "Context", "Decision", "Consequences", "Rejected alternatives"]


def test_numbers_have_no_gap() -> None:
    assert [file.name[:4] for file in FILES] == [f"{n:04}" for n in range(1, len(FILES) + 1)]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_heading_carries_the_number_of_the_file(file: Path) -> None:
    assert file.read_text().startswith(f"# {file.name[:4]}: ")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_section_is_there_and_the_status_is_valid(file: Path) -> None:
    text = file.read_text()

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert STATUS.fullmatch(text.split("## Status\n")[1].split("\n## ")[0].strip())


@pytest.mark.parametrize(
    ("list_", "record"),
    [("runtime.in", "0009-runtime-dependencies.md"), ("test.in", "0029-tools-of-the-tests.md")],
)
def test_every_dependency_has_its_reason(list_: str, record: str) -> None:
    wanted = re.findall(r"^([a-z][a-z0-9-]+)", (ROOT / "requirements" / list_).read_text(), re.MULTILINE)
    told = (ROOT / "docs/decisions" / record).read_text()

    assert sorted(re.findall(r"^\| ([a-z0-9-]+) \| [0-9]", told, re.MULTILINE)) == sorted(wanted)
