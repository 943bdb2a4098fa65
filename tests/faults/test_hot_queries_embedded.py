"""Every query of a working system on embedded engines finds its documents by an index, however many others there are.

What a demo and the reading of every list ask is noted in the processes themselves; then every document is copied many
times with other values, and each query may take hardly more steps of SQLite's machine than it took before.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engines.embedded import query
from support.daftar import read_lists
from support.system import System
from support.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ROWS, TICK = 4000, 10  # documents of a collection afterwards; steps of SQLite's machine between two counts
PER_ROW, SLACK = (
    400,
    2000,
)  # steps that one row of an answer may cost, sorting included; that anything may cost
FIELD = re.compile(r"json_extract\(body, '\$\.([^']+)'\)")
# The whole of something small, or asked once in a release.
WHOLE = {
    "kantor": "an installation has some hundred offices",
    "layanan": "sixteen services",
    "pejabat": "officials, not residents",
    "rujukan": "mirrors of offices, services and accounts of officials",
    "delegasi": "deputies of today",
    "buku": "a document per office and year",
    "detak": "a beat per office",
    "tetangga": "processes of the gateway",
}
Query = dict[str, Any]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Query]:
    """One of each kind of query that a demo and every list asked; the system is stopped."""
    folder = tmp_path_factory.mktemp("kueri")
    notes = folder / "kueri.jsonl"
    noting = {"PYTHONPATH": str(ROOT / "tests/support/kueri"), "EKEL_TEST_KUERI": str(notes)}
    with System(folder / "data", noting) as system:
        done = system.demo()
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        read_lists(system)
    kinds = {}
    for line in notes.read_text().splitlines():
        one = json.loads(line)
        kinds[name(one)] = one
    return list(kinds.values())


def name(one: Query) -> str:
    tests = {key: sorted(test) if isinstance(test, dict) else "=" for key, test in one["where"].items()}
    service = Path(one["database"]).parent.name
    return f"{service}/{one['collection']} {tests} by {one['order']}{' after' if one.get('after') else ''}"


def steps(file: str, one: Query) -> tuple[int, int]:
    """Steps of SQLite's machine for this query, and the rows that it gave."""
    if one.get("count"):
        condition, params = query.matching(one["where"])
        sql = f"SELECT count(*) FROM {query.table(one['collection'])} WHERE {condition}"
    else:
        options = one.get("descending", False), one.get("limit", 100), one.get("after") or ()
        sql, params = query.select(one["collection"], one["where"], one["order"], *options)
    counted = 0

    def tick() -> int:
        nonlocal counted
        counted += TICK
        return 0

    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as shell:
        shell.set_progress_handler(tick, TICK)
        rows = shell.execute(sql, params).fetchall()
    return counted, int(rows[0][0]) if one.get("count") else len(rows)


def multiply(file: str) -> None:
    """Every collection to some thousand documents: copies in the same scopes, other values in every indexed field."""
    with closing(sqlite3.connect(file)) as shell:
        shell.create_function("lain", 2, other, deterministic=True)
        tables = [row[0] for row in shell.execute("SELECT name FROM sqlite_master WHERE name LIKE 'c.%'")]
        for table in tables:
            indexes = shell.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
                [table],
            )
            fields = {path for (sql,) in indexes for path in FIELD.findall(sql)}
            body = "body"
            for path in sorted(fields):
                value = f"json_extract(body, '$.{path}')"
                # Where there is nothing, nothing is put: an index over what few have stays one.
                body = f"CASE WHEN {value} IS NULL THEN {body} ELSE json_set({body}, '$.{path}', lain({value}, n)) END"
            (known,) = shell.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            copies = ROWS // known if known else 0
            shell.execute(
                f"WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?) "
                f'INSERT INTO "{table}" SELECT scope, id || \'~\' || n, rev, {body} FROM "{table}", more WHERE ? > 0',
                [max(1, copies), copies],
            )
        shell.commit()


def other(value: Any, number: int) -> Any:
    """Unlike every value that is asked for; texts sort beside the old one, so that a range still means something."""
    return f"{value}~{number}" if isinstance(value, str) else value + 1000 * (number + 1)


def test_every_query_takes_hardly_more_steps_among_thousands_of_other_documents(asked: list[Query]) -> None:
    assert len(asked) > 40
    before = {name(one): steps(one["database"], one)[0] for one in asked}
    for file in {one["database"] for one in asked}:
        multiply(file)

    slow = {}
    for one in asked:
        after, rows = steps(one["database"], one)
        if after > before[name(one)] + PER_ROW * rows + SLACK and one["collection"] not in WHOLE:
            slow[name(one)] = (before[name(one)], after, rows)

    assert "\n".join(f"{kind}: {n}" for kind, n in slow.items()) == ""
