"""What the gateway checks of its own stores."""

from __future__ import annotations

import re
from typing import Any

from gateway.akun import akun
from gateway.bootstrap import SERVICE, App
from gateway.pantau.statistik.periksa import rows
from gateway.pantau.status import ACUAN
from runtime.check import Findings, common, everything, readable

_NIK = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")
_SECRET = {
    "nik",
    "kk",
    "sandi",
    "rahasia",
    "kontak",
    "kontak_h",
    "kursi",
    "totp",
    "pin",
    "orang_h",
    "oidc",
    "calon_h",
}  # fields of an account, never of an event
_WAYS = {  # what somebody can sign in with
    akun.PETUGAS: ("sandi", "oidc"),
    akun.SISTEM: ("rahasia",),
    akun.WARGA: ("kursi", "kontak_h", "nomor"),
}


def run(app: App) -> dict[str, Any]:
    """The report of `runtime.check.Findings`."""
    found = Findings(SERVICE)
    stores = [app.direktori.store, app.rujukan, app.kiriman]
    readable(found, lambda: common(found, app.documents, app.chain, stores))
    readable(found, lambda: _accounts(found, app))
    readable(found, lambda: _reference(found, app))
    readable(found, lambda: rows(found, app))
    return found.report()


def _accounts(found: Findings, app: App) -> None:
    """C3 legal accounts, C9 a NIK stands in the fields meant for it and nowhere else."""
    for doc in everything(app.documents, app.direktori.store.name):
        state = doc.body["state"]
        jenis = state["jenis"]
        found.counts[f"akun_{jenis}"] = found.counts.get(f"akun_{jenis}", 0) + 1
        ways = _WAYS[jenis]
        if not any(state.get(way) for way in ways):
            found.bad("C3", doc.id, f"account without {ways[0]}")
        if jenis != akun.WARGA and not state["wilayah"]:
            found.bad("C3", doc.id, "account without an area")
        open_fields = {name: value for name, value in state.items() if name not in _SECRET}
        if _NIK.search(str(open_fields)):
            found.bad("C9", doc.id, "a NIK outside its field")
        if jenis != akun.WARGA:
            found.states[doc.id] = {k: v for k, v in open_fields.items() if k != "dibuat"}


def _reference(found: Findings, app: App) -> None:
    for doc in everything(app.documents, app.rujukan.name):
        found.counts["rujukan"] = found.counts.get("rujukan", 0) + 1
        if doc.scope != ACUAN:
            found.bad("C3", doc.id, "reference data in a foreign scope")
        found.states[doc.id] = doc.body["state"]
