"""Invented residents and filled forms for the tests of pengajuan."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from pengajuan.adapters.katalog import baca_layanan
from pengajuan.domain import draf
from pengajuan.domain.ajukan import ajukan
from pengajuan.domain.kelengkapan import putaran_berkas
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.pengisian import Konteks
from pengajuan.domain.periksa import lengkap
from pengajuan.domain.permohonan import (
    Berkas,
    Cara,
    Hubungan,
    JalanSyarat,
    Kanal,
    Kekurangan,
    Pelaku,
    Pemohon,
    Permohonan,
)
from pengajuan.domain.terima_berkas import terima

LAYANAN = baca_layanan()
SKDOM: Layanan = LAYANAN["SKDOM"]
SKTM: Layanan = LAYANAN["SKTM"]
T0 = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
WARGA = Pelaku(id="akun-warga", peran="warga")
LOKET = Pelaku(id="akun-loket", peran="petugas_loket")

ISIAN_SKDOM: dict[str, object] = {
    "nama": "Sari Contohwati",
    "nik": "3276015203959001",
    "no_kk": "3276011203189002",
    "tempat_lahir": "Bandung",
    "tanggal_lahir": "1995-03-12",
    "jenis_kelamin": "perempuan",
    "agama": "islam",
    "status_kawin": "belum_kawin",
    "pekerjaan": "Karyawan swasta",
    "kewarganegaraan": "wni",
    "alamat_ktp": "Jalan Contoh Lama Nomor 1 RT 001 RW 002, Kota Bandung",
    "alamat": "Jalan Belimbing Contoh Nomor 12",
    "rt": "3",
    "rw": "08",
    "tinggal_sejak": "2023-08",
    "status_tinggal": "milik_sendiri",
    "pengantar_nomor": "014/RT003/I/2026",
    "pengantar_tanggal": "2026-01-12",
    "keperluan": "perbankan",
    "data_benar": True,
}
ISIAN_SKTM: dict[str, object] = {
    "nama": "Budi Misalnya",
    "nik": "3276011203809003",
    "no_kk": "3276011203189004",
    "tempat_lahir": "Depok",
    "tanggal_lahir": "1980-03-12",
    "jenis_kelamin": "laki_laki",
    "agama": "islam",
    "status_kawin": "kawin",
    "pekerjaan": "Buruh harian",
    "kewarganegaraan": "wni",
    "alamat": "Gang Mawar Contoh Nomor 4",
    "rt": "001",
    "rw": "005",
    "untuk": "anggota_keluarga",
    "untuk_nama": "Rani Misalnya",
    "untuk_nik": "3276015011109005",
    "untuk_hubungan": "anak",
    "kepala_keluarga": "Budi Misalnya",
    "tanggungan": 3,
    "penghasilan": "sampai_2_juta",
    "dtsen": "tidak_tahu",
    "keperluan": "sekolah",
    "tujuan_nama": "SMP Contoh 9 Depok",
    "pengantar_nomor": "021/RT001/I/2026",
    "pengantar_tanggal": "2026-01-13",
    "data_benar": True,
}


def konteks(layanan: Layanan = SKDOM) -> Konteks:
    return Konteks(
        layanan=layanan, hari_ini=date(2026, 1, 15), batas={}, orang=lambda nik, nama: f"h:{nik}:{nama}"
    )


def buat_draf(
    layanan: Layanan = SKDOM, *, hubungan: Hubungan = Hubungan.DIRI_SENDIRI, **ganti: object
) -> Permohonan:
    isian = ISIAN_SKDOM if layanan is SKDOM else ISIAN_SKTM
    return draf.buat(
        layanan,
        id="0197-kasus",
        kantor="3276011006",
        resi="011006-2222-2222-2",
        rahasia_hash="0" * 64,
        kanal=Kanal.DARING,
        pelaku=WARGA,
        pemohon=Pemohon(nama="", akun=WARGA.id),
        hubungan=hubungan,
        data={**isian, **ganti},
        waktu=T0,
    )


def diajukan(layanan: Layanan = SKDOM, *, tanpa_semua: bool = False) -> Permohonan:
    way = (
        JalanSyarat(cara=Cara.TIDAK_PUNYA, alasan="Hilang") if tanpa_semua else JalanSyarat(cara=Cara.UNGGAH)
    )
    jalan = {s.kode: way for s in layanan.syarat if s.wajib and s.bila is None}
    return ajukan(buat_draf(layanan), konteks(layanan), pelaku=WARGA, jalan=jalan, waktu=T0)[0]


def berkas(syarat: str, *, putaran: int = 1, n: int = 1) -> Berkas:
    sha256 = hashlib.sha256(f"{syarat}-{putaran}-{n}".encode()).hexdigest()
    paper = f"01970000-0000-7000-8000-{sha256[:12]}"
    return Berkas(id=paper, syarat=syarat, sha256=sha256, putaran=putaran, pada=T0 + timedelta(minutes=n))


WAJIB = ("PENGANTAR_RT_RW", "KTP", "KK")


def semua_berkas(kasus: Permohonan) -> Permohonan:
    for kode in WAJIB:
        kasus, _ = terima(kasus, SKDOM, berkas=berkas(kode, putaran=putaran_berkas(kasus)), batas={})
    return kasus


def dilihat(kasus: Permohonan) -> dict[str, str]:
    return {b.id: b.sha256 for b in kasus.berkas}


def diproses() -> Permohonan:
    kasus = semua_berkas(diajukan())
    return lengkap(kasus, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), waktu=T0, batas={})[0]


def kekurangan(*syarat: str, catatan: str | None = None) -> tuple[Kekurangan, ...]:
    return tuple(Kekurangan(jenis="syarat", kode=s, alasan="buram", catatan=catatan) for s in syarat)
