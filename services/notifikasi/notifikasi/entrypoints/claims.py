"""Outside work of notifikasi: sending, at most two at once per office and per way out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog

from chassis.aggregate import Aggregates, Outcome
from chassis.claims import Claims, Task
from notifikasi.application.hasil import KIRIM, Hasil, selesai, selesai_diam
from notifikasi.bootstrap import App
from notifikasi.domain.kabar import TAK_PASTI, TERTUNDA

_log = structlog.get_logger(__name__)


def claims(app: App) -> Claims:
    stores = ((app.kabar, selesai), (app.kabar_pejabat, selesai_diam))
    tasks = [(s, {KIRIM: Task(run=partial(_kirim, app, s), then=then, deadline=60.0)}) for s, then in stores]
    return Claims(tasks, app.metrics)


def _kirim(app: App, toko: Aggregates, outcome: Outcome, data: Mapping[str, Any]) -> Hasil:
    done = app.pengirim.jalankan(toko, outcome, data)
    if done.nasib in (TERTUNDA, TAK_PASTI):
        known = {"channel": done.saluran, "outcome": done.nasib, "reason": done.alasan, "tries": done.coba}
        _log.warning("message_not_taken", id=outcome.id, **known)
    return done
