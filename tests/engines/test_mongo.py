"""What only MongoDB does: indexes that are used, a standalone refused, servers that die and come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from chassis.ports.documents import Doc, Documents
from chassis.ports.errors import Refused, Unavailable
from engines.open import open_documents
from engines.production import mongo
from engines.production.mongo_query import matching, select
from support.docs import ARSIP, doc, ids, put
from support.engines import COLLECTIONS
from support.servers import Servers, cluster, kill_primary
from support.tree import ROOT
from support.waiting import until
from tools.engines.mongo import Mongo
from tools.engines.server import Launch, free, read, start, stop
from tools.engines.server import running as lives

pytestmark = pytest.mark.needs_engines
Shell = MongoClient[dict[str, Any]]


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def shell(documents_url: str) -> Iterator[Any]:
    """The database itself, as an operator sees it."""
    with Shell(documents_url) as client:
        yield client[f"{client.get_default_database().name}_uji"]


def used(collection: Any) -> Counter[str]:
    """How often each index of a collection was used."""
    return Counter(
        {each["name"]: each["accesses"]["ops"] for each in collection.aggregate([{"$indexStats": {}}])}
    )


def plan(cursor: Any) -> Any:
    return cursor.explain()["queryPlanner"]["winningPlan"]


def indexes(plan: Any) -> set[str]:
    """Names of the indexes a plan uses; `SORT` and `COLLSCAN` if it sorts in memory or reads everything."""
    found: set[str] = set()
    if isinstance(plan, dict):
        if plan.get("stage") in ("SORT", "COLLSCAN"):
            found.add(plan["stage"])
        found |= {plan["indexName"]} if "indexName" in plan else set()
        plan = list(plan.values())
    if isinstance(plan, list):
        found |= {name for each in plan for name in indexes(each)}
    return found


@pytest.mark.parametrize(
    ("where", "order", "after", "index"),
    [
        ({"keadaan": "baru"}, ("diubah", "id"), (), "keadaan_diubah"),
        ({"keadaan": "baru", "diubah": {"gt": "2026"}}, ("diubah", "id"), (), "keadaan_diubah"),
        ({"keadaan": "baru"}, ("diubah", "id"), ("2026", "x"), "keadaan_diubah"),
        ({"keadaan": {"exists": True}}, ("keadaan", "diubah", "id"), (), "keadaan_diubah"),
        ({"scope": "s"}, ("id",), (), "keys"),
        ({"scope": "s"}, ("id",), ("x",), "keys"),
        ({}, ("scope", "id"), ("s", "x"), "keys"),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_find_uses_the_index_and_sorts_nothing(
    documents: Documents, shell: Any, where: Any, order: Any, after: Any, index: str, descending: bool
) -> None:
    filter, sort = select(where, order, descending, after)

    assert indexes(plan(shell.permohonan.find(filter, sort=sort, limit=10))) == {index}


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ({"scope": "s", "nomor": "1"}, "nomor"),
        ({"scope": "s", "nomor": {"in": ["1", "2"]}}, "nomor"),
        ({"scope": "s", "buku.kode": "x", "buku.urut": 1}, "buku_kode_buku_urut"),
    ],
)
def test_a_unique_value_is_found_by_its_index(
    documents: Documents, shell: Any, where: Any, index: str
) -> None:
    for number in range(30):
        put(documents, doc(str(number), scope="s", nomor=str(number), buku={"kode": "x", "urut": number}))

    assert indexes(plan(shell.permohonan.find(matching(where)))) == {index}


def test_the_outbox_is_found_by_its_index(documents: Documents, shell: Any) -> None:
    for number in range(50):
        documents.insert("hitungan", doc(f"{number:02}"), [{"n": number}] if number % 10 == 0 else [])
    before = {name: used(shell[name]) for name in ("permohonan", "hitungan")}
    shell.command("profile", 2)
    documents.waiting()
    documents.unsent(ARSIP, 10)
    shell.command("profile", 0)
    asked = list(shell["system.profile"].find({"command.aggregate": {"$exists": True}}))

    # All collections are asked at once: the profile tells the plan of whichever comes first, the counts those of all.
    assert len(asked) == 2
    assert max(each["docsExamined"] for each in asked) <= 10  # of 50
    assert {each["planSummary"] for each in asked} == {"IXSCAN { _id.s: 1, unsent: 1 }"}
    for name, uses in before.items():
        assert used(shell[name]) - uses == Counter(outbox=2)


def test_a_collection_has_the_indexes_declared_and_those_of_the_port(
    documents: Documents, shell: Any
) -> None:
    wanted = {"_id_", "keys", "outbox", "nomor", "buku_kode_buku_urut", "keadaan_diubah"}

    assert set(shell.permohonan.index_information()) == wanted


def test_a_clock_that_goes_back_changes_no_order(
    documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}, {"n": 2}])
    stamped = mongo._entries
    monkeypatch.setattr(mongo, "_entries", lambda outbox: [{**e, "t": "2001-01-01"} for e in stamped(outbox)])
    documents.replace("permohonan", doc(rev=2), 1, [{"n": 3}])

    assert [each.entry["n"] for each in documents.unsent(ARSIP, 10)] == [1, 2, 3]


def test_what_does_not_fit_is_refused_and_what_was_stored_stays(documents: Documents) -> None:
    put(documents, doc(n=1))
    with pytest.raises(Refused):
        documents.replace("permohonan", doc(rev=2, isi="x" * (17 << 20)), 1)
    with pytest.raises(Refused):
        put(documents, doc("dua", n=1 << 64))
    with pytest.raises(Refused):
        put(documents, doc("tiga", isi={"$ref": "a", "$id": 1}))

    assert documents.find("permohonan", {}) == [doc(n=1)]


def test_a_watch_sleeps_through_clearing(documents: Documents) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}])
    watch = documents.watch()
    documents.clear(documents.unsent(ARSIP, 1))

    assert not watch.wait(0.5)
    put(documents, doc("dua"))
    assert watch.wait(30)
    assert not watch.wait(0.1)
    watch.close()
    assert not watch.wait(600)


def test_a_watch_sleeps_through_what_nobody_waits_for(documents: Documents) -> None:
    watch, entries = documents.watch(), documents.watch(outbox=True)
    documents.insert("permohonan", doc(), quiet=True)
    documents.replace("permohonan", doc(rev=2), 1, quiet=True)
    assert not watch.wait(0.5)

    documents.replace("permohonan", doc(rev=3), 2)
    assert watch.wait(30)
    assert not entries.wait(0.5)

    documents.replace("permohonan", doc(rev=4), 3, [{"n": 1}])
    assert entries.wait(30)
    put(documents, doc("dua"))
    assert not entries.wait(0.5)
    documents.insert("permohonan", doc("tiga"), [{"n": 1}])
    assert entries.wait(30)
    watch.close()
    entries.close()


def test_a_fork_gets_its_own_client(documents: Documents) -> None:
    put(documents, doc())
    child = os.fork()
    if not child:
        found = documents.get("permohonan", ARSIP, "satu")
        os._exit(0 if found else 1)

    assert os.waitpid(child, 0)[1] == 0
    documents.ping()


class Standalone(Mongo):
    def prepare(self, home: Path, data: Path, ports: Any) -> Launch:
        launch = super().prepare(home, data, ports)
        command = [part for part in launch.command if part not in ("--replSet", "rs0")]
        return Launch(command=command, environment={})


def test_a_standalone_server_is_refused_with_the_reason(tmp_path: Path) -> None:
    url = start(Standalone(alone=False), tmp_path)["EKEL_DOCUMENTS_URL"]
    documents = open_documents(url, "uji")
    try:
        asks: list[Callable[[], object]] = [documents.ping, lambda: documents.migrate(COLLECTIONS)]
        for ask in asks:
            with pytest.raises(Refused, match="not a replica set"):
                ask()
        for words in (["pengajuan", "migrate"], ["ekel", "up", "--ephemeral", "--no-screen"]):
            ended = command(words, tmp_path / "data", url)
            assert ended.returncode == 1
            said = (ended.stdout + ended.stderr).replace("\n", " ")
            assert "MongoDB is not a replica set" in said
            assert "--replSet" in said
            assert "Traceback" not in said
    finally:
        documents.close()
        stop("mongo", tmp_path)


def command(words: list[str], data: Path, url: str) -> subprocess.CompletedProcess[str]:
    """With documents there and everything else on this machine."""
    environment = {**os.environ, "EKEL_ENV": "test", "EKEL_DATA": str(data), "EKEL_DOCUMENTS_URL": url}
    asked = [sys.executable, "-m", *words]
    return subprocess.run(asked, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_an_absent_server_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mongo.OPTIONS, "serverSelectionTimeoutMS", 200)
    documents = open_documents(f"mongodb://127.0.0.1:{free(1)[0]}/?replicaSet=rs0", "uji")
    asks: list[Callable[[], object]] = [
        documents.ping,
        documents.waiting,
        lambda: documents.get("permohonan", ARSIP, "satu"),
        lambda: put(documents, doc()),
    ]
    for ask in asks:
        with pytest.raises(Unavailable):
            ask()
    assert not documents.watch().wait(0.1)
    documents.close()


def test_three_nodes_lose_their_primary_and_no_acknowledged_write(tmp_path: Path) -> None:
    with cluster(tmp_path, 3) as url, closing(open_documents(url, "uji")) as documents:
        documents.migrate(COLLECTIONS)
        watch = documents.watch()
        acknowledged: list[str] = []
        for number in range(300):
            if number == 100:
                kill_primary(tmp_path)
            if _insert(documents, f"{number:04}"):
                acknowledged.append(f"{number:04}")
        stored = ids(documents.find("hitungan", {"scope": ARSIP}, limit=1000))

        assert set(acknowledged) <= set(stored)
        assert len(acknowledged) > 250
        assert {each.id for each in documents.unsent(ARSIP, 1000)} == set(stored)
        assert watch.wait(30)
        watch.close()


def _insert(documents: Documents, id: str) -> bool:
    try:
        documents.insert("hitungan", Doc(scope=ARSIP, id=id, rev=1, body={}), [{"id": id}])
    except Unavailable:
        return False
    return True


def test_a_server_killed_and_started_again_needs_no_operator(documents: Documents, running: Servers) -> None:
    put(documents, doc())
    watch = documents.watch()
    folder = running.folder / "mongo"
    os.kill(read(folder)["pid"], signal.SIGKILL)
    until(lambda: not lives(folder))
    assert running["mongo"]

    assert documents.get("permohonan", ARSIP, "satu") == doc()
    put(documents, doc("dua"))
    assert watch.wait(30)
    watch.close()
