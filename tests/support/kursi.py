"""An official's seat in the browser: signed in through the pages once, the inbox, and the words on the screen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser

from ekel.demo import factor
from ekel.demo.people import PASSWORD
from support.halaman import lihat
from support.peramban import Layar, layar
from support.system import System
from support.waiting import until

NAMA = "pancoranmas"  # the office of whoever is named by his role alone
# The cookies of whoever signed in, by system: an authenticator's code is good once, a session for the day.
INGATAN: dict[str, dict[str, list[Any]]] = {}


@contextmanager
def petugas(sistem: System, peramban: Browser, siapa: str) -> Iterator[Kursi]:
    """An official of the demo office: signed in through the pages once a file, then the phone remembers."""
    with layar(peramban, sistem.pages, sistem.folder) as shown:
        seat = Kursi(shown.page, shown.url, shown.data, shown.asing, shown.galat)
        known = INGATAN.setdefault(sistem.pages, {})
        if siapa in known:
            seat.page.context.add_cookies(known[siapa])
        else:
            masuk(seat, siapa)
            known[siapa] = [
                {"name": c["name"], "value": c["value"], "url": sistem.pages}
                for c in seat.page.context.cookies()
            ]
        yield seat


def masuk(seat: Kursi, siapa: str) -> None:
    # Without a code first: it is asked for only where it is needed.
    for code in itertools.chain([""], factor.codes()):
        seat.buka("/masuk/petugas")
        seat.page.fill("#akun", siapa if "." in siapa or siapa == "operator" else f"{siapa}.{NAMA}")
        seat.page.fill("#sandi", PASSWORD)
        seat.page.fill("#totp", code)
        seat.tekan("Masuk")
        if "/masuk" not in seat.page.url:
            break
    assert "/masuk" not in seat.page.url, isi(seat)
    seat.galat.clear()  # a sign-in that asked for the second factor says so as 401


class Kursi(Layar):
    """A screen of the office."""

    def tunggu_isi(self, path: str, words: str) -> None:
        def told() -> bool:
            self.buka(path)
            return words in isi(self)

        until(told, what=f"{path} says {words}")


def buka_tugas(official: Layar, id: str) -> None:
    """The inbox, when the task is there, and its file."""

    def there() -> bool:
        official.buka("/tugas")
        return official.page.locator(".ek-kartu__tautan").count() > 0

    until(there, what="a task in the inbox")
    lihat(official.page)
    official.page.click(".ek-kartu__tautan >> nth=0")


def sampai_simpulan(loket: Layar, id: str, buruk: Mapping[str, str] = MappingProxyType({})) -> None:
    """Every paper of a case opened and found good, or what `buruk` says of it; up to the last sheet."""

    def ready() -> bool:
        loket.buka(f"/loket/permohonan/{id}")
        return "Periksa berkas" in isi(loket)

    until(ready, what="the case to be ready for the counter")
    loket.tekan("Periksa berkas")
    while judged := loket.page.locator("input[type=radio]").all():
        kode = str(judged[0].get_attribute("name")).removeprefix("nilai-")
        loket.page.check(f"input[type=radio][value={buruk.get(kode, 'baik')}]")
        loket.tekan("Lanjut")
    assert loket.judul() == "Isian warga"
    loket.tekan("Lanjut")


def isi(shown: Layar) -> str:
    return shown.page.locator("main").inner_text()
