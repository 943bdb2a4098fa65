"""What must hold of dokumen's own stores: C3 states, C4 approved and letter; numbers, archive, objects beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.ports.documents import Body, Doc
from dokumen.bootstrap import PERKARA, SERVICE, App
from dokumen.check_arsip import archive
from dokumen.check_nomor import numbers
from dokumen.check_objek import objects
from dokumen.domain import berkas, perkara, pindah, seberkas, surat
from runtime.check import Findings, common, everything, readable

# To-dos of a letter between approval and issue.
AT_WORK = ("siapkan", "terbitkan.", "bubuhkan.", "sahkan.", "batal_nomor.")


def check(app: App) -> dict[str, Any]:
    found = Findings(SERVICE)
    readable(found, lambda: common(found, app.documents, app.chain, [app.perkara, app.rujukan]))
    readable(found, lambda: _cases(found, app))
    readable(found, lambda: numbers(found, app, dict(_letters(app))))
    readable(found, lambda: archive(found, app, _known(app)))
    readable(found, lambda: objects(found, app))
    return found.report()


def _known(app: App) -> Iterator[tuple[Doc, Body]]:
    for doc in everything(app.documents, PERKARA.name):
        if doc.body["state"] is not None:
            yield doc, doc.body["state"]


def _cases(found: Findings, app: App) -> None:
    for doc, state in _known(app):
        _count(found, f"perkara_{state['tahap']}")
        found.counts["berkas"] = found.counts.get("berkas", 0) + len(state["berkas"])
        found.states[doc.id] = _canonical(state)
        for detail in wrong_state(state):
            found.bad("C3", doc.id, detail)
        for detail in wrong_moved(app, doc.id, state, doc.body["todos"]):
            found.bad("C3", doc.id, detail)
        for detail in wrong_letter(state, doc.body["todos"], parked=bool(doc.body["parked"])):
            found.bad("C4", doc.id, detail)


def wrong_state(state: Mapping[str, Any]) -> list[str]:
    """States that no step leads to."""
    found = []
    if state["tahap"] not in perkara.TAHAP:
        found.append("unknown stage of the case")
    if any(s["status"] not in surat.STATUS for s in state["surat"].values()):
        found.append("unknown status of a letter")
    if any(b["status"] not in berkas.STATUS | {perkara.DIHAPUS} for b in state["berkas"].values()):
        found.append("unknown status of a paper")
    return found


def wrong_moved(app: App, id: str, state: Mapping[str, Any], todos: Mapping[str, Any]) -> list[str]:
    """The papers of a case that was filed elsewhere first are here, or are being fetched."""
    moved = state.get("pindahan")
    if moved is None or pindah.TERIMA in todos or not pindah.ditunggu(state):
        return []
    came = app.perkara.read(moved["kantor"], moved["permohonan"])
    wanted = {pindah.id_baru(id, paper) for paper in pindah.dibawa(came.state)} if came else set()
    lost = wanted - state["berkas"].keys()
    return [f"{len(lost)} papers of the misfiled case did not come along"] if lost else []


def wrong_letter(state: Mapping[str, Any], todos: Mapping[str, Any], *, parked: bool) -> list[str]:
    """Approved ⇔ letter, or held with a reason, or on its way."""
    letters = state["surat"].values()
    approved = state["tahap"] in perkara.MILIK_KAMI
    if strange := {seberkas.kode(s) for s in letters} - set(seberkas.hasil(state)):
        return [f"a letter that the case does not yield: {', '.join(sorted(strange))}"]
    if letters and not approved:
        return ["a letter without an approval"]
    if not approved or parked:
        return []
    owed = seberkas.belum(state)
    if state["tahap"] != perkara.DISETUJUI:
        whole = [s for s in letters if s.get("sha256") and s.get("nomor")]
        missing = [f"issued, but letter {code} is missing" for code in owed]
        return missing if whole else ["issued, but there is no letter"]
    if not owed:
        return ["all letters are issued, but the case is not"]
    working = state.get("menanti") or any(id.startswith(AT_WORK) for id in todos)
    held = state.get("tertahan") or not state.get("pribadi")
    return [] if working or held else ["approved, but no letter, no reason and nobody at work"]


def _letters(app: App) -> Iterator[tuple[str, Body]]:
    for _, state in _known(app):
        yield from state["surat"].items()


def _canonical(state: Mapping[str, Any]) -> dict[str, Any]:
    """Business state without times, ids and personal data."""
    papers = sorted([b["syarat"], b["status"], b.get("sha256", "")] for b in state["berkas"].values())
    letters = [[s["status"], seberkas.kode(s), bool(s.get("diserahkan"))] for s in state["surat"].values()]
    return {"tahap": state["tahap"], "putaran": state["putaran"], "berkas": papers, "surat": letters}


def _count(found: Findings, name: str) -> None:
    found.counts[name] = found.counts.get(name, 0) + 1
