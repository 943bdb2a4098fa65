"""Following: what persetujuan and dokumen decided becomes the state that residents see.

An event of an earlier round is recorded, not applied. An event that no state of the case explains raises
TransisiSalah, so that it is parked and looked at.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from pengajuan.domain.layanan import Layanan
from pengajuan.domain.periksa import dikembalikan as returned_to_resident
from pengajuan.domain.permohonan import Catatan, Kekurangan, Permohonan, Surat
from pengajuan.domain.status import Status

KECAMATAN_DIGITS = 6


def tugas_dibuat(kasus: Permohonan, *, putaran: int, kantor: str) -> Permohonan:
    """A task waits at this office, a kecamatan having six digits: changes the word shown, not the state."""
    if putaran < kasus.putaran or kasus.status is not Status.DIPROSES:
        return kasus
    at_kecamatan = len(kantor) == KECAMATAN_DIGITS
    # What the kecamatan sent back stays "sedang dilengkapi petugas" until it is there again.
    completing = kasus.dilengkapi_petugas and not at_kecamatan
    points = kasus.kekurangan_kantor if completing else ()
    return replace(kasus, di_kecamatan=at_kecamatan, dilengkapi_petugas=completing, kekurangan_kantor=points)


def disetujui(kasus: Permohonan, *, putaran: int, waktu: datetime) -> Permohonan:
    """Status diproses → disetujui: the flow's last agreement."""
    if putaran < kasus.putaran:
        return _old(kasus, "disetujui", waktu)
    moved = replace(
        kasus.menjadi(Status.DISETUJUI, "disetujui"),
        di_kecamatan=False,
        dilengkapi_petugas=False,
        kekurangan_kantor=(),
    )
    return moved.dicatat("disetujui", waktu, "sistem")


def ditolak(kasus: Permohonan, *, putaran: int, alasan: str, waktu: datetime) -> Permohonan:
    """Status diproses → ditolak with the official's reason code."""
    if putaran < kasus.putaran:
        return _old(kasus, "ditolak", waktu)
    moved = replace(kasus.menjadi(Status.DITOLAK, "ditolak"), pembatalan_diminta=False)
    return moved.dicatat("ditolak", waktu, "sistem", {"alasan": alasan})


def dikembalikan(
    kasus: Permohonan,
    layanan: Layanan,
    *,
    putaran: int,
    target: Literal["warga", "kelurahan"],
    kekurangan: tuple[Kekurangan, ...],
    waktu: datetime,
) -> Permohonan:
    """Status diproses → diperbaiki, or for `kelurahan` the same state with a notice line (R10)."""
    if putaran < kasus.putaran:
        return _old(kasus, "dikembalikan", waktu)
    if target == "kelurahan":
        stays = replace(kasus, dilengkapi_petugas=True, di_kecamatan=False, kekurangan_kantor=kekurangan)
        return stays.dicatat("dikembalikan_ke_kelurahan", waktu, "sistem")
    return returned_to_resident(kasus, layanan, kekurangan, "sistem", waktu)


def terbit(
    kasus: Permohonan, *, putaran: int, surat: Surat, sisa: int = 0, mengganti: str | None = None
) -> Permohonan:
    """Status disetujui → terbit with the case's last letter: it has its number, date and signature.

    While others are to come (`sisa`) it is only noted. A corrected one takes the place of the letter it replaces;
    the resident has to receive it anew (R10).
    """
    if putaran < kasus.putaran:
        return _old(kasus, "terbit", surat.pada)
    known, about = kasus.dengan_surat(surat), {"surat": surat.id}
    if mengganti is not None and kasus.status is Status.TERBIT:
        return known.dicatat("diganti", surat.pada, "sistem", about)
    moved = known.menjadi(Status.TERBIT, "diterbitkan")
    if sisa:
        return known.dicatat("diganti" if mengganti else "surat_terbit", surat.pada, "sistem", about)
    ready = replace(moved, pembatalan_diminta=False, dilengkapi_petugas=False)
    return ready.dicatat("terbit", surat.pada, "sistem", about)


def diserahkan(kasus: Permohonan, *, surat: str = "", sisa: int = 0, waktu: datetime) -> Permohonan:
    """Status terbit → diserahkan with the case's last letter: handed over, or first downloaded (`langsung`)."""
    if sisa and kasus.status in {Status.DISETUJUI, Status.TERBIT}:
        return kasus.dicatat("surat_diserahkan", waktu, "sistem", {"surat": surat})
    if kasus.status is Status.DISERAHKAN:
        return _old(kasus, "diserahkan", waktu)
    return kasus.menjadi(Status.DISERAHKAN, "diserahkan").dicatat("diserahkan", waktu, "sistem")


def pembatalan_dikabulkan(kasus: Permohonan, *, putaran: int, waktu: datetime) -> Permohonan:
    """Status diproses | disetujui → dibatalkan: the owner granted the request."""
    if putaran < kasus.putaran:
        return _old(kasus, "pembatalan_dikabulkan", waktu)
    moved = replace(kasus.menjadi(Status.DIBATALKAN, "dibatalkan"), pembatalan_diminta=False)
    return moved.dicatat("dibatalkan", waktu, "sistem", {"sebab": "dikabulkan"})


def pembatalan_ditolak(kasus: Permohonan, *, waktu: datetime) -> Permohonan:
    """The owner goes on: the notice line disappears."""
    return replace(kasus, pembatalan_diminta=False).dicatat("pembatalan_ditolak", waktu, "sistem")


def keputusan(
    kasus: Permohonan, *, langkah: str, hasil: str, peran: str, putaran: int, waktu: datetime
) -> Permohonan:
    """One decision on the way: a line of history, no other state."""
    if putaran < kasus.putaran:
        return _old(kasus, "diputuskan", waktu)
    return kasus.dicatat("diputuskan", waktu, peran, {"langkah": langkah, "keputusan": hasil})


def ditahan(kasus: Permohonan, *, alasan: str, waktu: datetime) -> Permohonan:
    """Dokumen cannot write the letter yet: officials complete the data, the state stays."""
    held = replace(kasus, dilengkapi_petugas=True)
    return held.dicatat("surat_ditahan", waktu, "sistem", {"alasan": alasan})


def dicabut(
    kasus: Permohonan, *, surat: str, alasan: str, selesai: bool = False, waktu: datetime
) -> Permohonan:
    """The letter is void; the case stays where it is and says so, or ends if the others are received (`selesai`)."""
    letter = next((s for s in kasus.semua_surat if s.id == surat), None)
    void = kasus.dengan_surat(replace(letter, dicabut=alasan)) if letter else kasus
    told = (
        void.dicatat("dicabut", waktu, "sistem", {"surat": surat, "alasan": alasan})
        if letter
        else _old(kasus, "dicabut", waktu)
    )
    return diserahkan(told, surat=surat, waktu=waktu) if selesai else told


def tenggat(kasus: Permohonan, *, bagian: str, jatuh_tempo: str) -> Permohonan:
    """The due time of one part of the flow; the resident sees the latest one."""
    return replace(kasus, tenggat={**kasus.tenggat, bagian: jatuh_tempo})


def dicatat_pejabat(kasus: Permohonan, catatan: tuple[Catatan, ...]) -> Permohonan:
    """An official's words: the newest list replaces the earlier one."""
    return replace(kasus, catatan=catatan)


def tertahan(kasus: Permohonan, *, service: str) -> Permohonan:
    """Another service set this case aside (R14)."""
    return kasus if service in kasus.gangguan else replace(kasus, gangguan=(*kasus.gangguan, service))


def dilanjutkan(kasus: Permohonan, *, service: str) -> Permohonan:
    """That service works on the case again."""
    return replace(kasus, gangguan=tuple(s for s in kasus.gangguan if s != service))


def _old(kasus: Permohonan, kode: str, waktu: datetime) -> Permohonan:
    return kasus.dicatat(f"{kode}_diabaikan", waktu, "sistem")
