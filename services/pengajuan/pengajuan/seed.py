"""Reference data: 63 kelurahan, 11 kecamatan, the services. Idempotent; what people changed since stays.

Topics of active offices come first, the events of reference data follow through the outbox.
"""

from __future__ import annotations

from typing import Any

from chassis.aggregate import Cause
from chassis.ports.events import Events
from pengajuan.adapters.wilayah import baca_wilayah
from pengajuan.application import kantor, layanan, wilayah
from pengajuan.bootstrap import App

State = dict[str, Any]
KANTOR_UJI = "3276011006"
"""The one demo office that takes the restricted services (R9)."""


def seed(app: App, events: Events, *, demo: bool = False) -> dict[str, int]:
    """How many offices and services there are. `demo` confirms services by an example decree, invents addresses."""
    areas, di = baca_wilayah(), app.lingkup
    states = [wilayah.kecamatan(w, areas) for w in areas.kecamatan]
    states += [wilayah.kelurahan(k) for k in areas.kelurahan]
    active = [s["kode"] for s in states if s["status"] == "aktif" and s["tingkat"] == "kelurahan"]
    events.ensure(app.contracts.topics(active))
    for state in states:
        di.kantor.update(state["kode"], state["kode"], kantor.semai(state), Cause.command(_once(app)))
    for state in states if demo else ():
        if state["status"] == "aktif":
            invented = kantor.lengkapi(_contoh(state))
            di.kantor.update(state["kode"], state["kode"], invented, Cause.command(_once(app)))
    codes = sorted({kode for kode, _ in di.katalog})
    for kode in codes if demo else ():
        if di.terbaru(kode).dibatasi is not None:
            opened = kantor.membuka(kode, dibuka=True)
            di.kantor.update(KANTOR_UJI, KANTOR_UJI, opened, Cause.command(_once(app)))
    for kode in codes:
        decide = layanan.semai(di.terbaru(kode), ditetapkan=demo)
        di.layanan.update(di.kota, kode, decide, Cause.command(_once(app)))
    return {"kantor": len(states), "layanan": len(codes)}


def _once(app: App) -> str:
    """Each seeding is a command of its own: whether there is anything to do, the decision says."""
    return f"seed:{app.lingkup.kantor.moment().ids[0]}"


def _contoh(state: State) -> State:
    """Address, phone, mail and addressees of a demo office: without them letters are held."""
    name = f"{state['tingkat']}-{state['nama'].lower().replace(' ', '')}"
    return {
        "alamat": f"Jalan Contoh Raya Nomor {int(state['kode'][-2:])}",
        "telepon": f"(021) 5550{state['kode'][-3:]}",
        "surel": f"{name}@depok.example",
        "kode_pos": "16400",
        "surat": {
            "tujuan": {
                "polsek": f"Kepala Kepolisian Sektor {state['kecamatan_nama']}",
                "polres": "Kepala Kepolisian Resor Metro Depok",
                "disdukcapil": f"Kepala Dinas Kependudukan dan Pencatatan Sipil {state['kota']}",
            }
        },
    }
