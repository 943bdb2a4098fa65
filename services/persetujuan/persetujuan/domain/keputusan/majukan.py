"""What paraf and setuju have in common: the next step waits, or the flow has ended."""

from __future__ import annotations

from persetujuan.domain.alur import Keputusan
from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.galat import TransisiSalah
from persetujuan.domain.kasus import Hasil, Kasus, Tahap
from persetujuan.domain.keputusan.syarat import Perkara, diputus
from persetujuan.domain.mulai import buka
from persetujuan.domain.tugas import Tugas


def majukan(perkara: Perkara) -> Hasil:
    """The task is decided and the case moves one step on."""
    moved, facts = diputus(perkara)
    step = perkara.layanan.sesudah(perkara.langkah.kode)
    if step is None:
        return _disetujui(perkara, moved, facts)
    opened, task = buka(moved, perkara.layanan, step, perkara.tugas.putaran, perkara.waktu)
    return opened, (*facts, task)


def persetujuan_berlaku(kasus: Kasus, putaran: int) -> tuple[Tugas, ...]:
    """The approvals of this round that still hold: those after its last return to the kelurahan."""
    tasks = [task for task in kasus.tugas if task.putaran == putaran and not task.gugur]
    returned = [n for n, task in enumerate(tasks) if task.keputusan is Keputusan.KEMBALIKAN]
    since = tasks[returned[-1] + 1 :] if returned else tasks
    return tuple(task for task in since if task.keputusan is Keputusan.SETUJU)


def _disetujui(perkara: Perkara, kasus: Kasus, facts: tuple[Fakta, ...]) -> Hasil:
    approvals = persetujuan_berlaku(kasus, perkara.tugas.putaran)
    wanted = [step.kode for step in perkara.layanan.langkah if step.keputusan is Keputusan.SETUJU]
    if [task.langkah for task in approvals] != wanted:
        raise TransisiSalah("Persetujuan sebelumnya belum lengkap. Laporkan kepada admin.")
    data = {
        "putaran": perkara.tugas.putaran,
        "hash": perkara.lengkap.hash,
        "setuju": [
            {"peran": t.peran, "oleh": t.oleh, "kantor": t.kantor, "waktu": t.waktu} for t in approvals
        ],
        "waktu": teks(perkara.waktu),
    }
    return kasus.berakhir(Tahap.DISETUJUI), (*facts, Fakta(nama="permohonan.disetujui", data=data))
