"""Cases and tasks as the API shows them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chassis.aggregate import Outcome
from chassis.clock import rfc3339
from persetujuan.bootstrap import App
from persetujuan.domain.alur import Keputusan
from persetujuan.domain.kasus import Kasus
from persetujuan.domain.keadaan import from_state
from persetujuan.domain.keputusan.syarat import Pemutus, berwenang
from persetujuan.domain.tugas import Tugas


def kasus_dari(found: Outcome) -> Kasus:
    return from_state(found.state or {})


def ringkas(app: App, kasus: Kasus, tugas: Tugas) -> dict[str, Any]:
    """One line of an inbox: no personal data."""
    code = kasus.lengkap.layanan if kasus.lengkap else ""
    return {
        "id": tugas.id,
        "permohonan": kasus.id,
        "kantor": kasus.kantor,
        "layanan": code,
        "nama_layanan": app.layanan[code].nama,
        "langkah": tugas.langkah,
        "seksi": tugas.seksi,
        "putaran": tugas.putaran,
        "jatuh_tempo": tugas.jatuh_tempo,
        "terlambat": tugas.terbuka and tugas.jatuh_tempo < rfc3339(app.clock.now()),
        **ditunggu(kasus if tugas.terbuka else None),
    }


def ditunggu(kasus: Kasus | None) -> dict[str, Any]:
    """Whether the resident waits at the counter, and since when."""
    mark = kasus.ditunggu if kasus else None
    since = mark.sejak if mark else ""
    return {"menunggu_di_loket": mark is not None, "menunggu_sejak": since or None}


def rinci(app: App, kasus: Kasus, tugas: Tugas, siapa: Pemutus) -> dict[str, Any]:
    """Everything a decider looks at; holds personal data."""
    personal = kasus.pribadi or {}
    complete = kasus.lengkap
    step = app.layanan[complete.layanan if complete else ""].langkah_kode(tugas.langkah)
    return ringkas(app, kasus, tugas) | {
        "status": "diputus" if tugas.keputusan else "gugur" if tugas.gugur else "terbuka",
        "peran": tugas.peran,
        "boleh_memutus": tugas.terbuka and berwenang(tugas, siapa) and not siapa.hash & set(kasus.pemilik),
        "pilihan": [choice.value for choice in Keputusan if step.boleh(choice)],
        "konseptor": complete.konseptor if complete else "",
        "hash": complete.hash if complete else "",
        "nomor_resi": personal.get("nomor_resi"),
        "pemohon": personal.get("pemohon"),
        "subjek": personal.get("subjek", []),
        "hubungan": personal.get("hubungan"),
        "jawaban": personal.get("jawaban", {}),
        "pembebasan": personal.get("pembebasan") or [],
        "berkas": [{"id": b["id"], "syarat": b["syarat"]} for b in (complete.berkas if complete else ())],
        "riwayat": [_row(task) for task in kasus.tugas if task.keputusan is not None],
        "dikembalikan": asdict(kasus.kembali) if kasus.kembali else None,
        "catatan": [asdict(note) for note in kasus.catatan],
    }


def _row(task: Tugas) -> dict[str, Any]:
    names = ("langkah", "peran", "putaran", "keputusan", "oleh", "waktu")
    return {name: getattr(task, name) for name in names}
