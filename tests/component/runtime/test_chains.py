"""C10: an audit chain in which an entry was changed or removed is found out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chassis.audit import COLLECTION, Audit
from chassis.clock import Clock
from chassis.ports.documents import Documents
from engines.open import open_documents
from runtime.check import Findings, _chains

OFFICE = "3276011006"


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Documents]:
    """Five readings of one office."""
    store = open_documents(f"sqlite:///{tmp_path}/audit.sqlite")
    store.migrate([COLLECTION])
    audit = Audit(store, Clock(ZoneInfo("Asia/Jakarta"), None))
    for n in range(5):
        audit.append(OFFICE, actor="loket.depok", action="berkas.isi", subject=f"berkas-{n}")
    yield store
    store.close()


def found(chain: Documents) -> list[tuple[str, str]]:
    findings = Findings("dokumen")
    _chains(findings, chain)
    return [(wrong["invariant"], wrong["detail"]) for wrong in findings.wrong]


def test_an_untouched_chain_holds(chain: Documents) -> None:
    assert found(chain) == []


@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_changed_entry_is_found(chain: Documents, n: int) -> None:
    doc = chain.get(COLLECTION.name, OFFICE, f"{n:012d}")
    assert doc is not None
    forged = replace(doc, rev=doc.rev + 1, body={**doc.body, "actor": "orang.lain"})
    assert chain.replace(COLLECTION.name, forged, doc.rev)

    assert found(chain) == [("C10", f"audit chain broken at entry {n}")]


@pytest.mark.parametrize("n", [1, 3])
def test_a_removed_entry_is_found(chain: Documents, n: int) -> None:
    chain.delete(COLLECTION.name, OFFICE, f"{n:012d}", 1)

    assert found(chain) == [("C10", f"audit chain broken at entry {n}")]
