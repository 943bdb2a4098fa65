"""What pengajuan checks of itself: legal states along their events (C3), NIK in its places (C9), both halves (C13)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from chassis.ports.documents import Doc
from chassis.ports.events import Events, Record
from pengajuan.application.langkah import PINDAH
from pengajuan.bootstrap import SERVICE, App
from pengajuan.domain import retensi
from pengajuan.domain.keadaan import from_state
from pengajuan.domain.pengantar import TANPA_HASIL
from pengajuan.domain.permohonan import Permohonan, Riwayat
from pengajuan.domain.status import BOLEH, Status
from runtime.check import Findings, common, everything, readable

PERSONAL = ("pemohon", "subjek", "data", "jalan", "kekurangan", "catatan", "pembebasan")
_NIK = re.compile(r"(?<![0-9a-f])\d{16}(?![0-9a-f])")
_PAGE = 500
# A line of the history → the state it leads to.
_LEADS = {
    "dibuat": Status.DRAF,
    "siap_diperiksa": Status.DIPERIKSA,
    "dinyatakan_lengkap": Status.DIPROSES,
    "dikembalikan": Status.DIPERBAIKI,
    "disetujui": Status.DISETUJUI,
    "ditolak": Status.DITOLAK,
    "terbit": Status.TERBIT,
    "diserahkan": Status.DISERAHKAN,
    "dibatalkan": Status.DIBATALKAN,
    "kedaluwarsa": Status.KEDALUWARSA,
    "diteruskan": Status.DITERUSKAN,
    "dipindah": Status.DIPINDAH,
}
# A line → the event of ours that told it; some only when we decided and not somebody else.
_TELLS = {
    "diajukan": "permohonan.diajukan",
    "siap_diperiksa": "permohonan.siap_diperiksa",
    "dinyatakan_lengkap": "permohonan.dinyatakan_lengkap",
    "diperbaiki": "permohonan.diperbaiki",
    "pembatalan_diminta": "pembatalan.diminta",
    "kedaluwarsa": "permohonan.ditutup",
    "dipindah": "permohonan.ditutup",
    "diteruskan": "permohonan.diteruskan",
    "hasil_diterima": "hasil.diterima",
    "diingatkan": "permohonan.diingatkan",
    "dikoreksi": "permohonan.dikoreksi",
    "pengantar_diminta": "pengantar.diminta",
    "pengantar_terbit": "pengantar.diterbitkan",
    **{f"pengantar_{end}": "pengantar.ditutup" for end in TANPA_HASIL},
}
_OURS = {"dikembalikan": "permohonan.dikembalikan", "dibatalkan": "permohonan.dibatalkan"}


def check(app: App, events: Events) -> dict[str, Any]:
    """The findings as `ekel check` joins them."""
    found = Findings(SERVICE)
    di = app.lingkup
    readable(
        found,
        lambda: common(found, app.documents, app.chain, [di.permohonan, di.kantor, di.layanan, di.pengurus]),
    )
    readable(found, lambda: _cases(found, app, events))
    return found.report()


def _cases(found: Findings, app: App, events: Events) -> None:
    told, personal = _log(found, app, events)
    unsent = set(app.documents.waiting())
    for doc in everything(app.documents, "permohonan"):
        state = doc.body["state"]
        if state is None:
            continue
        kasus = from_state(state)
        found.counts[kasus.status.value] = found.counts.get(kasus.status.value, 0) + 1
        found.states[kasus.id] = _canonical(kasus)
        _places(found, doc)
        _legal(found, kasus)
        if PINDAH not in doc.body["todos"]:
            _moved(found, app, kasus)
        if doc.scope not in unsent:
            _halves(found, kasus, told.get(kasus.id, []), personal)


def _canonical(kasus: Permohonan) -> list[Any]:
    """What two runs of the same story have in common: no ids, no times, no order of arrival."""
    papers = sorted([b.syarat, b.sha256] for b in kasus.berkas)
    revoked = kasus.surat is not None and kasus.surat.dicabut is not None
    letter = [kasus.surat is not None, revoked]
    asked = [kasus.layanan, kasus.kantor, kasus.status.value, kasus.putaran]
    return [asked, papers, letter, kasus.pembatalan_diminta]


def _places(found: Findings, doc: Doc) -> None:
    """C9: identity numbers only in the personal parts of the state."""
    public = {key: value for key, value in doc.body["state"].items() if key not in PERSONAL}
    rest = {key: value for key, value in doc.body.items() if key != "state"}
    if _NIK.search(json.dumps([public, rest])):
        found.bad("C9", doc.id, "an identity number outside its places")


def _legal(found: Findings, kasus: Permohonan) -> None:
    """C3: the history leads to the state, by allowed ways only."""
    now = Status.DRAF
    for line in kasus.riwayat:
        after = _LEADS.get(line.kode, now)
        if line.kode in ("diajukan", "diperbaiki"):
            after = Status.MENUNGGU_BERKAS
        if after is not now and after not in BOLEH[now]:
            found.bad("C3", kasus.id, f"{line.kode} is no way from {now.value}")
        now = after
    if now is not kasus.status:
        found.bad("C3", kasus.id, f"is {kasus.status.value}, its history leads to {now.value}")


def _moved(found: Findings, app: App, kasus: Permohonan) -> None:
    """C3: a moved case and what it goes on as name each other, and are one service's."""
    for other, back in ((kasus.pindah_ke, "pindah_dari"), (kasus.pindah_dari, "pindah_ke")):
        if other is None:
            continue
        there = app.lingkup.permohonan.read(other.kantor, other.permohonan)
        named = (there.state.get(back) or {}).get("permohonan") if there else None
        if there is None or named != kasus.id or there.state["layanan"] != kasus.layanan:
            found.bad("C3", kasus.id, f"moved, but nothing of it is at {other.kantor}")


def _halves(found: Findings, kasus: Permohonan, told: list[str], personal: set[str]) -> None:
    """C3 along the log, and C13: whoever hears of a case can know whom it is about."""
    wanted = list(_wanted(kasus.riwayat))
    if told != wanted:
        found.bad("C3", kasus.id, f"the log tells {len(told)} events, its history {len(wanted)}")
    if wanted and kasus.id not in personal and retensi.PRIBADI not in kasus.dihapus:
        found.bad("C13", kasus.id, "no personal half in the log")


def _wanted(riwayat: Iterable[Riwayat]) -> Iterator[str]:
    """Events that the history promises; a draft's end was never announced."""
    filed = False
    for line in riwayat:
        filed = filed or line.kode == "diajukan"
        name = _TELLS.get(line.kode) or (_OURS.get(line.kode) if line.oleh != "sistem" else None)
        if name and filed:
            yield name


def _log(found: Findings, app: App, events: Events) -> tuple[dict[str, list[str]], set[str]]:
    """Names of our events per case in order, and the cases with a personal half."""
    families = app.contracts.families
    told: dict[str, list[str]] = {}
    seen: set[str] = set()
    for topic in events.topics(families["peristiwa"].prefix):
        for record in _records(events, topic):
            if record.headers["ce_source"] != f"/{SERVICE}" or record.headers["ce_id"] in seen:
                continue
            seen.add(record.headers["ce_id"])
            name = app.contracts.types[record.headers["ce_type"]].name
            told.setdefault(record.headers["ce_subject"], []).append(name)
            if record.value and _NIK.search(record.value.decode()):
                found.bad("C9", record.headers["ce_subject"], f"an identity number in {topic}")
    personal = {
        record.headers["ce_subject"]
        for topic in events.topics(families["pribadi"].prefix)
        for record in _records(events, topic)
        if record.value and record.headers["ce_type"].endswith(".pemohon.dibagikan.v1")
    }
    found.counts["events"] = len(seen)
    return told, personal


def _records(events: Events, topic: str) -> Iterator[Record]:
    offset = events.bounds([topic])[topic][0]
    while page := events.read(topic, offset, _PAGE):
        yield from page
        offset = page[-1].offset + 1
