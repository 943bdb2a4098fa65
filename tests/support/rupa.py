"""How a screen must look at a width: nothing wider than it, nothing cut, nothing too small to touch, no dead end.

Targets are 44 pixels high and wide. Smaller ones that WCAG 2.2 (2.5.8) allows: a link inside a sentence, which the
line's height binds, and the skip link, which appears only for keyboards. A box to tick counts with its label.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from support.tree import ROOT

LEBAR = ((1280, 800), (360, 740))
TERBUKA = "() => document.querySelectorAll('details').forEach(e => { e.open = true; })"
PERIKSA = """width => {
  const found = [], seen = e => e.checkVisibility() && !e.closest('.govuk-visually-hidden, .govuk-skip-link');
  const said = e => (e.name || e.innerText || e.value || e.tagName).trim().replace(/\\s+/g, ' ').slice(0, 50);
  const needs = document.documentElement.scrollWidth;
  if (needs > width) found.push(`the page needs ${needs}`);
  const block = e => { while (getComputedStyle(e).display.startsWith('inline')) e = e.parentElement; return e; };
  const small = r => r.height < 43.5 || r.width < 43.5;
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    let r = e.getBoundingClientRect();
    if (!seen(e) || r.width < 2 || !small(r)) continue;
    if (e.matches('[type=radio], [type=checkbox]')) {
      const l = e.labels[0].getBoundingClientRect();
      r = { height: Math.max(r.height, l.height), width: Math.max(r.right, l.right) - Math.min(r.left, l.left) };
      if (!small(r)) continue;
    }
    if (e.tagName === 'A' && getComputedStyle(e).display === 'inline') {
      const around = block(e), own = [...around.querySelectorAll('a')].map(a => a.innerText).join('');
      if (around.innerText.replace(/\\s/g, '').length > own.replace(/\\s/g, '').length) continue;
    }
    found.push(`small target ${said(e)} ${Math.round(r.width)}x${Math.round(r.height)}`);
  }
  const pen = document.createElement('canvas').getContext('2d');
  for (const e of document.querySelectorAll('input:not([type=hidden]):not([type=file]), select')) {
    const s = getComputedStyle(e), text = e.tagName === 'SELECT' ? (e.selectedOptions[0] || {}).text : e.placeholder;
    if (!text || !seen(e)) continue;
    pen.font = s.font;
    const arrow = e.tagName === 'SELECT' ? 14 : 0;
    const room = e.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight) - arrow;
    if (pen.measureText(text).width > room + 1) found.push(`cut in its box: ${text}`);
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest('select, textarea, script, .ek-lihat')) continue;
    range.selectNodeContents(node);
    const r = range.getBoundingClientRect();
    const box = e.closest('button, .govuk-button, .ek-kartu__tautan, .ek-berkas, dl, section, form, main, body');
    const text = node.data.trim().slice(0, 50), edge = box.getBoundingClientRect().right + 1;
    if (r.right > edge) found.push(`text beyond its box: ${text}`);
    for (const word of node.data.matchAll(/(?<!\\p{L})\\p{L}{5,18}(?!\\p{L})/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top)));
      if (lines.size > 1) found.push(`a word broken over two lines: ${word[0]}`);
    }
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const s = getComputedStyle(up), b = up.getBoundingClientRect();
      if (s.overflow !== 'visible' && s.overflowY !== 'auto' && (r.right > b.right + 1 || r.bottom > b.bottom + 1))
        found.push(`text cut off: ${text}`);
    }
  }
  const ways = 'main a[href], main button, nav[aria-label="Jalan kembali"] a';
  if (![...document.querySelectorAll(ways)].some(seen)) found.push('a dead end: no link and no button');
  return [...new Set(found)];
}"""
ASING = re.compile(
    r"\b(" + "|".join((Path(__file__).parent / "kata_asing.txt").read_text().split("\n")[:-1]) + r")\b",
    re.IGNORECASE,
)
# Addresses, e-mails and codes of accounts are shown as they are.
BUKAN_KATA = re.compile(r"\S+@\S+|\bhttps?://\S+|\b[\w.-]+:\d+(/\S*)?|\b[\w.-]+\.(go\.id|example|pdf|jpg)\S*")
ULAR = re.compile(r"\b[a-zA-Z0-9]+(?:_[a-zA-Z0-9]+)+\b")


def sandi() -> frozenset[str]:
    """Words of the machine in the contracts: every enumerated value that people do not say."""
    found: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.update(v for v in node.get("enum", ()) if isinstance(v, str))
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    for file in sorted((ROOT / "contracts" / "events").glob("*.schema.json")):
        walk(json.loads(file.read_text()))
    return frozenset(v for v in found if "_" in v or (len(v) > 3 and v.isupper()))


SANDI = sandi()


def rupa(page: Page, lebar: int) -> list[str]:
    """Defects of what is shown at the present width, everything unfolded; empty when there are none."""
    page.evaluate(TERBUKA)
    return [f"{lebar} px: {each}" for each in page.evaluate(PERIKSA, lebar)]


def kata(text: str) -> list[str]:
    """English words and words of the machine in what a page says."""
    plain = BUKAN_KATA.sub(" ", text)
    said = [f"English: {m.group()}" for m in ASING.finditer(plain)]
    said += [f"of the machine: {m.group()}" for m in ULAR.finditer(plain)]
    return said + [f"of the machine: {w}" for w in re.findall(r"\b[A-Z]{4,}\b", plain) if w in SANDI]
