"""A walk over every page: from where somebody begins, along every link, each kind of page a few times.

Whoever walks notes which routes answered, so that a page nobody can reach, or that nobody looked at, is found.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from playwright.sync_api import Page, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from support.halaman import AXE, RULES
from support.peramban import Layar
from support.rupa import LEBAR, kata, rupa

BERAPA = 2  # of each kind of page in one walk: the second shows another state
GAMBAR = os.environ.get("EKEL_TEST_SCREENS", "")  # folder for a picture of every screen
KOSONG = """n => {
  const form = document.forms[n], button = form.querySelector('button:not([type=button])');
  form.noValidate = true;
  for (const e of form.elements) {
    if (e.type === 'checkbox' || e.type === 'radio') e.checked = false;
    else if (e.type !== 'hidden' && e.tagName !== 'BUTTON') e.value = '';
  }
  for (let up = button; (up = up.parentElement.closest('details')); ) up.open = true;
  form.requestSubmit(button);
}"""
_FILE = re.compile(r"(/|\.)(pdf|unduh|gambar|kecil|png|lihat/berkas/[^/]+/\d+)(\?|$)")
_NAMA = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Jelajah:
    """What all walks have seen. `dilihat` are (method, rule); `cacat` what is wrong, by screen."""

    peta: MapAdapter
    dilihat: set[tuple[str, str]] = field(default_factory=set)
    cacat: dict[str, list[str]] = field(default_factory=dict)
    layar: Counter[str] = field(default_factory=Counter)
    dinilai: set[str] = field(default_factory=set)
    kosong: set[str] = field(default_factory=set)

    def ikut(self, page: Page) -> None:
        """From now on every answer of this site is noted."""
        page.context.on("response", lambda answer: self._jawab(answer))  # noqa: PLW0108 - slots take no bound method

    def _jawab(self, answer: Response) -> None:
        if rule := self.jalan(answer.request.method, answer.url):
            self.dilihat.add((answer.request.method, rule))

    def jalan(self, method: str, url: str) -> str:
        """The rule of the front end that this address follows, or nothing."""
        try:
            rule, _ = self.peta.match(urlsplit(url).path, method, return_rule=True)
        except HTTPException:
            return ""
        return str(rule.rule)

    def telusuri(self, hp: Layar, siapa: str, mulai: Iterable[str], lewati: Iterable[str] = ()) -> None:
        """Look at every page that links lead to from `mulai`, without those of the rules `lewati`."""
        antre, kali, lewat = [*mulai], Counter[str](), {*lewati}
        forms: list[tuple[str, int]] = []
        for path in antre:
            rule = self.jalan("GET", path)
            kind = f"{rule}?{sorted(dict(parse_qsl(urlsplit(path).query)))}"
            if not rule or kali[kind] >= BERAPA or rule in lewat:
                continue
            kali[kind] += 1
            if not self._buka(hp, path):
                continue
            self.lihat(hp.page, siapa, rule)
            antre += [a for a in self._tautan(hp) if a not in antre]
            forms += [(path, n) for n in self._isian(hp.page)]
        for path, n in forms:
            self._kirim_kosong(hp, siapa, path, n)

    def lihat(self, page: Page, siapa: str, nama: str) -> None:
        """Judge what is on the screen now, at both widths."""
        page.wait_for_load_state()
        self.layar[key := f"{siapa} {nama}"] += 1
        found: list[str] = []
        for width, height in LEBAR:
            page.set_viewport_size({"width": width, "height": height})
            if GAMBAR:
                self._potret(page, f"{siapa}-{nama}-{self.layar[key]}", width)
            found += rupa(page, width)
        found += kata(page.locator("body").inner_text())
        if nama not in self.dinilai:
            self.dinilai.add(nama)
            report = AXE.run(page, options=RULES).response
            found += [f"axe {v['id']}: {v['nodes'][0]['html'][:160]}" for v in report["violations"]]
        if found:
            self.cacat.setdefault(f"{key} ({urlsplit(page.url).path})", []).extend(found)

    def _buka(self, hp: Layar, path: str) -> bool:
        """Whether the address is a page; a file is fetched, and must be there."""
        if _FILE.search(path):
            answer = hp.page.request.get(hp.url + path)
            assert answer.ok, f"{path} answered {answer.status}"
            self.dilihat.add(("GET", self.jalan("GET", path)))
            return False
        hp.buka(path)
        return True

    def _tautan(self, hp: Layar) -> list[str]:
        """Paths of this site that the page leads to, its pictures with them."""
        found: list[str] = hp.page.evaluate(
            "() => [...document.querySelectorAll('a[href], main img')].map(e => e.href || e.src)"
            ".filter(u => u.startsWith(location.origin + '/')).map(u => u.slice(location.origin.length))"
        )
        return [path.partition("#")[0] for path in found]

    def _isian(self, page: Page) -> list[int]:
        """Forms with something to fill in, that were not yet sent empty."""
        listed: list[tuple[int, str]] = page.evaluate(
            "() => [...document.forms].map((f, n) => [n, f.method === 'post' && f.querySelector("
            "'input:not([type=hidden]), select, textarea') ? f.action : '']).filter(([, to]) => to)"
        )
        new = [(n, rule) for n, to in listed if (rule := self.jalan("POST", to)) and rule not in self.kosong]
        self.kosong |= {rule for _, rule in new}
        return [n for n, _ in new]

    def _kirim_kosong(self, hp: Layar, siapa: str, path: str, n: int) -> None:
        """A form sent without anything says what is missing, on a page that is as well made."""
        hp.buka(path)
        with hp.page.expect_navigation():
            hp.page.evaluate(KOSONG, n)
        self.lihat(hp.page, siapa, f"kosong {self.jalan('POST', hp.page.url) or self.jalan('GET', path)}")

    def _potret(self, page: Page, nama: str, width: int) -> None:
        folder = Path(GAMBAR) / str(width)
        folder.mkdir(parents=True, exist_ok=True)
        nomor = len(list(folder.glob("*.png")))
        page.screenshot(path=folder / f"{nomor:03}-{_NAMA.sub('-', nama.lower())[:70]}.png", full_page=True)

    def baik(self) -> None:
        """Nothing was wrong with what was looked at since the last time."""
        found, self.cacat = self.cacat, {}
        assert not found, "\n".join(f"{where}: " + "; ".join(what) for where, what in found.items())


def peta(app: Flask) -> MapAdapter:
    return app.url_map.bind("127.0.0.1")
