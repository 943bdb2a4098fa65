"""What the documents promise exists: commands, files, and each service's events."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.contracts import Contracts
from support.commands import wrong
from support.tree import PACKAGES, ROOT, SERVICES

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs/panduan").glob("*.md")),
]
FENCE = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:docker compose run --rm )?ekel [^`]+)`")
FROM_SHELL = re.compile(r"\$\([^)]*\)")
OPERATORS_OWN = re.compile(r"^(docker compose run --rm|kubectl -n ekelurahan exec -it job/mine --) (?=ekel)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
EVENT = re.compile(r"`([a-z]+\.[a-z_]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_commands_named_in_a_document_exist(document: Path) -> None:
    known = _make_targets()

    missing = [line for line in _commands(document) if not _exists(shlex.split(line), known)]

    assert missing == []


@pytest.mark.parametrize("document", sorted({*DOCUMENTS, *ROOT.glob("docs/**/*.md")}), ids=lambda d: d.stem)
def test_links_inside_the_repository_lead_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text())

    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("service", [*SERVICES, "gateway"])
def test_a_service_lists_the_events_it_sends_and_hears(service: str) -> None:
    contracts = Contracts(ROOT / "contracts")
    text = (PACKAGES[service] / "README.md").read_text()
    sent = {kind.name for kind in contracts.types.values() if kind.service == service}

    assert set(EVENT.findall(_section(text, "Events out"))) == sent
    assert set(EVENT.findall(_section(text, "Events in"))) == {k.name for k in contracts.heard_by(service)}


def test_the_packages_name_one_version() -> None:
    files = [folder / "pyproject.toml" for folder in PACKAGES.values()]

    assert len({tomllib.loads(file.read_text())["project"]["version"] for file in files}) == 1


def _commands(document: Path) -> Iterator[str]:
    text = document.read_text()
    blocks = [*FENCE.findall(text), *INLINE.findall(text)]
    for block in blocks:
        for line in block.splitlines():
            command = OPERATORS_OWN.sub("", line.removeprefix("$ ").split(" #")[0].strip())
            if command.startswith(("make ", "scripts/", ".ci/", ".venv/bin/", "ekel ")):
                yield FROM_SHELL.sub("NOW", command)


def _exists(words: list[str], targets: set[str]) -> bool:
    if words[0] == "make":
        return all(word in targets for word in words[1:] if "=" not in word)
    if words[0] in {"ekel", ".venv/bin/ekel"}:
        return not wrong([word for word in words[1:] if word != "…"], whole=False)
    return words[0].startswith(".venv/") or (ROOT / words[0]).exists()


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _section(text: str, heading: str) -> str:
    assert f"## {heading}\n" in text, f"no section '{heading}'"
    return text.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
