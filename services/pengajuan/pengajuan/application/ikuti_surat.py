"""What dokumen says of the letter, as the resident's case shows it."""

from __future__ import annotations

from dataclasses import replace
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
        id=data["surat"],
        tanggal=date.fromisoformat(data["tanggal"]),
        rilis=data["rilis"],
        jenis=data.get("jenis", ""),
        pada=waktu,
    )
    left, replaced = data.get("sisa", 0), data.get("mengganti")
    return ikuti.terbit(kasus, putaran=data["putaran"], surat=letter, sisa=left, mengganti=replaced)


def dicabut(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    over = bool(data.get("selesai"))
    return ikuti.dicabut(kasus, surat=data["surat"], alasan=data["alasan"], selesai=over, waktu=waktu)


def dimusnahkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Langkah:
    """The letter's time is over: with the case's last one nothing of the person stays here either (R15)."""
    letter = next((s for s in kasus.semua_surat if s.id == data["surat"]), None)
    if letter is None:
        return kasus, ()
    gone = kasus.dengan_surat(replace(letter, dimusnahkan=True))
    last = all(s.dimusnahkan for s in gone.semua_surat)
    emptied, facts = retensi.hapus_isi(gone, waktu) if last else (gone, ())
    return emptied.dicatat("dimusnahkan", waktu, "sistem", {"surat": data["surat"]}), facts


def diserahkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.diserahkan(kasus, surat=data["surat"], sisa=data.get("sisa", 0), waktu=waktu)
