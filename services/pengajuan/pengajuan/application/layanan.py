"""The catalogue as people find it: by words, per office, with its standing (proposed or confirmed)."""

from __future__ import annotations

from chassis.aggregate import Decide, Decision, Moment, NewEvent, State
from pengajuan.application.lingkup import Lingkup
from pengajuan.domain.layanan import Layanan

USULAN, DITETAPKAN = "usulan", "ditetapkan"


def cari(di: Lingkup, kata: str, kantor: str) -> list[Layanan]:
    """Services whose name or plain words hold every word of `kata`; only those the office offers."""
    offered = di.satu_kantor(kantor).state.get("layanan") if kantor else None
    wanted = kata.casefold().split()
    codes = sorted({kode for kode, _ in di.katalog})
    found = [di.terbaru(kode) for kode in codes if offered is None or kode in offered]
    return [s for s in found if all(word in _words(s) for word in wanted)]


def status(di: Lingkup, kode: str) -> str:
    """`ditetapkan` once an office confirmed it (R16)."""
    known = di.layanan.read(di.kota, kode)
    return USULAN if known is None else str(known.state["status"])


def semai(layanan: Layanan, *, ditetapkan: bool) -> Decide:
    """The reference snapshot; told again only when it changed. A confirmation is never taken back by seeding."""

    def decide(state: State | None, at: Moment) -> Decision:
        confirmed = ditetapkan or (state or {}).get("status") == DITETAPKAN
        new = _snapshot(layanan, DITETAPKAN if confirmed else layanan.penetapan.status)
        return Decision(state) if new == state else Decision(new, (NewEvent("layanan.diubah", new),))

    return decide


def _snapshot(layanan: Layanan, status: str) -> State:
    return {
        "kode": layanan.kode,
        "nama": layanan.nama,
        "status": status,
        "versi": str(layanan.versi),
        "alur": layanan.alur.value,
        "produk": layanan.produk,
        "seksi": layanan.seksi,
        "hari": layanan.hari or 0,  # nothing is promised for what another office issues
    }


def _words(layanan: Layanan) -> str:
    return " ".join((layanan.kode, layanan.nama, layanan.ringkasan, *layanan.kata_cari)).casefold()
