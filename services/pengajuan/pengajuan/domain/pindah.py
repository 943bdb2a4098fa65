"""A misfiled case ends here and begins anew at the right office, linked both ways (R7).

An application never changes its kelurahan: each has a stream of its own. Papers are copied by dokumen and told
again (`berkas.diterima`), so the case there begins without them; its clock begins anew too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.kelengkapan import syarat_berlaku
from pengajuan.domain.pengisian import Konteks, lanjut
from pengajuan.domain.permohonan import Cara, JalanSyarat, Pelaku, Permohonan, Pindahan
from pengajuan.domain.status import Status


def pindahkan(kasus: Permohonan, *, ke: Pindahan, pelaku: Pelaku, waktu: datetime) -> events.Langkah:
    """Status menunggu_berkas | diperiksa | diperbaiki → dipindah. Raises TransisiSalah."""
    if ke.kantor == kasus.kantor:
        raise TransisiSalah(
            "pindah-kantor-sama", "Permohonan ini sudah di kelurahan itu. Pilih kelurahan yang lain."
        )
    moved = replace(kasus.menjadi(Status.DIPINDAH, "dipindah"), lengkapi_sampai=None, pindah_ke=ke)
    detail = {"kantor": ke.kantor, "permohonan": ke.permohonan}
    noted = moved.dicatat("dipindah", waktu, pelaku.peran, detail)
    return noted, (events.ditutup(noted, "dipindah", waktu),)


def datang(
    lama: Permohonan, konteks: Konteks, *, resi: str, rahasia_hash: str, waktu: datetime
) -> events.Langkah:
    """The case at its new office: what was typed and by whom, a receipt of its own, the first round."""
    if lama.pindah_ke is None:
        raise ValueError(f"{lama.id} was not moved")
    kasus = Permohonan(
        id=lama.pindah_ke.permohonan,
        kantor=lama.pindah_ke.kantor,
        layanan=lama.layanan,
        versi_layanan=lama.versi_layanan,
        resi=resi,
        rahasia_hash=rahasia_hash,
        kanal=lama.kanal,
        dibuat_oleh=lama.dibuat_oleh,
        dibuat_pada=waktu,
        pemohon=lama.pemohon,
        hubungan=lama.hubungan,
        subjek=lama.subjek,
        data=lama.data,
        koreksi=lama.koreksi,
        asal=lama.asal,
        pindah_dari=Pindahan(kantor=lama.kantor, permohonan=lama.id, tiba=True),
        rahasia_dari=lama.rahasia_dari or lama.id,
        diajukan_pada=waktu,
    )
    wanted = syarat_berlaku(kasus, konteks.layanan, konteks.batas)
    ways = {s.kode: lama.jalan.get(s.kode, JalanSyarat(cara=Cara.UNGGAH)) for s in wanted}
    detail = {"kantor": lama.kantor, "permohonan": lama.id}
    filed = replace(kasus, jalan=ways).dicatat("pindahan", waktu, "sistem", detail)
    filed = filed.dicatat("diajukan", waktu, "sistem")
    moved, facts = lanjut(filed, konteks, waktu)
    return moved, (events.diajukan(filed, wanted, waktu), events.pemohon_dibagikan(filed), *facts)


def tiba(kasus: Permohonan) -> Permohonan:
    """Known to be at the other office."""
    there = kasus.pindah_ke
    return kasus if there is None else replace(kasus, pindah_ke=replace(there, tiba=True))
