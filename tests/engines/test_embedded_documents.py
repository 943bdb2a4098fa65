"""What only the embedded documents promise: one file any SQLite shell reads, fair writing, indexes that are used."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from typing import Any

import pytest

from chassis.ports.documents import Doc, Documents
from chassis.ports.errors import Unavailable
from engines.embedded import query
from engines.embedded.database import Database
from engines.embedded.writer import BATCH, Writer, settled
from engines.open import open_documents

Ask = Callable[[], object]


@pytest.fixture
def engine() -> str:
    return "embedded"


@pytest.fixture
def file(documents: Documents, tmp_path: Path) -> Path:
    return tmp_path / "data" / "documents.sqlite"


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    database = Database(tmp_path / "adil.sqlite")
    writer = Writer(database)
    writer.run("", [("CREATE TABLE done (place INTEGER PRIMARY KEY, scope TEXT UNIQUE)", (), None)])
    yield writer
    writer.close()
    database.close()


def put(documents: Documents, id: str, **body: Any) -> None:
    documents.insert("permohonan", Doc(scope="s", id=id, rev=1, body=body), [{"n": 1}])


def done(name: str) -> list[tuple[str, tuple[str], int]]:
    return [("INSERT INTO done (scope) VALUES (?)", (name,), 1)]


def test_a_scope_that_floods_does_not_starve_another(writer: Writer, tmp_path: Path) -> None:
    with (tmp_path / "adil.sqlite.ticket").open("r+") as ticket:
        flock(ticket, LOCK_EX)  # as another process that writes
        flood = [writer.submit("banjir", done(f"b{n}")) for n in range(1000)]
        quiet = writer.submit("tenang", done("tenang"))
        flock(ticket, LOCK_UN)
    assert settled(quiet, 30)
    assert all(settled(job, 30) for job in flood)

    with closing(sqlite3.connect(tmp_path / "adil.sqlite")) as shell:
        (place,) = shell.execute("SELECT place FROM done WHERE scope = 'tenang'").fetchone()
    assert place <= BATCH


def test_a_failing_job_is_undone_alone(writer: Writer, tmp_path: Path) -> None:
    with (tmp_path / "adil.sqlite.ticket").open("r+") as ticket:
        flock(ticket, LOCK_EX)  # so that all three wait for one transaction
        jobs = [
            writer.submit("s", done("a")),
            writer.submit("s", done("b") + done("a")),
            writer.submit("s", done("c")),
        ]
        flock(ticket, LOCK_UN)
    outcomes = [job.exception(30) is None for job in jobs]

    with closing(sqlite3.connect(tmp_path / "adil.sqlite")) as shell:
        stored = [name for (name,) in shell.execute("SELECT scope FROM done ORDER BY place")]
    assert (outcomes, stored) == ([True, False, True], ["a", "c"])


def test_a_job_without_a_turn_is_withdrawn(writer: Writer, tmp_path: Path) -> None:
    with (tmp_path / "adil.sqlite.ticket").open("r+") as ticket:
        flock(ticket, LOCK_EX)
        job = writer.submit("s", done("terlambat"))
        with pytest.raises(Unavailable):
            settled(job, 0.01)
        flock(ticket, LOCK_UN)
    writer.run("s", done("sesudah"))

    with closing(sqlite3.connect(tmp_path / "adil.sqlite")) as shell:
        assert shell.execute("SELECT scope FROM done").fetchall() == [("sesudah",)]


@pytest.mark.parametrize(
    ("where", "order", "index"),
    [
        ({"keadaan": "baru"}, ("diubah", "id"), "permohonan/keadaan_diubah"),
        ({"keadaan": "baru", "diubah": {"gt": "2026"}}, ("diubah", "id"), "permohonan/keadaan_diubah"),
        ({"keadaan": {"exists": True}}, ("keadaan", "diubah", "id"), "permohonan/keadaan_diubah"),
        ({"scope": "s", "nomor": "1"}, ("id",), "permohonan/nomor"),
        ({"scope": "s", "buku.kode": "x", "buku.urut": 1}, ("id",), "permohonan/buku_kode_buku_urut"),
        ({"scope": "s"}, ("id",), "sqlite_autoindex_c.permohonan_1"),
    ],
)
def test_find_uses_the_index(file: Path, where: dict[str, Any], order: tuple[str, ...], index: str) -> None:
    sql, params = query.select("permohonan", where, order, descending=False, limit=10, after=())
    with closing(sqlite3.connect(file)) as shell:
        plan = [row[3] for row in shell.execute(f"EXPLAIN QUERY PLAN {sql}", params)]

    assert any(f"USING INDEX {index} (" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_a_standalone_reader_sees_the_data(documents: Documents, file: Path) -> None:
    put(documents, "satu", keadaan="baru")

    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as shell:
        row = shell.execute("SELECT scope, id, rev, body ->> 'keadaan' FROM \"c.permohonan\"").fetchone()
        assert row == ("s", "satu", 1, "baru")
        assert shell.execute("SELECT entry FROM outbox").fetchall() == [('{"n":1}',)]
        assert shell.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_outbox_keys_are_never_used_again(documents: Documents) -> None:
    put(documents, "satu")
    (first,) = documents.unsent("s", 9)
    documents.clear([first])
    put(documents, "dua")

    (second,) = documents.unsent("s", 9)
    assert int(second.key) > int(first.key)


def test_a_removed_file_is_unavailable_and_not_made_anew(documents: Documents, file: Path) -> None:
    file.rename(file.with_name("dipindah"))

    asks: list[Ask] = [
        lambda: put(documents, "satu"),
        lambda: documents.get("permohonan", "s", "satu"),
        documents.ping,
    ]
    for ask in asks:
        with pytest.raises(Unavailable):
            ask()
    assert not file.exists()


def test_a_full_disk_is_unavailable_and_what_was_stored_stays(documents: Documents, file: Path) -> None:
    put(documents, "satu")
    writer = documents._writer._connection  # type: ignore[attr-defined]
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages}")  # SQLITE_FULL, as from a full disk
    with pytest.raises(Unavailable):
        put(documents, "besar", isi="x" * 100_000)
    writer.execute("PRAGMA max_page_count=1000000")
    put(documents, "dua")

    assert [doc.id for doc in documents.find("permohonan", {})] == ["dua", "satu"]


def test_a_foreign_lock_is_unavailable_in_the_end(documents: Documents, file: Path) -> None:
    put(documents, "satu")
    documents._writer._connection.execute("PRAGMA busy_timeout=50")  # type: ignore[attr-defined]
    with closing(sqlite3.connect(file, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked"):
            put(documents, "dua")
        shell.execute("ROLLBACK")
    put(documents, "dua")


def test_a_closed_store_says_so(documents: Documents) -> None:
    documents.close()

    asks: list[Ask] = [lambda: put(documents, "satu"), documents.ping]
    for ask in asks:
        with pytest.raises(Unavailable, match="closed"):
            ask()


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("in the way")

    with pytest.raises(Unavailable):
        open_documents(f"sqlite:///{tmp_path}/berkas/documents.sqlite", "uji")
