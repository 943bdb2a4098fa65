"""Timers of persetujuan: days on which somebody begins or ends to stand in."""

from __future__ import annotations

from chassis.claims import Claims, Task
from persetujuan.application import delegasi
from persetujuan.bootstrap import App


def claims(app: App) -> Claims:
    return Claims([(app.pejabat, {delegasi.HARI: Task(then=delegasi.hari)})], app.metrics)
