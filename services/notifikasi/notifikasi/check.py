"""What must hold of notifikasi's own stores: C8 one message id per promised step, sent ones where they belong."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

from notifikasi.application.pesan import PESAN
from notifikasi.bootstrap import KABAR, KABAR_PEJABAT, SERVICE, App
from notifikasi.domain.kabar import GAGAL, LEWAT, TAK_PASTI, TERKIRIM, TERTUNDA, Kabar
from notifikasi.domain.keadaan import from_state
from notifikasi.domain.kirim import PEMOHON
from notifikasi.domain.langkah import GANGGUAN
from runtime.check import Findings, common, everything, readable

NASIB = {TERTUNDA, TERKIRIM, GAGAL, LEWAT, TAK_PASTI}


def check(app: App) -> dict[str, Any]:
    found = Findings(SERVICE)
    stores = [app.kabar, app.kabar_pejabat, app.rujukan, app.kontak]
    readable(found, lambda: common(found, app.documents, app.chain, stores))
    readable(found, lambda: _messages(found, app))
    return found.report()


def _messages(found: Findings, app: App) -> None:
    rows = {doc.id: doc.body["permohonan"] for doc in everything(app.documents, PESAN)}
    used: Counter[str] = Counter()
    expected: set[str] = set()
    cases = everything(app.documents, KABAR.name)
    others = everything(app.documents, KABAR_PEJABAT.name)
    for doc, about_case in chain(((d, True) for d in cases), ((d, False) for d in others)):
        if doc.body["state"] is None:
            continue
        kabar = from_state(doc.body["state"])
        if about_case:  # digests depend on the hour at which they are told
            found.states[kabar.id] = _canonical(kabar)
        used.update(promise.pesan for promise in kabar.janji.values())
        sent = {p.pesan for p in kabar.janji.values() if p.saluran.get("aplikasi") == TERKIRIM}
        expected |= sent
        if not kabar.nomor_resi and any(p.kepada == PEMOHON for p in kabar.janji.values()):
            found.bad("C13", kabar.id, "messages wait, but the personal half is missing")
        for detail in wrong(kabar, set(doc.body["todos"])):
            found.bad("C8", kabar.id, detail)
        for id in sorted(sent - rows.keys()):
            found.bad("C8", kabar.id, f"message {id} was sent, but lies in no inbox")
    for id, times in used.items():
        if times > 1:
            found.bad("C8", id, f"one message id for {times} promises")
    for id in sorted(rows.keys() - used.keys()):
        found.bad("C8", rows[id], f"message {id} in an inbox was never promised")
    found.counts["janji"], found.counts["pesan"] = sum(used.values()), len(rows)


def _canonical(kabar: Kabar) -> list[Any]:
    """What two runs of one story have in common: no ids, no times, and no word of trouble that only one of them had."""
    promises = [p for p in kabar.janji.values() if p.langkah != GANGGUAN]
    return sorted([p.langkah, p.kepada, sorted(p.saluran.items())] for p in promises)


def wrong(kabar: Kabar, todos: set[str]) -> list[str]:
    """Promises that are neither done nor on their way."""
    found = []
    for key, promise in kabar.janji.items():
        for way, fate in promise.saluran.items():
            if fate not in NASIB:
                found.append(f"{key}/{way} is {fate}")
            if fate == TERTUNDA and f"{key}/{way}" not in todos:
                found.append(f"{key}/{way} was promised and nobody sends it")
        if promise.kunci != key:
            found.append(f"{key} is kept under another name")
    return found
