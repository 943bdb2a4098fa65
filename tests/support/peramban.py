"""A real browser at the pages: a phone of 360 pixels or a desk, and what people do there, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from ekel.demo import photos
from ekel.demo.people import resident, skdom
from support.waiting import until

PROGRAM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
PHONE, DESK = (360, 740), (1280, 900)
_CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Layar:
    """One screen with one visitor; `asing` collects requests that left the site, `galat` what scripts complained of."""

    page: Page
    url: str
    data: Path
    asing: list[str]
    galat: list[str]

    def buka(self, path: str) -> None:
        self.page.goto(self.url + path)

    def tekan(self, words: str) -> None:
        """Press the button or link of the page's own part that says so."""
        page = self.page.locator("main")
        named = page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words))
        named.first.click()
        self.page.wait_for_load_state("domcontentloaded")  # a click waits for an answer's first byte only

    def tunggu(self, path: str, title: str) -> None:
        """Open the page again until its title says so: another service had something to do."""

        def told() -> bool:
            self.buka(path)
            return self.judul() == title

        until(told, what=f"{path} says {title}")

    def judul(self) -> str:
        return self.page.locator("h1").inner_text()

    def masuk(self, email: str) -> None:
        """Sign in with a code, read where an operator without a message channel finds it."""
        page, folder = self.page, self.data / "pesan"
        before = {p for p in folder.rglob("*") if p.is_file()}
        if not page.url.endswith("/masuk"):
            self.buka("/masuk")
        page.fill("#nilai", email)
        self.tekan("Kirim kode")
        code = until(lambda: _code(folder, before, email), what=f"a code for {email}")
        page.fill("#kode", code)
        self.tekan("Masuk")

    def isi(self, answers: Mapping[str, Any]) -> None:
        """Fill every step of the form until the papers are asked for."""
        while "/isi/" in self.page.url:
            before = self.page.url
            for name, value in answers.items():
                self._answer(name, value)
            self.tekan("Simpan dan lanjut")
            assert self.page.url != before, self.page.locator("main").inner_text()

    def _answer(self, name: str, value: Any) -> None:
        page = self.page
        said = {True: "ya", False: "tidak"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        if page.locator(f"input[type=radio][name='{name}']").count():
            page.check(f"input[type=radio][name='{name}'][value='{said}']")
        elif page.locator(f"[name='{name}-tahun']").count():
            for part, given in zip(("tahun", "bulan", "hari"), said.split("-"), strict=False):
                page.fill(f"[name='{name}-{part}']", given)
        elif page.locator(f"input[name='{name}'], textarea[name='{name}']").count():
            page.fill(f"[name='{name}']", said)


@contextmanager
def layar(
    browser: Browser, url: str, data: Path, *, skrip: bool = True, pekerja: bool = True
) -> Iterator[Layar]:
    """A fresh visitor on a phone; a line can be cut only without a service worker (`pekerja`)."""
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="id-ID",
        java_script_enabled=skrip,
        service_workers="allow" if pekerja else "block",
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    shown = Layar(page, url, data, [], [])
    context.on("request", lambda r: None if _own(r.url, url) else shown.asing.append(r.url))
    page.on("console", lambda m: shown.galat.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: shown.galat.append(str(e)))
    try:
        yield shown
    finally:
        context.close()


def foto(folder: Path, kode: str) -> Path:
    """A photograph of a paper, as a phone makes it, to choose in a file field."""
    file = folder / f"{kode}.jpg"
    file.write_bytes(photos.photo(kode))
    return file


def jawaban(seed: int, today: date) -> tuple[str, dict[str, Any]]:
    """The e-mail of an invented resident and the answers for a certificate of domicile."""
    person = resident(seed)
    return person.surel, skdom(person, today)


def _own(address: str, url: str) -> bool:
    return address.startswith((url, "data:", "blob:"))


def _code(folder: Path, before: set[Path], address: str) -> str:
    for file in sorted(set(folder.rglob("*")) - before, reverse=True):
        text = file.read_text(errors="replace") if file.is_file() else ""
        if address in text and (match := _CODE.search(text.partition("\n\n")[2] or text)):
            return match.group(1)
    return ""
