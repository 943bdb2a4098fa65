"""Numbers have no gap and no twin, however many writers there are and whatever is repeated (R5)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.ids import new_id
from chassis.ports.documents import Documents
from dokumen.adapters import buku
from dokumen.adapters.buku import BukuDokumen
from dokumen.adapters.nomor import COLLECTION, NomorDokumen
from dokumen.domain.nomor import BATAL, DIPESAN, SURAT, Pengaturan, Register, lubang, tulis
from engines.open import open_documents
from support.neighbours import OFFICE
from support.ruang_surat import KECAMATAN, Ruang
from support.waiting import until

OFFICES = (OFFICE, "3276011007", "3276011008")
PROPERTY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[Documents]:
    store = open_documents(f"sqlite:///{tmp_path}/nomor.sqlite")
    store.migrate([COLLECTION, buku.COLLECTION])
    yield store
    store.close()


def register(kantor: str = OFFICE, tahun: int = 2026, awal: int = 1) -> Register:
    return Register(kantor=kantor, seri="umum", tahun=tahun, awal=awal)


def test_threads_over_three_offices_leave_no_gap_and_a_redo_finds_its_number(documents: Documents) -> None:
    books = NomorDokumen(documents)
    letters = [(OFFICES[n % 3], new_id()) for n in range(120)]
    # Every letter asks twice, as after a crash.
    with ThreadPoolExecutor(12) as pool:
        given = list(pool.map(lambda x: books.ambil(register(x[0]), x[1], {}), letters * 2))

    assert given[:120] == given[120:]
    for office in OFFICES:
        mine = [n for (kantor, _), n in zip(letters, given, strict=False) if kantor == office]
        assert sorted(mine) == list(range(1, 41))


@PROPERTY
@given(
    asked=st.lists(st.tuples(st.sampled_from([2026, 2027, 2028]), st.integers(0, 6)), max_size=25),
    awal=st.integers(1, 300),
)
def test_a_year_begins_with_one_and_the_first_where_the_agenda_ended(
    documents: Documents, asked: list[tuple[int, int]], awal: int
) -> None:
    kantor, numbers, books = new_id(), NomorDokumen(documents), BukuDokumen(documents)
    first = min((tahun for tahun, _ in asked), default=2026)
    seen: dict[tuple[int, int], int] = {}
    for tahun, letter in sorted(asked):
        book = books.buka(kantor, tahun, Pengaturan(awal=awal))
        number = numbers.ambil(book.register("400.12.2.1"), f"surat-{letter}", {})
        assert seen.setdefault((tahun, letter), number) == number
    for tahun in (2026, 2027, 2028):
        mine = sorted(n for (year, _), n in seen.items() if year == tahun)
        start = awal if tahun == first else 1
        assert mine == list(range(start, start + len(mine)))


Act = tuple[str, int]  # letter or block, and how many times or how long


@PROPERTY
@given(
    acts=st.lists(st.tuples(st.sampled_from(["surat", "blok", "ulang"]), st.integers(1, 4)), max_size=14),
    threads=st.integers(1, 6),
)
def test_letters_blocks_and_repeats_at_once_fill_a_register_without_hole_or_twin(
    documents: Documents, acts: list[Act], threads: int
) -> None:
    kantor, numbers = new_id(), NomorDokumen(documents)
    book = register(kantor)

    def act(one: tuple[int, Act]) -> list[tuple[str, int]]:
        n, (kind, size) = one
        owners = [f"{kind}-{n}"] if kind != "blok" else [f"pesan-{n}.{k}" for k in range(size)]
        status = DIPESAN if kind == "blok" else SURAT
        times = size if kind == "ulang" else 1
        return [(o, numbers.ambil(book, o, {}, status)) for _ in range(times) for o in owners]

    with ThreadPoolExecutor(threads) as pool:
        taken = [pair for pairs in pool.map(act, enumerate(acts)) for pair in pairs]

    by_owner = dict(taken)
    assert all(by_owner[owner] == number for owner, number in taken)
    assert sorted(by_owner.values()) == list(range(1, len(by_owner) + 1))
    for owner, number in by_owner.items():  # a void number stays where it is
        line = numbers.baris(kantor, book.nama, number)
        assert line is not None
        assert line.body["surat"] == owner
        numbers.batalkan(kantor, owner, "uji_coba", "admin.depok", "2026-01-15T03:00:00.000Z")
    lines = documents.find(COLLECTION.name, {"scope": kantor}, limit=200)
    assert {(d.body["status"], d.body["alasan"]) for d in lines} <= {(BATAL, "uji_coba")}
    assert numbers.ambil(book, "sesudahnya", {}) == len(by_owner) + 1


def test_the_setting_of_a_year_stays_and_the_next_year_takes_the_new_one(documents: Documents) -> None:
    books = BukuDokumen(documents)
    one = Pengaturan(seri_nomor="per_kantor", awal=41)
    many = Pengaturan(seri_nomor="per_klasifikasi", awal_seri={"400.12.2.1": 9})

    assert books.buka(OFFICE, 2026, one).register("400.12.2.1") == register(awal=41)
    assert books.buka(OFFICE, 2026, many).register("400.12.2.1").seri == "umum"
    later = books.buka(OFFICE, 2027, many).register("400.12.2.1")
    assert (later.seri, later.awal) == ("400.12.2.1", 1)
    first = books.buka("3276011007", 2026, many)
    assert [first.register(k).awal for k in ("400.12.2.1", "300")] == [9, 1]


def test_numbers_of_the_first_release_continue_in_the_book_they_imply(documents: Documents) -> None:
    old = Register(kantor=OFFICE, seri="umum", tahun=2026, awal=17)
    numbers, books = NomorDokumen(documents), BukuDokumen(documents)
    numbers.ambil(old, "lama", {})
    book = books.buka(OFFICE, 2026, Pengaturan(seri_nomor="per_klasifikasi"))

    assert (book.pengaturan.seri_nomor, book.pertama, book.register("300").awal) == ("per_kantor", True, 17)
    assert numbers.ambil(book.register("300"), "baru", {}) == 18
    assert books.buka(OFFICE, 2027, Pengaturan(awal=17)).register("300").awal == 1


def test_numbers_are_written_as_in_the_office() -> None:
    assert tulis("400.9.14.1", 17, "05.1006", date(2026, 8, 5)) == "400.9.14.1/0017/05.1006/VIII/2026"
    assert tulis("400.9.14.1", 12345, "05", date(2026, 12, 1)) == "400.9.14.1/12345/05/XII/2026"
    assert lubang([1, 2, 5], 1) == [3, 4]


@pytest.mark.slow
def test_sixty_approvals_over_three_offices_give_gapless_numbers(ruang: Ruang) -> None:
    ruang.near.events.ensure(ruang.near.contracts.topics(list(OFFICES)))
    ruang.acuan(*zip(OFFICES, ("Depok", "Depok Jaya", "Pancoran Mas"), strict=True))
    cases = [(OFFICES[n % 3], new_id(), ("SKDOM", "SKTM")[n % 2]) for n in range(60)]
    for kantor, id, layanan in cases:
        ruang.diajukan(id, layanan, scope=kantor)
        ruang.pribadi(id, layanan, scope=kantor)
        ruang.disetujui(id, layanan, scope=kantor)
    until(lambda: ruang.app.documents.count("penunjuk", {"scope": "surat"}) == 60, seconds=200)
    ruang.quiet()

    for kantor, amount in ((OFFICE, 20), ("3276011007", 20), ("3276011008", 20), (KECAMATAN, 30)):
        book = ruang.app.documents.find("nomor", {"scope": kantor}, limit=300)
        assert sorted(d.body["urut"] for d in book) == list(range(1, amount + 1))
    issued = [ruang.perkara(id, kantor)["surat"] for kantor, id, _ in cases]
    assert all(len(s) == 1 and next(iter(s.values()))["status"] == "berlaku" for s in issued)
