"""Timers of persetujuan: tasks that grow late, days on which somebody begins or ends to stand in, and digests."""

from __future__ import annotations

from chassis.claims import Claims, Task
from persetujuan.application import delegasi, waktunya
from persetujuan.application.keputusan import DEKAT, LEWAT, NAIK
from persetujuan.application.ringkasan import RINGKAS
from persetujuan.bootstrap import App


def claims(app: App) -> Claims:
    late = waktunya.Eskalasi(kalender=app.kalender)
    tasks = {
        DEKAT: Task(then=waktunya.dekat),
        LEWAT: Task(then=late.lewat),
        NAIK: Task(then=late.naik),
    }
    days = {delegasi.HARI: Task(then=delegasi.hari)}
    digest = {RINGKAS: Task(run=app.peringkas.kumpulkan, then=app.peringkas.kabarkan)}
    return Claims([(app.kasus, tasks), (app.pejabat, days), (app.rujukan, digest)], app.metrics)
