"""C12 for the statistics: every row is what the application's events give, folded again from offset 0."""

from __future__ import annotations

from gateway.bootstrap import App
from gateway.pantau.statistik.proyeksi import PLACES, ROWS, Projector
from runtime.check import Findings


def rows(found: Findings, app: App) -> None:
    """Nothing to say before gateway-pantau ran for the first time."""
    found.counts["statistik"] = app.documents.count(ROWS.name, {})
    if not found.counts["statistik"] and not app.documents.count(PLACES.name, {}):
        return
    for id, what in Projector(app.documents, app.events(), app.contracts, app.clock.zone).differences():
        found.bad("C12", id, what)
