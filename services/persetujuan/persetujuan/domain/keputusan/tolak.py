"""Tolak: a signer refuses for good, with a reason code; the words go to the applicant alone."""

from __future__ import annotations

from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.galat import KeputusanSalah
from persetujuan.domain.kasus import Hasil, Tahap
from persetujuan.domain.keputusan.syarat import Perkara, catatan, diputus


def tolak(perkara: Perkara) -> Hasil:
    """→ DITOLAK."""
    reason = perkara.putusan.alasan
    if not reason:
        raise KeputusanSalah("Alasan penolakan wajib dipilih.")
    moved, facts = diputus(perkara)
    data = {
        "putaran": perkara.tugas.putaran,
        "alasan": reason,
        "oleh": perkara.pemutus.akun,
        "waktu": teks(perkara.waktu),
    }
    words = [{"kode": reason, "teks": perkara.putusan.teks}] if perkara.putusan.teks else []
    told = (*facts, Fakta(nama="permohonan.ditolak", data=data), *catatan(perkara, words))
    return moved.berakhir(Tahap.DITOLAK), told
