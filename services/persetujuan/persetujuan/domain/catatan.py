"""A note to whoever decides next: words among officials, kept with the case, told to nobody outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from persetujuan.domain.fakta import teks
from persetujuan.domain.galat import BukanWewenang, PerkaraSendiri, TransisiSalah, TugasTidakAda
from persetujuan.domain.kasus import Catatan, Kasus
from persetujuan.domain.keputusan.syarat import Pemutus, berwenang
from persetujuan.domain.sebutan import SEBUTAN

BANYAK = 20


def tulis(kasus: Kasus, tugas: str, pemutus: Pemutus, kata: str, waktu: datetime) -> Kasus:
    """The case with one note more. Raises a PersetujuanSalah: not his turn, his own case, or too many notes."""
    task = kasus.cari(tugas)
    if task is None:
        raise TugasTidakAda("Tugas tidak ditemukan.")
    if not berwenang(task, pemutus):
        raise BukanWewenang(f"Langkah ini diputus oleh {SEBUTAN[task.peran]}.")
    if pemutus.hash & set(kasus.pemilik):
        raise PerkaraSendiri("Ini permohonan Anda atau keluarga Anda. Pejabat lain yang memutusnya.")
    if not task.terbuka:
        raise TransisiSalah("Tugas ini sudah tidak menunggu keputusan. Muat ulang daftar tugas.")
    if len(kasus.catatan) >= BANYAK:
        raise TransisiSalah(f"Catatan sudah {BANYAK}. Sampaikan langsung kepada pejabat berikutnya.")
    note = Catatan(
        langkah=task.langkah,
        peran=task.peran,
        putaran=task.putaran,
        oleh=pemutus.akun,
        teks=kata,
        waktu=teks(waktu),
    )
    return replace(kasus, catatan=(*kasus.catatan, note))
