"""The promises of the document port about writing; `documents` is whichever engine runs."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime
from subprocess import Popen
from threading import Thread
from typing import Any

import pytest

from chassis.ports.documents import Documents
from chassis.ports.errors import Duplicate, Unavailable
from support.docs import ARSIP, LAIN, doc, entries, ids, put
from support.engines import COLLECTIONS

Start = Callable[..., Popen[str]]


def test_an_inserted_document_is_read_back_as_it_was(documents: Documents) -> None:
    stored = doc(nama="Ningrum Ñandú 🙂", isi={"a": [1, 2.5, None, True, {"b": ""}]})
    put(documents, stored)

    assert documents.get("permohonan", ARSIP, "satu") == stored
    assert documents.get("permohonan", LAIN, "satu") is None


def test_an_id_is_taken_once_per_scope(documents: Documents) -> None:
    put(documents, doc(), doc(scope=LAIN))

    with pytest.raises(Duplicate):
        put(documents, doc())


def test_a_replacement_counts_the_revision(documents: Documents) -> None:
    put(documents, doc(n=1))

    assert documents.replace("permohonan", doc(rev=2, n=2), expected=1)
    assert documents.get("permohonan", ARSIP, "satu") == doc(rev=2, n=2)


def test_a_stale_replacement_changes_nothing(documents: Documents) -> None:
    put(documents, doc(n=1))

    assert not documents.replace("permohonan", doc(rev=9, n=2), expected=8, outbox=[{"n": 1}])
    assert not documents.replace("permohonan", doc(id="tiada", rev=2), expected=1, outbox=[{"n": 2}])
    assert documents.get("permohonan", ARSIP, "satu") == doc(n=1)
    assert documents.waiting() == {}


def test_a_deletion_needs_the_revision(documents: Documents) -> None:
    put(documents, doc())

    assert not documents.delete("permohonan", ARSIP, "satu", expected=2)
    assert documents.delete("permohonan", ARSIP, "satu", expected=1)
    assert not documents.delete("permohonan", ARSIP, "satu", expected=1)
    assert documents.get("permohonan", ARSIP, "satu") is None


def test_a_document_with_unsent_entries_is_not_deleted(documents: Documents) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}])

    assert not documents.delete("permohonan", ARSIP, "satu", expected=2)
    with pytest.raises(Unavailable, match="unsent"):
        documents.delete("permohonan", ARSIP, "satu", expected=1)
    assert entries(documents) == [1]
    documents.clear(documents.unsent(ARSIP, 10))
    assert documents.delete("permohonan", ARSIP, "satu", expected=1)


@pytest.mark.parametrize(
    "key", ["a.b", "pengajuan/peristiwa/pemohon.dibagikan", "$set", "$id", "", "0", " ", "é"]
)
def test_any_key_may_stand_in_a_body_and_in_an_entry(documents: Documents, key: str) -> None:
    body: dict[str, Any] = {key: 1, "dalam": {key: {key: [{key: None}]}}}
    documents.insert("permohonan", doc(isi=0), [body])
    assert documents.replace("permohonan", doc(rev=2, **body), 1, [body])

    assert documents.get("permohonan", ARSIP, "satu") == doc(rev=2, **body)
    assert [each.entry for each in documents.unsent(ARSIP, 10)] == [body, body]


def test_a_cleared_head_leaves_the_time_of_the_next(documents: Documents) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}])
    first = documents.waiting()[ARSIP]
    documents.replace("permohonan", doc(rev=2), 1, [{"n": 2}])
    documents.clear(documents.unsent(ARSIP, 1))

    assert entries(documents) == [2]
    assert documents.waiting()[ARSIP] >= first
    documents.replace("permohonan", doc(rev=3), 2, [{"n": 3}])
    assert entries(documents) == [2, 3]


def test_a_refused_write_leaves_neither_document_nor_outbox(documents: Documents) -> None:
    put(documents, doc(nomor="1"))

    with pytest.raises(Duplicate) as refused:
        documents.insert("permohonan", doc(id="dua", nomor="1"), [{"n": 1}])

    assert refused.value.index == "nomor"
    assert documents.get("permohonan", ARSIP, "dua") is None
    assert documents.waiting() == {}


def test_a_unique_value_is_unique_in_its_scope_only(documents: Documents) -> None:
    put(documents, doc(nomor="1"), doc(scope=LAIN, nomor="1"))

    assert documents.count("permohonan", {"nomor": "1"}) == 2


def test_a_replacement_respects_unique_values(documents: Documents) -> None:
    put(documents, doc(nomor="1"), doc(id="dua", nomor="2"))

    with pytest.raises(Duplicate):
        documents.replace("permohonan", doc(id="dua", rev=2, nomor="1"), expected=1, outbox=[{"n": 1}])
    assert documents.get("permohonan", ARSIP, "dua") == doc(id="dua", nomor="2")
    assert documents.waiting() == {}


def test_a_deleted_document_frees_its_unique_values(documents: Documents) -> None:
    put(documents, doc(nomor="1"))
    documents.delete("permohonan", ARSIP, "satu", expected=1)

    put(documents, doc(id="dua", nomor="1"))


def test_a_unique_index_over_two_fields_needs_both_to_be_equal(documents: Documents) -> None:
    put(documents, doc("a", buku={"kode": "x", "urut": 1}), doc("b", buku={"kode": "x", "urut": 2}))

    with pytest.raises(Duplicate) as refused:
        put(documents, doc("c", buku={"kode": "x", "urut": 1}))
    assert refused.value.index == "buku_kode_buku_urut"


def test_a_unique_index_ignores_documents_that_lack_a_field(documents: Documents) -> None:
    put(documents, doc("a", buku={"kode": "x"}), doc("b", buku={"kode": "x"}), doc("c"), doc("d"))

    assert documents.count("permohonan", {"buku.kode": "x"}) == 2


def test_outbox_entries_come_back_in_append_order_across_writes(documents: Documents) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}, {"n": 2}])
    documents.insert("permohonan", doc("dua"), [{"n": 3}])
    documents.replace("permohonan", doc(rev=2), 1, [{"n": 4}, {"n": 5}])

    assert [unsent.entry["n"] for unsent in documents.unsent(ARSIP, 10) if unsent.id == "satu"] == [
        1,
        2,
        4,
        5,
    ]
    assert len(documents.unsent(ARSIP, 3)) == 3
    assert documents.unsent(LAIN, 10) == []


def test_an_unsent_entry_names_its_document(documents: Documents) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}])
    (unsent,) = documents.unsent(ARSIP, 10)

    assert (unsent.collection, unsent.scope, unsent.id) == ("permohonan", ARSIP, "satu")


def test_clearing_removes_just_those_entries_and_touches_no_document(documents: Documents) -> None:
    documents.insert("permohonan", doc(x=1), [{"n": number} for number in range(700)])
    head = documents.unsent(ARSIP, 650)
    documents.clear(head)
    documents.clear(head)
    documents.clear([])

    assert entries(documents) == list(range(650, 700))
    assert documents.get("permohonan", ARSIP, "satu") == doc(x=1)


def test_waiting_names_scopes_with_unsent_entries_and_the_time_of_the_oldest(documents: Documents) -> None:
    documents.insert("permohonan", doc(), [{"n": 1}])
    first = documents.waiting()[ARSIP]
    documents.insert("permohonan", doc("dua"), [{"n": 2}])
    documents.insert("permohonan", doc(scope=LAIN), [{"n": 3}])

    assert set(documents.waiting()) == {ARSIP, LAIN}
    assert documents.waiting()[ARSIP] == first
    assert datetime.fromisoformat(first).tzinfo is not None
    documents.clear(documents.unsent(ARSIP, 10))
    assert set(documents.waiting()) == {LAIN}


def test_eight_threads_count_exactly(documents: Documents) -> None:
    documents.insert("hitungan", doc("jumlah", n=0))

    def add() -> None:
        for _ in range(20):
            done = False
            while not done:
                seen = documents.get("hitungan", ARSIP, "jumlah")
                assert seen is not None
                more = doc("jumlah", rev=seen.rev + 1, n=seen.body["n"] + 1)
                done = documents.replace("hitungan", more, seen.rev, [{"n": more.body["n"]}])

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert documents.get("hitungan", ARSIP, "jumlah") == doc("jumlah", rev=161, n=160)
    assert entries(documents) == list(range(1, 161))


def test_three_processes_count_exactly(documents: Documents, documents_url: str, start: Start) -> None:
    documents.insert("hitungan", doc("jumlah", scope="satu", n=0))
    actors = [start("increment", documents_url, 60) for _ in range(3)]

    assert [actor.wait(60) for actor in actors] == [0, 0, 0]
    assert documents.get("hitungan", "satu", "jumlah") == doc("jumlah", scope="satu", rev=181, n=180)
    assert entries(documents, "satu") == list(range(1, 181))


def test_every_acknowledged_write_survives_sigkill(
    documents: Documents, documents_url: str, start: Start
) -> None:
    for turn in range(6):
        scope = f"putaran-{turn}"
        actor = start("insert", documents_url, scope)
        assert actor.stdout is not None
        for _ in range(20 + 7 * turn):
            actor.stdout.readline()
        actor.send_signal(signal.SIGKILL)
        said = 20 + 7 * turn + len([line for line in actor.stdout if line.endswith("\n")])

        stored = documents.find("hitungan", {"scope": scope}, limit=100_000)
        assert ids(stored) == [f"{n:06}" for n in range(len(stored))]
        assert len(stored) >= said
        unsent = documents.unsent(scope, 100_000)
        assert [each.entry["n"] for each in unsent] == list(range(len(stored)))


def test_several_processes_may_migrate_at_once(documents_url: str, start: Start) -> None:
    actors = [start("migrate", documents_url) for _ in range(4)]

    assert [actor.communicate(timeout=60)[0].strip() for actor in actors] == ["0"] * 4


def test_migration_adds_and_keeps(documents: Documents) -> None:
    put(documents, doc(nomor="1"))
    documents.migrate(COLLECTIONS)

    assert documents.count("permohonan", {}) == 1


def test_a_watch_wakes_when_another_process_writes(
    documents: Documents, documents_url: str, start: Start
) -> None:
    watch = documents.watch()
    start("insert", documents_url, "jauh")

    assert watch.wait(30)
    watch.close()


def test_a_watch_wakes_when_its_own_process_writes(documents: Documents) -> None:
    watch = documents.watch()
    put(documents, doc())

    assert watch.wait(30)
    watch.close()


def test_a_living_engine_answers(documents: Documents) -> None:
    documents.ping()
