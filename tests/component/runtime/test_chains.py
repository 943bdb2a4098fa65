"""C10, C14: an audit chain in which an entry was changed or removed, or that was cut, is found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chassis.audit import COLLECTION, Audit
from chassis.clock import Clock
from chassis.ids import new_id
from chassis.ports.documents import Documents
from engines.open import open_documents
from runtime import heads
from runtime.check import Findings, _chains
from runtime.heads import Heads
from support.either import EITHER
from support.servers import Servers
from support.waiting import until

OFFICE, OTHER = "3276011006", "3276011007"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is left of a service without its work: its documents and its chains."""

    documents: Documents
    chain: Documents

    def process(self) -> Audit:
        """One of the processes that write down who reads."""
        clock = Clock(ZoneInfo("Asia/Jakarta"), None)
        return Audit(self.chain, clock, Heads(self.documents, self.chain).tell)

    def remove(self, *numbers: int) -> None:
        """Take entries out of the office's chain, past the application."""
        for n in numbers:
            assert self.chain.delete(COLLECTION.name, OFFICE, f"{n:012d}", 1)

    def found(self) -> list[tuple[str, str, str]]:
        findings = Findings("dokumen")
        _chains(findings, self.documents, self.chain)
        return [(wrong["invariant"], wrong["id"], wrong["detail"]) for wrong in findings.wrong]


@pytest.fixture(params=EITHER)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """Five readings of one office, one of another."""
    if request.param == "embedded":
        urls = [f"sqlite:///{tmp_path}/{name}.sqlite" for name in ("documents", "audit")]
    else:  # both in one database, as every service has it there
        running: Servers = request.getfixturevalue("running")
        urls = [running["mongo"]["EKEL_DOCUMENTS_URL"].replace("/ekel?", f"/uji-{new_id()}?")] * 2
    documents, chain = (open_documents(url, "uji") for url in urls)
    documents.migrate([heads.COLLECTION])
    chain.migrate([COLLECTION])
    service = Service(documents=documents, chain=chain)
    audit = service.process()
    read(audit, 5)
    audit.append(OTHER, actor="loket.depokjaya", action="berkas.isi", subject="berkas-0")
    yield service
    documents.close()
    chain.close()


def read(audit: Audit, times: int) -> None:
    for n in range(times):
        audit.append(OFFICE, actor="loket.depok", action="berkas.isi", subject=f"berkas-{n}")


def test_an_untouched_chain_holds(service: Service) -> None:
    assert service.found() == []


@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_changed_entry_is_found(service: Service, n: int) -> None:
    doc = service.chain.get(COLLECTION.name, OFFICE, f"{n:012d}")
    assert doc is not None
    forged = replace(doc, rev=doc.rev + 1, body={**doc.body, "actor": "orang.lain"})
    assert service.chain.replace(COLLECTION.name, forged, doc.rev)

    assert service.found() == [("C10", OFFICE, f"audit chain broken at entry {n}")]


@pytest.mark.parametrize("n", [1, 3])
def test_a_removed_entry_is_found(service: Service, n: int) -> None:
    service.remove(n)

    assert service.found() == [("C10", OFFICE, f"audit chain broken at entry {n}")]


@pytest.mark.parametrize("removed", [(5,), (4, 5), (1, 2, 3, 4, 5)])
def test_a_chain_that_was_cut_is_found(service: Service, removed: tuple[int, ...]) -> None:
    service.remove(*removed)

    assert service.found() == [("C14", OFFICE, "audit chain cut: entry 5, which was written, is gone")]


@pytest.mark.parametrize("later", [1, 2, 3, 9])
@pytest.mark.parametrize("same_process", [True, False])
def test_a_cut_is_found_whatever_is_read_later(service: Service, later: int, *, same_process: bool) -> None:
    audit = service.process()
    read(audit, 1)
    service.remove(5, 6)

    read(audit if same_process else service.process(), later)

    what = "gone" if later < 2 else "another"
    assert service.found() == [("C14", OFFICE, f"audit chain cut: entry 6, which was written, is {what}")]


def test_a_chain_of_an_earlier_release_gets_its_head_by_the_next_entry(service: Service) -> None:
    assert service.documents.delete(heads.COLLECTION.name, OFFICE, heads.ID, 5)
    assert service.found() == []

    read(service.process(), 1)
    service.remove(6)

    assert [name for name, *_ in service.found()] == ["C14"]


def test_many_processes_and_threads_keep_one_head_that_stands(service: Service) -> None:
    audits = [service.process() for _ in range(3)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: read(audits[n % 3], 1), range(60)))

    head = service.documents.get(heads.COLLECTION.name, OFFICE, heads.ID)
    assert head is not None
    assert head.body["n"] == 65
    assert service.found() == []


def test_of_many_entries_at_once_one_writes_the_head_for_all(service: Service) -> None:
    counting = Counting(service.documents)
    clock = Clock(ZoneInfo("Asia/Jakarta"), None)
    audit = Audit(service.chain, clock, Heads(counting, service.chain).tell)  # type: ignore[arg-type]
    counting.before = lambda: service.chain.count(COLLECTION.name, {"scope": OFFICE}) == 5 + 8

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: read(audit, 1), range(8)))

    assert counting.writes < 8  # the first one's, and one for those who came meanwhile
    assert service.found() == []


class Counting:
    """Documents whose first replacement takes until `before` is true."""

    def __init__(self, documents: Documents) -> None:
        self._documents, self.writes = documents, 0
        self.before: Callable[[], bool] = lambda: True
        self.get, self.insert = documents.get, documents.insert

    def replace(self, *told: object, quiet: bool) -> bool:
        until(self.before)
        self.writes += 1
        return self._documents.replace(*told, quiet=quiet)  # type: ignore[arg-type, misc]
