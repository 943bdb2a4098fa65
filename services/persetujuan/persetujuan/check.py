"""What must hold of persetujuan's own stores: C3 legal states along the flow, C13 both halves there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from chassis.clock import rfc3339
from persetujuan.bootstrap import KASUS, SERVICE, App
from persetujuan.domain.alur import Keputusan, Layanan
from persetujuan.domain.kasus import Kasus, Tahap
from persetujuan.domain.keadaan import from_state, to_state
from persetujuan.domain.keputusan.majukan import persetujuan_berlaku
from persetujuan.domain.mulai import siap
from runtime.check import Findings, common, everything, readable


def check(app: App) -> dict[str, Any]:
    found = Findings(SERVICE)
    readable(found, lambda: common(found, app.documents, app.chain, [app.kasus, app.pejabat, app.rujukan]))
    readable(found, lambda: _cases(found, app))
    return found.report()


def _cases(found: Findings, app: App) -> None:
    late = rfc3339(app.clock.now())
    for doc in everything(app.documents, KASUS.name):
        if doc.body["state"] is None:
            continue
        case = from_state(doc.body["state"])
        _count(found, f"kasus_{case.tahap.value}")
        found.states[case.id] = _canonical(case)
        for detail in wrong(case, app.layanan, doc.body["state"]):
            found.bad("C3", case.id, detail)
        if case.tahap is Tahap.MENUNGGU and case.lengkap is not None and not doc.body["parked"]:
            found.bad("C13", case.id, "declared complete, but the personal half is missing")
        if case.terbuka is not None and case.terbuka.jatuh_tempo < late:
            _count(found, "terlambat")


def wrong(case: Kasus, layanan: Mapping[str, Layanan], stored: Mapping[str, Any]) -> list[str]:
    """Every way in which this case is not along its flow; no personal data."""
    found = []
    open_tasks = [task for task in case.tugas if task.terbuka]
    if len(open_tasks) != (1 if case.tahap is Tahap.BERJALAN else 0):
        found.append(f"{len(open_tasks)} open tasks while {case.tahap.value}")
    if to_state(case).get("terbuka") != stored.get("terbuka"):
        found.append("the inbox shows another task than the case")
    if siap(case) is not None:
        found.append("both halves are there, but the flow did not start")
    if case.lengkap is not None and case.tugas:
        found += _order(case, case.jalan(layanan[case.lengkap.layanan]))
    return found


def _order(case: Kasus, service: Layanan) -> list[str]:
    """Steps follow one another as the flow says; the approvals of an approved case are all there."""
    found = []
    for before, after in pairwise(task for task in case.tugas if not task.gugur):
        if before.putaran == after.putaran and before.keputusan is not Keputusan.KEMBALIKAN:
            step = service.sesudah(before.langkah)
            if step is None or step.kode != after.langkah or before.keputusan is None:
                found.append(f"{after.langkah} does not follow {before.langkah}")
    wanted = [step.kode for step in service.langkah if step.keputusan is Keputusan.SETUJU]
    given = [task.langkah for task in persetujuan_berlaku(case, case.tugas[-1].putaran)]
    if case.tahap is Tahap.DISETUJUI and given != wanted:
        found.append("approved without every approval")
    return found


def _canonical(case: Kasus) -> dict[str, Any]:
    """Business state without times and personal data."""
    return {
        "tahap": case.tahap.value,
        "kantor": case.kantor,
        "putaran": case.lengkap.putaran if case.lengkap else 0,
        "tugas": [[t.putaran, t.langkah, t.kantor, t.keputusan, t.oleh] for t in case.tugas],
    }


def _count(found: Findings, name: str) -> None:
    found.counts[name] = found.counts.get(name, 0) + 1
