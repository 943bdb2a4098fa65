"""What every page must be, judged in the browser: accessible, within the screen, easy to touch, in plain words."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from support.peramban import DESK, PHONE

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# WCAG 2.5.8 leaves out what stands inside a sentence; hidden things are not touched.
SMALL = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
    if (e.closest('p, li, .govuk-hint, .govuk-body, .govuk-details__text, .govuk-error-summary') && e.tagName === 'A'
        && !e.classList.contains('govuk-button')) return false;
    if (e.matches('.govuk-radios__input, .govuk-checkboxes__input, .govuk-skip-link')) return false;
    const r = e.getBoundingClientRect();
    return r.width > 1 && r.height > 1 && e.checkVisibility() && (r.height < 43.5 || r.width < 43.5);
  }).map(e => e.tagName + ' ' + (e.name || e.textContent || '').trim() + ' '
    + Math.round(e.getBoundingClientRect().width) + 'x' + Math.round(e.getBoundingClientRect().height))"""
# Words of the machine, never of a page.
INTERNAL = re.compile(
    r"\b(menunggu_berkas|diproses|draf|None|undefined|true|false|null|"
    r"diri_sendiri|satu_kk|tidak_punya|upload|download|submit|error|loading|cancel|login|logout|username|password)\b",
    re.IGNORECASE,
)


PICTURES = os.environ.get("EKEL_TEST_PICTURES", "")  # folder for the README's pictures


def lihat(page: Page, name: str = "") -> None:
    """Assert that nothing is wrong with the page; named ones are pictured when a run is told to."""
    assert not (found := cacat(page)), f"{page.url}: " + "; ".join(found)
    if name and PICTURES:
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=folder / f"{name}.png")


def cacat(page: Page) -> list[str]:
    """Defects of the page as it stands, at the width of a phone and of a desk; empty when there are none."""
    found: list[str] = []
    page.wait_for_load_state()
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        needs = int(page.evaluate("document.documentElement.scrollWidth"))
        if needs > width:
            found.append(f"{width} px: the page needs {needs}")
        found += [f"{width} px: small target {each}" for each in page.evaluate(SMALL)]
    report: Any = AXE.run(page, options=RULES).response
    found += [f"axe {v['id']}: {v['nodes'][0]['html'][:200]}" for v in report["violations"]]
    said = INTERNAL.search(page.locator("body").inner_text())
    return [*found, *([f"a word of the machine: {said.group()}"] if said else [])]
