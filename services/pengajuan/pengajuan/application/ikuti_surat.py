"""What dokumen says of the letter, as the resident's case shows it."""

from __future__ import annotations

from datetime import date, datetime

from pengajuan.application.peristiwa import Isi
from pengajuan.domain import ikuti, retensi
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import Permohonan, Surat


def disiapkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return kasus.dicatat("surat_disiapkan", waktu, "sistem", {"surat": data["surat"]})


def ditahan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.ditahan(kasus, alasan=data["alasan"], waktu=waktu)


def diterbitkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    letter = Surat(
        id=data["surat"], tanggal=date.fromisoformat(data["tanggal"]), rilis=data["rilis"], pada=waktu
    )
    return ikuti.terbit(kasus, putaran=data["putaran"], surat=letter, mengganti=data.get("mengganti"))


def dicabut(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.dicabut(kasus, surat=data["surat"], alasan=data["alasan"], waktu=waktu)


def dimusnahkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Langkah:
    """The letter's time is over: nothing of the person stays here either (R15)."""
    if kasus.surat is None or kasus.surat.id != data["surat"]:
        return kasus, ()
    emptied, facts = retensi.hapus_isi(kasus, waktu)
    return emptied.dicatat("dimusnahkan", waktu, "sistem", {"surat": data["surat"]}), facts


def diserahkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.diserahkan(kasus, waktu=waktu)
