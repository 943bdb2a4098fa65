"""One list, then at most a second with the lurah's consent; after two the office calls (R10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.permohonan import IzinDaftar, Kekurangan, Pelaku, Permohonan, salah_status
from pengajuan.domain.status import Status

PALING_BANYAK = 2


def izinkan(kasus: Permohonan, *, pelaku: Pelaku, kode: tuple[str, ...], waktu: datetime) -> events.Langkah:
    """The lurah lets a second list name these points too, in this round. Raises TransisiSalah."""
    if kasus.status not in {Status.DIPERIKSA, Status.DIPROSES}:
        raise salah_status(kasus, "diberi daftar kedua")
    given = IzinDaftar(putaran=kasus.putaran, kode=kode, oleh=pelaku.id)
    return replace(kasus, izin_daftar=given).dicatat("daftar_kedua_diizinkan", waktu, pelaku.peran), ()


def boleh_dikembalikan(kasus: Permohonan, kekurangan: tuple[Kekurangan, ...]) -> None:
    """Whether one more list may go to the resident, and what it may name. Raises TransisiSalah."""
    times = sum(1 for line in kasus.riwayat if line.kode == "dikembalikan")
    if times == 0:
        return
    if times >= PALING_BANYAK:
        raise TransisiSalah(
            "daftar-ketiga",
            "Permohonan ini sudah dua kali dikembalikan. Hubungi warga lewat telepon, lalu lengkapi di loket.",
        )
    consent = kasus.izin_daftar
    if consent is None or consent.putaran != kasus.putaran:
        raise TransisiSalah(
            "daftar-kedua-perlu-izin",
            "Daftar kedua perlu izin lurah. Minta lurah menyetujuinya, atau hubungi warga lewat telepon.",
        )
    changed = {b.syarat for b in kasus.berkas if b.putaran == kasus.putaran}
    new = {k.kode for k in kekurangan} - changed - set(consent.kode)
    if new:
        raise TransisiSalah(
            "daftar-kedua-terbatas",
            "Daftar kedua hanya boleh menyebut berkas yang baru dikirim atau hal yang diizinkan lurah. "
            f"Hapus dari daftar: {', '.join(sorted(new))}.",
        )
