"""C6 beside people at work: papers that come and go while `check` reads are no findings; damage still is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.ids import new_id
from dokumen.check_objek import objects
from runtime.check import Findings
from support.neighbours import OFFICE, example
from support.ruang_surat import Ruang, foto
from support.tus import TUS, metadata

Act = Callable[[], Any]
# What `objects` reads, in any order: the list of objects, collections of documents, what an object holds.
READINGS = ("objek", "unggahan", "perkara", "kiriman", "isi")


class Interrupted:
    """A store before whose first reading of `what` something happens."""

    def __init__(self, store: Any, what: str, act: Act) -> None:
        self._store, self._what, self._act = store, what, act

    def list(self, prefix: str) -> Any:
        self._happen("objek")
        return self._store.list(prefix)

    def open(self, key: str) -> Any:
        self._happen("isi")
        return self._store.open(key)

    def find(self, collection: str, *told: Any, **options: Any) -> Any:
        self._happen(collection)
        return self._store.find(collection, *told, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _happen(self, reading: str) -> None:
        if reading == self._what:
            self._what = ""
            self._act()


def found(ruang: Ruang, before: str = "", act: Act = lambda: None) -> list[tuple[str, str]]:
    """Findings when `act` happens just before this reading."""
    findings = Findings("dokumen")
    documents, kept = (Interrupted(s, before, act) for s in (ruang.app.documents, ruang.app.objects))
    objects(findings, replace(ruang.app, documents=documents, objects=kept))
    return [(wrong["invariant"], wrong["id"]) for wrong in findings.wrong]


def cancelled(ruang: Ruang) -> str:
    """An application with a paper, of which no intent is left; it was ended, and in thirty days the paper goes."""
    id = new_id()
    ruang.diajukan(id)
    ruang.pribadi(id)
    ruang.berkas(id, foto())
    ruang.near.say(
        "pengajuan",
        id,
        ("permohonan.dibatalkan", example("pengajuan.permohonan.dibatalkan", putaran=1)),
    )
    ruang.quiet()
    ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(minutes=61))
    return id


def begun(ruang: Ruang, id: str) -> str:
    """Where an upload in pieces goes on; its first piece is there."""
    told = {"Upload-Length": "100", "Upload-Metadata": metadata(syarat="KK"), "X-Izin-Unggah": ruang.izin(id)}
    headers = {**ruang.warga(), **TUS, **told, "Idempotency-Key": new_id()}
    headers["Content-Type"] = "application/offset+octet-stream"
    answer = ruang.client.post("/v1/berkas/unggahan", headers=headers, data=b"x" * 40)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def test_a_paper_that_comes_while_the_check_reads_is_no_finding(ruang: Ruang) -> None:
    for reading in READINGS:
        assert found(ruang, reading, lambda: ruang.berkas(new_id(), foto())) == [], reading

    assert found(ruang) == []
    assert len(ruang.objects()) >= 2 * len(READINGS)  # each came: the paper, its picture


def test_a_piece_that_comes_or_is_thrown_away_while_the_check_reads_is_no_finding(ruang: Ruang) -> None:
    for reading in READINGS[:-1]:  # nothing is there to be opened
        places: list[str] = []
        id = new_id()
        assert found(ruang, reading, lambda i=id, p=places: p.append(begun(ruang, i))) == [], reading  # type: ignore[misc]
        headers = {**ruang.warga(), **TUS, "X-Izin-Unggah": ruang.izin(id)}
        gone = lambda p=places, h=headers: ruang.client.delete(p[0], headers=h)  # noqa: E731
        assert found(ruang, reading, gone) == [], reading

    assert ruang.objects() == []


def test_papers_that_are_erased_while_the_check_reads_are_no_finding(ruang: Ruang) -> None:
    began = datetime.now(UTC)
    for n, reading in enumerate(READINGS):
        id = cancelled(ruang)

        def erased(days: float = 30.1 * (n + 1)) -> None:
            ruang.app.clock.real = lambda: began + timedelta(days=days)
            ruang.quiet()
            ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(minutes=61))

        assert ruang.objects(), id
        assert found(ruang, reading, erased) == [], reading
        assert ruang.objects() == []


def test_a_stray_and_a_missing_object_are_findings_beside_people_at_work(ruang: Ruang) -> None:
    id = new_id()
    paper = ruang.berkas(id, foto())["id"]
    ruang.app.objects.delete(ruang.perkara(id)["berkas"][paper]["objek"])
    stray = f"{OFFICE}/{new_id()}/{'0' * 64}"
    ruang.app.objects.put(stray, [b"left behind"])

    for reading in READINGS:
        told = found(ruang, reading, lambda: ruang.berkas(new_id(), foto()))
        assert sorted(told) == sorted([("C6", paper), ("C6", stray)]), reading
