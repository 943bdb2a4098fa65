"""The guides cannot drift from the screen: every bold word stands on a page, every path and setting exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frontend import halaman
from pengajuan.domain import tampilan
from pengajuan.domain.status import Status
from support.layar import frasa, kata
from support.tree import ROOT

PANDUAN = sorted((ROOT / "docs/panduan").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
KATA = kata()


@pytest.mark.parametrize("guide", PANDUAN, ids=lambda g: g.stem)
def test_every_bold_word_of_a_guide_stands_on_a_screen(guide: Path) -> None:
    assert _asing(guide.read_text()) == []


def test_a_word_that_stands_nowhere_is_found() -> None:
    assert _asing("Tekan **Kirim kode**, lalu **Kirim sandi rahasia**.") == ["Kirim sandi rahasia"]


def test_words_are_read_from_templates_as_people_see_them() -> None:
    page = """<h1>{{ "Setujui" if setuju else "Paraf" }} {{ n }} surat?</h1><a>Unduh&nbsp;semua</a>
    {{ tombol({"text": "Ganti frasa", "classes": "besar"}) }}{% if a %}<b>Ya</b>{% endif %}"""
    seen = set(frasa(page))
    assert {"Setujui … surat?", "Paraf … surat?", "Unduh semua", "Ganti frasa", "Ya"} <= seen
    assert "h1" not in seen


def test_the_residents_guide_explains_every_state_that_his_page_may_show() -> None:
    table = (ROOT / "docs/panduan/warga.md").read_text().partition("## Arti keadaan")[2].partition("\n## ")[0]
    shown = {tampilan.KATA[s] for s in Status if s is not Status.DRAF} | {tampilan.DI_KECAMATAN}
    assert set(re.findall(r"^\| \*\*(.+?)\*\*", table, re.MULTILINE)) == shown


@pytest.mark.parametrize("guide", PANDUAN, ids=lambda g: g.stem)
def test_every_page_named_by_its_path_exists(guide: Path) -> None:
    known = _jalan()
    named = [c for c in CODE.findall(guide.read_text()) if c.startswith("/") and not c.startswith("/v1/")]
    assert [path for path in named if path not in known] == []


@pytest.mark.parametrize("guide", PANDUAN, ids=lambda g: g.stem)
def test_every_setting_named_in_a_guide_exists(guide: Path) -> None:
    known = (ROOT / "docs/configuration.md").read_text()
    assert [name for name in re.findall(r"EKEL_[A-Z_]+", guide.read_text()) if f"`{name}`" not in known] == []


@pytest.mark.parametrize("guide", PANDUAN, ids=lambda g: g.stem)
def test_every_picture_of_a_guide_is_there(guide: Path) -> None:
    named = re.findall(r'<img src="([^"]+)"', guide.read_text())
    assert [name for name in named if not (guide.parent / name).exists()] == []


def _asing(text: str) -> list[str]:
    """Bold words of a guide that no screen says; in table or text, over a line's end or not."""
    bold = [" ".join(found.split()) for found in BOLD.findall(text)]
    return [said for said in bold if said not in KATA]


def _jalan() -> set[str]:
    """Paths of the pages, as their blueprints name them."""
    folder = Path(str(halaman.__file__)).parent
    source = "\n".join(file.read_text() for file in sorted(folder.glob("*.py")))
    return set(re.findall(r'@bp\.(?:get|post)\("(/[^"]*)"', source))
