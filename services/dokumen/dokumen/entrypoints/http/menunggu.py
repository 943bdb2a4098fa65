"""A queue of letters that wait for somebody, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.aggregate import Outcome
from dokumen.bootstrap import App
from dokumen.domain import tanda
from web import paging
from web.identity import Identity

ORDER = ("state.menanti.sejak", "id")


def antrean(app: App, siapa: Identity, where: Mapping[str, Any]) -> dict[str, Any]:
    """Rows of `SuratMenunggu`; whose names are shown is written down first."""
    limit = paging.limit()
    found = app.perkara.find(where, order=ORDER, limit=limit, after=paging.cursor(2))
    last = found[-1] if len(found) == limit else None
    for scope in dict.fromkeys(case.scope for case in found):
        app.audit.append(scope, actor=siapa.sub, action="surat.antrean", subject=scope)
    rows = [row for case in found for row in _rows(case) if siapa.covers(row["kantor"])]
    cursor = paging.write([last.state["menanti"]["sejak"], last.id]) if last else None
    return {"surat": rows, "cursor": cursor}


def kepala(case: Outcome, id: str, letter: Mapping[str, Any]) -> dict[str, Any]:
    """What every queue says of a letter first: `SuratDalamAntrean` but for its time."""
    return {
        **{name: letter[name] for name in ("layanan", "judul", "tanggal")},
        "id": id,
        "permohonan": case.id,
        "kantor": case.scope,
        "nomor": letter["tertulis"],
        "nama": (case.state.get("pribadi") or {}).get("subjek", [{}])[0].get("nama", ""),
    }


def _rows(case: Outcome) -> list[dict[str, Any]]:
    waits = case.state["menanti"]
    rows = []
    for id, letter in tanda.menunggu(case.state).items():
        turn = tanda.giliran(letter) or {}
        if waits["untuk"] not in (turn.get("akun"), turn.get("cara")):
            continue
        scan = letter.get("pindaian") or {}
        rows.append(
            {
                **kepala(case, id, letter),
                "sejak": waits["sejak"],
                "pindaian": "disahkan" if scan.get("sah") else scan.get("status"),
            }
        )
    return rows
