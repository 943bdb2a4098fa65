"""To-dos of this service: what expires by itself, and offices being switched on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.aggregate import Cause, Outcome
from chassis.claims import Claims, Task
from pengajuan.application import kantor, konfirmasi, pindah, waktunya
from pengajuan.application.langkah import HAPUS_DRAF, KEDALUWARSA, PENGANTAR_LEWAT, PINDAH
from pengajuan.bootstrap import App
from pengajuan.domain import ingatkan, retensi
from pengajuan.domain.keadaan import from_state


def claims(app: App) -> Claims:
    """Everything that is due by itself."""

    def topics(office: Outcome, data: Mapping[str, Any]) -> None:
        """The office's topics, before anybody may file there; its kecamatan works from then on."""
        events = app.open_events()
        try:
            events.ensure(app.contracts.topics([office.id]))
        finally:
            events.close()
        above = office.state["kecamatan_kode"]
        app.lingkup.kantor.update(
            above, above, kantor.bekerja, Cause.command(f"{kantor.AKTIFKAN}:{office.id}")
        )

    def there(case: Outcome, data: Mapping[str, Any]) -> None:
        pindah.datang(app.lingkup, from_state(case.state))

    cases = {
        KEDALUWARSA: Task(then=waktunya.kedaluwarsa),
        **{which: Task(then=waktunya.ingatkan(which)) for which in ingatkan.SISA},
        PENGANTAR_LEWAT: Task(then=konfirmasi.lewat),
        HAPUS_DRAF: Task(then=waktunya.hapus_draf),
        PINDAH: Task(then=pindah.tiba, run=there),
        retensi.PRIBADI: Task(then=waktunya.hapus_pribadi),
        retensi.ISI: Task(then=waktunya.hapus_isi),
    }
    offices = {kantor.AKTIFKAN: Task(then=kantor.diaktifkan, run=topics)}
    di = app.lingkup
    return Claims([(di.permohonan, cases), (di.kantor, offices)], app.metrics)
