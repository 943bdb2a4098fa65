"""What pengajuan hears, and who decides about it."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher, Handle, Route
from chassis.envelope import Event
from pengajuan.application import gangguan, ikuti_keputusan, ikuti_surat
from pengajuan.application.ikuti_keputusan import Dikembalikan
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.peristiwa import ikut
from pengajuan.application.terima_berkas import Diterima, ditolak
from pengajuan.bootstrap import SERVICE

HELD = ("penanganan.tertahan", "penanganan.dilanjutkan")


def handlers(di: Lingkup) -> Mapping[str, Handle]:
    """By sender and short name; `*` stands for every sender."""
    return {
        "dokumen/berkas.diterima": Diterima(di),
        "dokumen/berkas.ditolak": ikut(ditolak),
        "dokumen/surat.disiapkan": ikut(ikuti_surat.disiapkan),
        "dokumen/surat.diterbitkan": ikut(ikuti_surat.diterbitkan),
        "dokumen/surat.ditahan": ikut(ikuti_surat.ditahan),
        "dokumen/surat.dicabut": ikut(ikuti_surat.dicabut),
        "dokumen/surat.dimusnahkan": ikut(ikuti_surat.dimusnahkan),
        "dokumen/surat.diserahkan": ikut(ikuti_surat.diserahkan),
        "*/pembatalan.dikabulkan": ikut(ikuti_keputusan.pembatalan_dikabulkan),
        "*/pembatalan.ditolak": ikut(ikuti_keputusan.pembatalan_ditolak),
        "persetujuan/tugas.dibuat": ikut(ikuti_keputusan.tugas_dibuat),
        "persetujuan/tugas.diputuskan": ikut(ikuti_keputusan.tugas_diputuskan),
        "persetujuan/permohonan.dikembalikan": Dikembalikan(di),
        "persetujuan/permohonan.ditolak": ikut(ikuti_keputusan.ditolak),
        "persetujuan/permohonan.disetujui": ikut(ikuti_keputusan.disetujui),
        "persetujuan/tenggat.ditetapkan": ikut(ikuti_keputusan.tenggat),
        "persetujuan/catatan.dibagikan": ikuti_keputusan.catatan,
        "notifikasi/pesan.terkirim": ikut(gangguan.pesan_terkirim),
        "notifikasi/pesan.digagalkan": ikut(gangguan.pesan_digagalkan),
        "*/penanganan.tertahan": ikut(gangguan.tertahan),
        "*/penanganan.dilanjutkan": ikut(gangguan.dilanjutkan),
    }


def dispatcher(di: Lingkup, contracts: Contracts) -> Dispatcher:
    """Every type that the contracts say we hear. Raises KeyError for one without a handler."""
    table = handlers(di)
    routes = {}
    for kind in contracts.heard_by(SERVICE):
        handle = table.get(f"{kind.service}/{kind.name}") or table[f"*/{kind.name}"]
        held = kind.name in HELD
        routes[kind.type] = (
            Route(di.permohonan, handle, _application) if held else Route(di.permohonan, handle)
        )
    return Dispatcher(SERVICE, contracts, di.permohonan, routes)


def _application(event: Event) -> tuple[str, str]:
    """A notice of trouble has its own id; the application is named inside."""
    return event.scope, str((event.data or {})["id"])
