"""Decide a task: look it up, check the demands, let the behaviour act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from persetujuan.domain.alur import Keputusan, Layanan
from persetujuan.domain.galat import TugasTidakAda
from persetujuan.domain.kasus import Hasil, Kasus
from persetujuan.domain.keputusan.kembalikan import kembalikan
from persetujuan.domain.keputusan.paraf import paraf
from persetujuan.domain.keputusan.setuju import setuju
from persetujuan.domain.keputusan.syarat import Pemutus, Perkara, Putusan, periksa
from persetujuan.domain.keputusan.tolak import tolak

_AKSI: Final[Mapping[Keputusan, Callable[[Perkara], Hasil]]] = {
    Keputusan.PARAF: paraf,
    Keputusan.SETUJU: setuju,
    Keputusan.KEMBALIKAN: kembalikan,
    Keputusan.TOLAK: tolak,
}


def putuskan(
    kasus: Kasus, layanan: Layanan, tugas: str, pemutus: Pemutus, putusan: Putusan, waktu: datetime
) -> Hasil:
    """Raises a PersetujuanSalah; the case is then untouched."""
    task, complete = kasus.cari(tugas), kasus.lengkap
    if task is None or complete is None:
        raise TugasTidakAda("Tugas tidak ditemukan.")
    layanan = kasus.jalan(layanan)
    perkara = Perkara(
        kasus=kasus,
        lengkap=complete,
        layanan=layanan,
        tugas=task,
        langkah=layanan.langkah_kode(task.langkah),
        pemutus=pemutus,
        putusan=putusan,
        waktu=waktu,
    )
    periksa(perkara)
    return _AKSI[putusan.keputusan](perkara)
