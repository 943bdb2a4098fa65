"""Which event goes to which handler and document."""

from __future__ import annotations

from collections.abc import Callable

from chassis.dispatch import Dispatcher, Handle, Route
from chassis.envelope import Event
from notifikasi.application.isian import ACUAN
from notifikasi.application.pendengar import (
    RUTE,
    catatan,
    cermin,
    diringkas,
    diwakili,
    gangguan,
    pengantar,
    pribadi,
    tenggat,
)
from notifikasi.bootstrap import SERVICE, App

CERMIN = {
    "pengajuan.kantor.diubah": "kantor",
    "pengajuan.layanan.diubah": "layanan",
    "persetujuan.pejabat.diubah": "pejabat",
    "gateway.akun.diubah": "akun",
}


def dispatcher(app: App) -> Dispatcher:
    cases: dict[str, Handle] = {
        **RUTE,
        "pengajuan.pemohon.dibagikan": pribadi,
        "pengajuan.catatan.dibagikan": catatan,
        "pengajuan.pengantar.dibagikan": pengantar,
        "persetujuan.catatan.dibagikan": catatan,
        "persetujuan.tenggat.ditetapkan": tenggat,
    }
    routes = {_type(name): Route(app.kabar, handle) for name, handle in cases.items()}
    for service in ("pengajuan", "dokumen", "persetujuan"):
        routes[_type(f"{service}.penanganan.tertahan")] = Route(app.kabar, gangguan, _application)
    routes |= {_type(name): Route(app.rujukan, cermin, _about(kind)) for name, kind in CERMIN.items()}
    routes[_type("gateway.kontak.dibagikan")] = Route(
        app.kontak, cermin, lambda event: (ACUAN, event.subject)
    )
    routes[_type("persetujuan.tugas.diringkas")] = Route(app.kabar_pejabat, diringkas, _about("tugas"))
    routes[_type("persetujuan.delegasi.diubah")] = Route(app.kabar_pejabat, diwakili, _about("delegasi"))
    return Dispatcher(SERVICE, app.contracts, app.kabar, routes)


def _type(name: str) -> str:
    return f"id.ekelurahan.{name}.v1"


def _application(event: Event) -> tuple[str, str]:
    return event.scope, (event.data or {})["id"]


def _about(kind: str) -> Callable[[Event], tuple[str, str]]:
    def address(event: Event) -> tuple[str, str]:
        return ACUAN, f"{kind}.{event.subject}"

    return address
