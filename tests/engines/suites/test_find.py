"""The promises of the document port about finding; `documents` is whichever engine runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chassis.ports.documents import Doc, Documents
from chassis.ports.errors import Refused
from support.docs import ARSIP, LAIN, doc, ids, put


def test_a_null_counts_as_missing(documents: Documents) -> None:
    put(documents, doc("a", nomor=None), doc("b", nomor=None), doc("c", nomor="1"))

    assert ids(documents.find("permohonan", {"nomor": {"exists": False}})) == ["a", "b"]
    assert ids(documents.find("permohonan", {"nomor": {"exists": True}})) == ["c"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, "abcd"),
        ({"keadaan": "baru"}, "ab"),
        ({"keadaan": None}, "d"),
        ({"keadaan": {"in": ["baru", "tua"]}}, "abc"),
        ({"keadaan": {"in": []}}, ""),
        ({"n": {"gt": 1}}, "bc"),
        ({"n": {"gte": 2, "lt": 3}}, "b"),
        ({"n": {"lte": 2}}, "ab"),
        ({"keadaan": {"gt": "baru"}}, "c"),
        ({"keadaan": {"lt": "c"}}, "ab"),
        ({"n": {"exists": False}}, "d"),
        ({"keadaan": {"exists": True}, "n": 3}, "c"),
        ({"id": {"in": ["a", "d"]}, "scope": ARSIP}, "ad"),
        ({"scope": LAIN}, ""),
        ({"dalam.lagi": 7}, "d"),
        ({"n": {"gt": ""}}, ""),
        ({"keadaan": {"lt": 5}}, ""),
    ],
)
def test_find_and_count_match_all_of_where(
    documents: Documents, where: dict[str, Any], expected: str
) -> None:
    put(documents, doc("a", keadaan="baru", n=1), doc("b", keadaan="baru", n=2), doc("c", keadaan="tua", n=3))
    put(documents, doc("d", dalam={"lagi": 7}))

    assert ids(documents.find("permohonan", where)) == list(expected)
    assert documents.count("permohonan", where) == len(expected)


def test_strings_sort_by_code_point(documents: Documents) -> None:
    names = ["Zaki", "ani", "Ñ", "😀", "\uffee"]
    put(documents, *(doc(str(place), keadaan=name) for place, name in enumerate(names)))

    found = documents.find("permohonan", {}, order=("keadaan", "id"))
    assert [each.body["keadaan"] for each in found] == sorted(names)


@pytest.mark.parametrize("descending", [False, True])
def test_paging_meets_every_document_once(documents: Documents, descending: bool) -> None:
    put(documents, *(doc(f"{n:02}", diubah=n % 4) if n % 5 else doc(f"{n:02}") for n in range(23)))
    pages: list[Doc] = []
    after: tuple[Any, ...] = ()
    while page := documents.find(
        "permohonan", {}, order=("diubah", "id"), descending=descending, limit=4, after=after
    ):
        pages += page
        after = (page[-1].body.get("diubah"), page[-1].id)

    keys = [(each.body.get("diubah", -1), each.id) for each in pages]
    assert keys == sorted(keys, reverse=descending)
    assert len(set(keys)) == 23


@pytest.mark.parametrize(
    "ask",
    [
        lambda documents: documents.find("tiada", {}),
        lambda documents: documents.get("tiada", ARSIP, "satu"),
        lambda documents: documents.count("Bukan Nama", {}),
        lambda documents: documents.insert("tiada", doc()),
        lambda documents: documents.find("permohonan", {"n": {"mirip": 1}}),
        lambda documents: documents.find("permohonan", {"n": [1]}),
        lambda documents: documents.find("permohonan", {"n') --": 1}),
        lambda documents: documents.find("permohonan", {}, order=("n",)),
        lambda documents: documents.find("permohonan", {}, order=("n", "id"), after=(1,)),
        lambda documents: documents.insert("permohonan", doc(n=float("nan"))),
        lambda documents: documents.insert("permohonan", doc(n=object())),
    ],
)
def test_what_can_never_work_is_refused(documents: Documents, ask: Callable[[Documents], object]) -> None:
    with pytest.raises(Refused):
        ask(documents)
