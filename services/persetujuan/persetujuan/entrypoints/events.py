"""Which event goes to which handler and document."""

from __future__ import annotations

from collections.abc import Callable

from chassis.dispatch import Dispatcher, Handle, Route
from chassis.envelope import Event
from persetujuan.application.pejabat import ACUAN
from persetujuan.application.pendengar import cermin
from persetujuan.bootstrap import SERVICE, App


def dispatcher(app: App) -> Dispatcher:
    hear = app.pendengar
    cases: dict[str, Handle] = {
        "pengajuan.permohonan.dinyatakan_lengkap": hear.lengkap,
        "pengajuan.pemohon.dibagikan": hear.pribadi,
        "pengajuan.permohonan.dikoreksi": hear.dikoreksi,
        "pengajuan.pembatalan.diminta": hear.minta_batal,
        "pengajuan.permohonan.dibatalkan": hear.dibatalkan,
        "pengajuan.permohonan.ditutup": hear.ditutup,
        "dokumen.pembatalan.dikabulkan": hear.dibatalkan,
        "dokumen.pembatalan.ditolak": hear.batal_ditolak,
    }
    mirrors = {
        "pengajuan.layanan.diubah": "layanan",
        "gateway.akun.diubah": "akun",
    }
    routes = {_type(name): Route(app.kasus, handle) for name, handle in cases.items()}
    routes |= {_type(name): Route(app.rujukan, cermin, _about(kind)) for name, kind in mirrors.items()}
    routes[_type("pengajuan.kantor.diubah")] = Route(app.rujukan, app.peringkas.kantor, _about("kantor"))
    return Dispatcher(SERVICE, app.contracts, app.kasus, routes)


def _type(name: str) -> str:
    return f"id.ekelurahan.{name}.v1"


def _about(kind: str) -> Callable[[Event], tuple[str, str]]:
    def address(event: Event) -> tuple[str, str]:
        return ACUAN, f"{kind}.{event.subject}"

    return address
