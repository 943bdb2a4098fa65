"""Reference data that every service keeps a copy of: offices and services, newest wins."""

from __future__ import annotations

from pengajuan.domain.events import Fakta, Keluarga
from pengajuan.domain.kantor import Kantor
from pengajuan.domain.layanan import Layanan


def kantor_diubah(kantor: Kantor) -> Fakta:
    """An office as it now is, with the services it offers."""
    return Fakta(
        nama="kantor.diubah",
        keluarga=Keluarga.ACUAN,
        data={
            "kode": kantor.kode,
            "tingkat": "kelurahan",
            "nama": kantor.nama,
            "kecamatan_kode": kantor.kecamatan.kode,
            "kecamatan_nama": kantor.kecamatan.nama,
            "kota": kantor.kota,
            "kode_pos": kantor.kode_pos,
            "kode_unit": kantor.kode_unit,
            "status": kantor.status.value,
            "alamat": kantor.alamat,
            "telepon": kantor.telepon,
            "surel": kantor.surel,
            "jam": kantor.jam,
            "kertas": kantor.kertas,
            "seri_nomor": kantor.seri_nomor,
            "nomor_awal": kantor.nomor_awal,
            "rilis": {kode: rilis.value for kode, rilis in kantor.rilis.items()},
            "layanan": sorted(kantor.penetapan),
        },
    )


def layanan_diubah(layanan: Layanan) -> Fakta:
    """A service of the catalogue in its present version."""
    return Fakta(
        nama="layanan.diubah",
        keluarga=Keluarga.ACUAN,
        data={
            "kode": layanan.kode,
            "nama": layanan.nama,
            "status": layanan.penetapan.status,
            "versi": str(layanan.versi),
            "alur": layanan.alur.value,
            "produk": layanan.produk,
            "seksi": layanan.seksi,
            "hari": layanan.hari,
        },
    )
