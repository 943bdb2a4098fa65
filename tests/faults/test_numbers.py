"""200 approvals at once over a year's end, dokumen killed twice: every register gapless, one number a letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from dokumen.adapters import nomor
from dokumen.bootstrap import PERKARA, App, build
from dokumen.settings import Settings
from ekel.demo.client import Unexpected
from faults.conftest import empty
from runtime.check import everything
from support.balai import OFFICES, Balai
from support.system import System
from support.waiting import until

CASES = 200
LAST_DAY, NEW_YEAR = "2026-12-31T20:00:00+07:00", "2027-01-01T00:00:01+07:00"
Work = list[tuple[Balai, str, str]]  # who, task, confirmation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def store(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """dokumen's stores after the story."""
    folder = tmp_path_factory.mktemp("numbers")
    kill = {"EKEL_KILL_AT": "dokumen-worker:number.after_number:20"}
    with (
        empty(kind, folder / "servers") as engines,
        System(folder / "data", {**engines, **kill}) as system,
    ):
        app = build(Settings(**system.settings.model_dump()))
        assert system.ekel("clock", "shift", "--to", LAST_DAY).returncode == 0
        work = _to_the_lurah(system.url)
        with ThreadPoolExecutor(CASES) as people:
            gate = Barrier(CASES)
            answers = [people.submit(_approve, gate, *one) for one in work]
            until(lambda: _count(app, nomor.COLLECTION.name) >= 20, what="numbers of the old year")
            assert system.ekel("clock", "shift", "--to", NEW_YEAR).returncode == 0
            until(lambda: _count(app, nomor.COLLECTION.name) >= 70, seconds=180, what="numbers given")
            system.kill("dokumen-worker")
            assert [answer.result()["tahap"] for answer in answers] == ["disetujui"] * CASES
        issued = {"state.tahap": "terbit"}
        until(lambda: _count(app, PERKARA.name, issued) == CASES, seconds=240, what="every letter issued")
        assert list((system.folder / "run" / "kills").iterdir()), "nobody died between number and PDF"
        system.check()
        yield app
    app.close()


def _to_the_lurah(url: str) -> Work:
    """As many cases as asked, each before its lurah with the password already given."""
    halls = [Balai(url, kode, date(2026, 12, 31)) for kode in OFFICES]
    work: Work = []
    with ThreadPoolExecutor(8) as people:
        turns = [halls[n % len(halls)] for n in range(CASES)]
        ids = list(people.map(Balai.ajukan, turns, range(CASES)))
        list(people.map(Balai.lengkap, turns, ids))
        for hall in halls:
            own = {id for turn, id in zip(turns, ids, strict=True) if turn is hall}
            list(people.map(hall.paraf, hall.menunggu("kasi", own).values()))
        for hall in halls:
            own = {id for turn, id in zip(turns, ids, strict=True) if turn is hall}
            tasks = list(hall.menunggu("lurah", own).values())
            tokens = people.map(hall.konfirmasi, tasks)
            work += [(hall, task, token) for task, token in zip(tasks, tokens, strict=True)]
    return work


def _approve(gate: Barrier, hall: Balai, task: str, confirmation: str) -> dict[str, Any]:
    gate.wait(120)
    try:
        return hall.setuju(task, confirmation)
    except Unexpected as error:  # a confirmation is good for five minutes, and a busy machine may need more
        if "konfirmasi-wajib" not in str(error):
            raise
        return hall.setuju(task, hall.konfirmasi(task))


def _letters(app: App) -> dict[str, Any]:
    """Letter id → letter."""
    cases = [doc.body["state"] for doc in everything(app.documents, PERKARA.name)]
    return {id: letter for state in cases if state for id, letter in state["surat"].items()}


def _count(app: App, collection: str, where: dict[str, Any] | None = None) -> int:
    return app.documents.count(collection, where or {})


def _numbers(app: App) -> list[tuple[str, dict[str, Any]]]:
    """(office, number)."""
    return [(doc.scope, doc.body) for doc in everything(app.documents, nomor.COLLECTION.name)]


def test_every_register_counts_from_one_without_a_gap(store: App) -> None:
    registers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for office, number in _numbers(store):
        registers[office, number["tahun"]].append(number["urut"])

    # An office may be done before midnight, or begin after it; the two years and every office occur.
    assert {office for office, _ in registers} == set(OFFICES)
    assert {year for _, year in registers} == {2026, 2027}
    assert {key: sorted(given) for key, given in registers.items()} == {
        key: list(range(1, len(given) + 1)) for key, given in registers.items()
    }


def test_every_letter_has_exactly_one_number(store: App) -> None:
    letters, numbers = _letters(store), _numbers(store)

    assert len(letters) == len(numbers) == CASES
    assert sorted(number["surat"] for _, number in numbers) == sorted(letters)
    assert {id: [n["urut"] for n in letter["nomor"]] for id, letter in letters.items()} == {
        number["surat"]: [number["urut"]] for _, number in numbers
    }


def test_the_day_on_a_letter_lies_in_the_year_of_its_number(store: App) -> None:
    letters = _letters(store)

    assert {date.fromisoformat(letter["tanggal"]).year for letter in letters.values()} == {2026, 2027}
    for _, number in _numbers(store):
        letter = letters[number["surat"]]
        day = date.fromisoformat(letter["tanggal"])
        assert (number["tahun"], letter["nomor"][0]["tahun"]) == (day.year, day.year)
        assert letter["tertulis"][0]["nomor"].endswith(f"/{day.year}")


def test_the_printed_letter_carries_its_number(store: App, tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    for letter in list(_letters(store).values())[::40]:
        document = PdfDocument(b"".join(store.objects.open(letter["objek"])))
        text = document[0].get_textpage().get_text_range()
        document.close()
        assert letter["tertulis"][0]["nomor"] in text
