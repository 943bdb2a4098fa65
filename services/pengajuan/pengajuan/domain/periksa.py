"""The counter's check (R3): a clerk opened every paper and says complete, or returns one list.

Nothing else makes a case complete. The clerk becomes the drafter, who may never sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from pengajuan.domain import daftar_kedua, events
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.kelengkapan import berkas_berlaku, sidik_kasus, syarat_berlaku, tanpa_berkas
from pengajuan.domain.layanan import Layanan, Syarat
from pengajuan.domain.pengantar import SYARAT, Keadaan
from pengajuan.domain.permohonan import (
    Berkas,
    Kekurangan,
    Lengkap,
    Pelaku,
    Pembebasan,
    Permohonan,
    salah_status,
)
from pengajuan.domain.status import Status

PERAN_LOKET = frozenset({"petugas_loket", "petugas_loket_kecamatan"})
ALASAN_KEKURANGAN = frozenset(
    {
        "belum_ada",
        "buram",
        "terpotong",
        "salah_dokumen",
        "habis_masa_berlaku",
        "tidak_cocok",
        "isian_salah",
        "lainnya",
    }
)
RT_RW_DIAM = "rt_rw_tidak_menjawab"
KODE_PEMBEBASAN = frozenset(
    {"hilang", "terbakar_banjir", "belum_punya_ktp", "data_sudah_di_kantor", RT_RW_DIAM, "lainnya"}
)


def lengkap(
    kasus: Permohonan,
    layanan: Layanan,
    *,
    pelaku: Pelaku,
    dilihat: Mapping[str, str],
    pembebasan: tuple[Pembebasan, ...] = (),
    waktu: datetime,
    batas: Mapping[str, int],
) -> events.Langkah:
    """Status diperiksa → diproses; `dilihat` maps paper ids to the sha256 the clerk saw. Raises TransisiSalah."""
    if layanan.penerusan is not None:
        raise TransisiSalah(
            "layanan-diteruskan",
            f"Layanan ini diteruskan ke {layanan.penerusan.kantor}. Tekan teruskan, bukan lengkap.",
        )
    boleh_diperiksa(kasus, pelaku, "dinyatakan lengkap")
    papers = sudah_dilihat(kasus, layanan, dilihat=dilihat, pembebasan=pembebasan, batas=batas)
    complete = Lengkap(
        putaran=kasus.putaran, hash=sidik_kasus(kasus, papers), konseptor=pelaku.id, pada=waktu
    )
    moved = replace(
        kasus.menjadi(Status.DIPROSES, "dinyatakan lengkap"),
        lengkap=complete,
        pembebasan=pembebasan,
        kekurangan=(),
        di_kecamatan=False,
    ).dicatat("dinyatakan_lengkap", waktu, pelaku.peran)
    facts = (events.dinyatakan_lengkap(moved, complete, papers),)
    return moved, (*facts, events.pemohon_dibagikan(moved)) if pembebasan else facts


def kembalikan(
    kasus: Permohonan,
    layanan: Layanan,
    *,
    pelaku: Pelaku,
    kekurangan: tuple[Kekurangan, ...],
    waktu: datetime,
    batas: Mapping[str, int],
) -> events.Langkah:
    """Status diperiksa → diperbaiki with one whole list. Raises TransisiSalah."""
    boleh_diperiksa(kasus, pelaku, "dikembalikan")
    check_list(kekurangan, layanan, syarat_berlaku(kasus, layanan, batas))
    daftar_kedua.boleh_dikembalikan(kasus, kekurangan)
    moved = dikembalikan(kasus, layanan, kekurangan, pelaku.peran, waktu)
    notes = (events.catatan_dibagikan(moved, pelaku.peran),) if any(k.catatan for k in kekurangan) else ()
    return moved, (events.dikembalikan(moved, waktu), *notes)


def dikembalikan(
    kasus: Permohonan, layanan: Layanan, kekurangan: tuple[Kekurangan, ...], oleh: str, waktu: datetime
) -> Permohonan:
    """The case in the resident's hands with its list and the last day to answer."""
    until = waktu + timedelta(days=layanan.batas_lengkapi_hari)
    moved = kasus.menjadi(Status.DIPERBAIKI, "dikembalikan")
    returned = replace(
        moved, kekurangan=kekurangan, lengkapi_sampai=until, di_kecamatan=False, dilengkapi_petugas=False
    )
    return returned.dicatat("dikembalikan", waktu, oleh, {"jumlah": len(kekurangan)})


def check_list(kekurangan: tuple[Kekurangan, ...], layanan: Layanan, wanted: tuple[Syarat, ...]) -> None:
    """A list names at least one point; each a paper or a field of this case, once, with a known reason."""
    if not kekurangan:
        raise TransisiSalah(
            "daftar-kosong", "Daftar kekurangan masih kosong. Pilih berkas atau isian yang perlu diperbaiki."
        )
    known = {("syarat", s.kode) for s in wanted} | {("medan", m.id) for m in layanan.medan}
    named = [(k.jenis, k.kode) for k in kekurangan]
    if any(name not in known for name in named):
        raise TransisiSalah(
            "daftar-tak-dikenal", "Daftar menyebut berkas atau isian yang tidak ada pada layanan ini."
        )
    if len(set(named)) != len(named):
        raise TransisiSalah(
            "daftar-berulang", "Satu berkas atau isian disebut dua kali. Gabungkan menjadi satu baris."
        )
    if any(k.alasan not in ALASAN_KEKURANGAN for k in kekurangan):
        codes = ", ".join(sorted(ALASAN_KEKURANGAN))
        raise TransisiSalah(
            "kode-tak-dikenal", f"Alasan kekurangan tidak dikenal. Pilih salah satu: {codes}."
        )


def sudah_dilihat(
    kasus: Permohonan,
    layanan: Layanan,
    *,
    dilihat: Mapping[str, str],
    pembebasan: tuple[Pembebasan, ...],
    batas: Mapping[str, int],
) -> tuple[Berkas, ...]:
    """The papers in force, when each mandatory one is there or waived and each was opened. Raises TransisiSalah."""
    wanted = syarat_berlaku(kasus, layanan, batas)
    _check_waivers(pembebasan, wanted, kasus)
    missing = tanpa_berkas(kasus, wanted, frozenset(p.syarat for p in pembebasan))
    if missing:
        raise TransisiSalah(
            "berkas-belum-lengkap", f"Belum ada berkas untuk: {_labels(wanted, missing)}. Pindai di loket."
        )
    papers = berkas_berlaku(kasus, wanted)
    _check_seen(papers, wanted, dilihat)
    return papers


def boleh_diperiksa(kasus: Permohonan, pelaku: Pelaku, langkah: str) -> None:
    """A counter clerk, while the case waits for the counter, never on his own. Raises TransisiSalah."""
    if kasus.status is not Status.DIPERIKSA:
        raise salah_status(kasus, langkah)
    if pelaku.peran not in PERAN_LOKET:
        raise TransisiSalah("bukan-petugas-loket", "Hanya petugas loket yang memeriksa kelengkapan berkas.")
    if kasus.pemohon.akun == pelaku.id:
        raise TransisiSalah(
            "permohonan-sendiri", "Ini permohonan Anda sendiri. Minta petugas lain memeriksanya."
        )


def _check_waivers(pembebasan: tuple[Pembebasan, ...], wanted: tuple[Syarat, ...], kasus: Permohonan) -> None:
    silent = kasus.pengantar is not None and kasus.pengantar.keadaan is Keadaan.TIDAK_DIJAWAB
    if any(p.kode == RT_RW_DIAM and not (silent and p.syarat == SYARAT) for p in pembebasan):
        raise TransisiSalah(
            "pembebasan-tidak-sah",
            "Alasan RT/RW tidak menjawab hanya untuk surat pengantar yang sudah dimintakan konfirmasi "
            "dan lewat waktunya.",
        )
    known = {s.kode for s in wanted}
    for waiver in pembebasan:
        if waiver.syarat not in known or waiver.kode not in KODE_PEMBEBASAN or not waiver.catatan.strip():
            raise TransisiSalah(
                "pembebasan-tidak-sah",
                "Menerima tanpa berkas perlu syarat dari daftar, kode alasan dan catatan yang dibaca penanda tangan.",
            )


def _check_seen(papers: tuple[Berkas, ...], wanted: tuple[Syarat, ...], dilihat: Mapping[str, str]) -> None:
    unseen = tuple(b.syarat for b in papers if dilihat.get(b.id) != b.sha256)
    if unseen:
        raise TransisiSalah(
            "berkas-belum-dilihat",
            f"Buka dulu berkas ini sebelum menekan lengkap: {_labels(wanted, unseen)}.",
        )


def _labels(wanted: tuple[Syarat, ...], codes: tuple[str, ...]) -> str:
    return ", ".join(s.label for s in wanted if s.kode in codes)
