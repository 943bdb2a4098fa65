"""Forwarding (R9 TERUSKAN): the counter checks the case and sends it on; what becomes of it is told later.

No number and no promised days belong to such a case: the other office decides and hands out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from pengajuan.domain import events
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.periksa import boleh_diperiksa, sudah_dilihat
from pengajuan.domain.permohonan import Catatan, Pelaku, Pembebasan, Permohonan, Terusan, salah_status
from pengajuan.domain.status import Status

HASIL: Mapping[str, str] = {
    "selesai": "Sudah selesai di {kantor}.",
    "ditolak": "Tidak dapat diproses {kantor}.",
    "diminta_datang": "{kantor} meminta Anda datang.",
}


def teruskan(
    kasus: Permohonan,
    layanan: Layanan,
    *,
    pelaku: Pelaku,
    dilihat: Mapping[str, str],
    pembebasan: tuple[Pembebasan, ...],
    tanggal: date,
    rujukan: str,
    waktu: datetime,
    batas: Mapping[str, int],
) -> events.Langkah:
    """Status diperiksa → diteruskan; papers were opened as for "lengkap". Raises TransisiSalah."""
    if layanan.penerusan is None:
        raise TransisiSalah(
            "layanan-tidak-diteruskan",
            "Layanan ini selesai di sini. Tekan lengkap, bukan teruskan.",
        )
    boleh_diperiksa(kasus, pelaku, "diteruskan")
    sudah_dilihat(kasus, layanan, dilihat=dilihat, pembebasan=pembebasan, batas=batas)
    sent = Terusan(kantor=layanan.penerusan.kantor, tanggal=tanggal, rujukan=rujukan)
    said = f"Diteruskan ke {sent.kantor} tanggal {tanggal:%d-%m-%Y}, nomor {rujukan}."
    moved = replace(
        kasus.menjadi(Status.DITERUSKAN, "diteruskan"),
        terusan=sent,
        pembebasan=pembebasan,
        kekurangan=(),
        catatan=(Catatan(kode="diteruskan", teks=said),),
    ).dicatat("diteruskan", waktu, pelaku.peran)
    return moved, (events.diteruskan(moved, waktu), events.catatan_terusan(moved, pelaku.peran))


def terima_hasil(
    kasus: Permohonan, *, pelaku: Pelaku, hasil: str, teks: str, waktu: datetime
) -> events.Langkah:
    """What the other office did, once told, in the clerk's words. Raises TransisiSalah."""
    if kasus.status is not Status.DITERUSKAN or kasus.terusan is None:
        raise salah_status(kasus, "diberi hasil")
    said = " ".join(part for part in (HASIL[hasil].format(kantor=kasus.terusan.kantor), teks) if part)
    moved = replace(
        kasus, terusan=replace(kasus.terusan, hasil=hasil), catatan=(Catatan(kode="hasil", teks=said),)
    ).dicatat("hasil_diterima", waktu, pelaku.peran, {"hasil": hasil})
    return moved, (
        events.hasil_diterima(moved, hasil, waktu),
        events.catatan_terusan(moved, pelaku.peran),
    )
