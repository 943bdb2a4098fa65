"""`migrate` on MongoDB: numbered steps, recorded, repeated without harm; a newer store is refused."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from pymongo import MongoClient

from chassis.ports.documents import Documents
from chassis.ports.errors import Refused
from engines.open import open_documents
from engines.production import mongo_migrations
from engines.production.mongo_migrations import RECORD, STEPS
from support.docs import doc, ids, put
from support.engines import COLLECTIONS

pytestmark = pytest.mark.needs_engines
AT_ONCE = 6


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def shell(documents_url: str) -> Iterator[Any]:
    with MongoClient[dict[str, Any]](documents_url) as client:
        yield client[f"{client.get_default_database().name}_uji"]


def form(shell: Any) -> dict[str, Any]:
    """Every collection with its indexes, and the record."""
    names = sorted(name for name in shell.list_collection_names() if name != RECORD)
    return {**{name: shell[name].index_information() for name in names}, RECORD: list(shell[RECORD].find())}


def test_every_step_is_recorded_once_and_a_second_run_changes_nothing(
    documents: Documents, shell: Any
) -> None:
    before = form(shell)
    documents.migrate(COLLECTIONS)

    assert form(shell) == before
    assert [each["_id"] for each in before[RECORD]] == list(range(1, len(STEPS) + 1))


def test_processes_that_start_together_leave_the_same_store(documents_url: str, shell: Any) -> None:
    gate = Barrier(AT_ONCE)

    def begin(_: int) -> None:
        documents = open_documents(documents_url, "uji")
        documents.ping()
        gate.wait(30)
        documents.migrate(COLLECTIONS)
        documents.close()

    with ThreadPoolExecutor(AT_ONCE) as processes:
        list(processes.map(begin, range(AT_ONCE)))
    together = form(shell)
    begin_alone = open_documents(documents_url, "uji")
    begin_alone.migrate(COLLECTIONS)
    begin_alone.close()

    assert form(shell) == together
    assert [each["_id"] for each in together[RECORD]] == list(range(1, len(STEPS) + 1))


def test_a_new_release_carries_out_only_the_steps_that_are_missing(
    documents: Documents, shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    put(documents, doc())

    def second(database: Any, collections: Any) -> None:
        done.append(database.name)
        database["permohonan"].drop_index("keadaan_diubah")  # declared, so it is built again

    monkeypatch.setattr(mongo_migrations, "STEPS", (*STEPS, second))
    documents.migrate(COLLECTIONS)
    documents.migrate(COLLECTIONS)

    assert done == [shell.name]
    assert [each["_id"] for each in shell[RECORD].find()] == list(range(1, len(STEPS) + 2))
    assert "keadaan_diubah" in shell.permohonan.index_information()
    assert ids(documents.find("permohonan", {})) == ["satu"]


def test_a_step_that_dies_is_carried_out_again(
    documents: Documents, shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(database: Any, collections: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(mongo_migrations, "STEPS", (*STEPS, dies))
    with pytest.raises(KeyboardInterrupt):
        documents.migrate(COLLECTIONS)

    assert [each["_id"] for each in shell[RECORD].find()] == list(range(1, len(STEPS) + 1))


def test_a_store_of_a_newer_release_is_refused_and_not_touched(documents: Documents, shell: Any) -> None:
    newer = len(STEPS) + 1
    shell[RECORD].insert_one({"_id": newer})
    shell.permohonan.drop_index("keadaan_diubah")
    before = form(shell)

    with pytest.raises(Refused, match=f"_uji has migration {newer}, this release knows {len(STEPS)}"):
        documents.migrate(COLLECTIONS)
    assert form(shell) == before


def test_a_store_from_before_the_record_is_taken_over(documents: Documents, shell: Any) -> None:
    put(documents, doc())
    shell.drop_collection(RECORD)
    documents.migrate(COLLECTIONS)

    assert [each["_id"] for each in shell[RECORD].find()] == list(range(1, len(STEPS) + 1))
    assert ids(documents.find("permohonan", {})) == ["satu"]


def test_the_record_is_no_collection_of_the_port(documents: Documents) -> None:
    with pytest.raises(Refused, match="unknown collection"):
        documents.find(RECORD, {})
    assert documents.waiting() == {}
