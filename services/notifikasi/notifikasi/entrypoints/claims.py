"""Outside work of notifikasi: sending, at most two at once per office and per way out."""

from __future__ import annotations

from chassis.claims import Claims, Task
from notifikasi.application.kirim import selesai
from notifikasi.bootstrap import App


def claims(app: App) -> Claims:
    send = Task(run=app.pengirim.jalankan, then=selesai, deadline=60.0)
    return Claims([(app.kabar, {"kirim": send})], app.metrics)
