"""C12 for the archive: every letter whose names are here can be found by them, and nothing else is in the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chassis.ports.documents import Body, Doc
from dokumen.adapters import arsip
from dokumen.bootstrap import App
from dokumen.domain import arsip as aturan
from dokumen.domain import perbaikan, surat
from runtime.check import Findings, everything


def archive(found: Findings, app: App, cases: Iterable[tuple[Doc, Body]]) -> None:
    indexed = {doc.body["surat"] for doc in everything(app.documents, arsip.COLLECTION.name) if doc.body}
    known: set[str] = set()
    for doc, state in cases:
        for id, letter in state["surat"].items():
            if letter.get("terbit") and letter.get("status") != surat.DIMUSNAHKAN:
                known.add(id)
                if id not in indexed and f"kenali.{id}" not in doc.body["todos"] and _names(state, letter):
                    found.bad("C12", id, "its names are not in the archive's index")
    for id in sorted(indexed - known):
        found.bad("C12", id, "an entry of the archive's index without its letter")


def _names(state: Body, letter: dict[str, Any]) -> bool:
    return bool(state.get("pribadi") and aturan.kata(aturan.nama(perbaikan.pribadi(state, letter))))
