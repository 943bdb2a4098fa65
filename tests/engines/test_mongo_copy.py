"""A copy of documents is one moment of all services, and comes back as it was: revisions and unsent entries too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from chassis.ids import new_id
from chassis.ports.documents import Doc, Documents
from engines.open import open_documents
from support.engines import COLLECTIONS

pytest.importorskip("pymongo", reason="pymongo is missing; this brings it: scripts/setup production")
from engines.production.mongo_copy import MongoCopy

pytestmark = pytest.mark.needs_engines
SERVICES = ("uji", "lain")


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def stores(documents_url: str) -> Iterator[dict[str, Documents]]:
    with ExitStack() as stack:
        found = {}
        for service in SERVICES:
            found[service] = stack.enter_context(closing(open_documents(documents_url, service)))
            found[service].migrate(COLLECTIONS)
        yield found


def test_what_is_written_after_the_moment_is_in_no_service_of_the_copy(
    stores: dict[str, Documents], documents_url: str
) -> None:
    for store in stores.values():
        store.insert("hitungan", _doc("a", 1), [{"n": 1}])
    with closing(MongoCopy(documents_url, SERVICES)) as copy:
        copy.begin()
        for store in stores.values():
            assert store.replace("hitungan", _doc("a", 2), 1, [{"n": 2}])
            store.insert("hitungan", _doc("b", 1))
            store.clear(store.unsent("satu", 1))
        lines = {service: list(copy.read(service)) for service in SERVICES}

    target = documents_url.replace("/uji-", f"/uji-{new_id()[-6:]}-")
    with closing(MongoCopy(target, SERVICES)) as back:
        assert back.full() == []
        for service in SERVICES:
            back.write(service, lines[service])
        assert back.full() == list(SERVICES)
    for service in SERVICES:
        with closing(open_documents(target, service)) as store:
            store.migrate(COLLECTIONS)
            assert store.get("hitungan", "satu", "a") == _doc("a", 1)
            assert store.get("hitungan", "satu", "b") is None
            assert [unsent.entry for unsent in store.unsent("satu", 9)] == [{"n": 1}]
            assert store.replace("hitungan", _doc("a", 2), 1)


def test_a_number_that_looks_like_another_kind_stays_what_it_was(
    stores: dict[str, Documents], documents_url: str
) -> None:
    body = {
        "besar": 2**53 + 1,
        "kecil": 1,
        "pecah": 1.0,
        "teks": "2026-11-23T00:00:00Z",
        "daftar": [None, True],
    }
    stores["uji"].insert("hitungan", Doc(scope="satu", id="a", rev=7, body=body))
    with closing(MongoCopy(documents_url, SERVICES)) as copy:
        lines = list(copy.read("uji"))

    target = documents_url.replace("/uji-", f"/uji-{new_id()[-6:]}-")
    with closing(MongoCopy(target, SERVICES)) as back, closing(open_documents(target, "uji")) as store:
        back.write("uji", lines)
        found, first = (each.get("hitungan", "satu", "a") for each in (store, stores["uji"]))
        assert found == first == Doc(scope="satu", id="a", rev=7, body=body)
        assert list(map(type, found.body.values())) == list(map(type, first.body.values()))


def _doc(id: str, rev: int) -> Doc:
    return Doc(scope="satu", id=id, rev=rev, body={"n": rev})
