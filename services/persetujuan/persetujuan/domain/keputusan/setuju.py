"""Setuju: a signer's approval; the camat's only after the lurah's, the last one ends the flow."""

from __future__ import annotations

from persetujuan.domain.alur import Keputusan, Tingkat
from persetujuan.domain.galat import TransisiSalah
from persetujuan.domain.kasus import Hasil
from persetujuan.domain.keputusan.majukan import majukan, persetujuan_berlaku
from persetujuan.domain.keputusan.syarat import Perkara


def setuju(perkara: Perkara) -> Hasil:
    """Raises TransisiSalah if a kecamatan would approve what the kelurahan has not."""
    given = {task.langkah for task in persetujuan_berlaku(perkara.kasus, perkara.tugas.putaran)}
    before = {
        step.kode
        for step in perkara.layanan.langkah
        if step.tingkat is Tingkat.KELURAHAN and step.keputusan is Keputusan.SETUJU
    }
    if perkara.langkah.tingkat is Tingkat.KECAMATAN and not before <= given:
        raise TransisiSalah("Camat menyetujui sesudah lurah. Tunggu persetujuan lurah.")
    return majukan(perkara)
