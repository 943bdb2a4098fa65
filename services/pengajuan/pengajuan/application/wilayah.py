"""Offices that join: a city's file at first seeding, another kecamatan or city while everything runs."""

from __future__ import annotations

from chassis.aggregate import Cause, Outcome, State
from pengajuan.application import kantor
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.domain.errors import Dilarang
from pengajuan.domain.kantor import DaftarKantor, Kantor, Wilayah

PENAMBAH = "operator"
_JAM = "Senin–Kamis 08.00–16.00, Jumat 08.00–16.30"


def berwenang(siapa: Pemanggil, daftar: DaftarKantor) -> None:
    """An operator adds offices of his own cities. Raises Dilarang."""
    if siapa.peran != PENAMBAH or not all(siapa.meliputi(w.kode) for w in daftar.kecamatan):
        raise Dilarang("dilarang", "Kantor baru hanya ditambahkan operator kota itu.")


def tambah(di: Lingkup, daftar: DaftarKantor, cause: Cause) -> list[Outcome]:
    """All offices of the list as they are now; those that were there stay as people made them.

    Offices that the list calls active are switched on by the worker, topics first. Safe to repeat.
    """
    added = [_satu(di, kecamatan(w, daftar, aktif=False), cause) for w in daftar.kecamatan]
    return added + [_satu(di, kelurahan(k), cause, aktif=k.aktif) for k in daftar.kelurahan]


def _satu(di: Lingkup, state: State, cause: Cause, *, aktif: bool = False) -> Outcome:
    ready = state | {"status": "disiapkan"}
    return di.kantor.update(state["kode"], state["kode"], kantor.tambah(ready, aktif=aktif), cause)


def kelurahan(k: Kantor) -> State:
    """The office as the list says it, with the usual hours."""
    return {
        "kode": k.kode,
        "tingkat": "kelurahan",
        "nama": k.nama,
        "kecamatan_kode": k.kecamatan.kode,
        "kecamatan_nama": k.kecamatan.nama,
        "kota": k.kota,
        "kode_pos": k.kode_pos,
        "kode_unit": k.kode_unit,
        "status": "aktif" if k.aktif else "disiapkan",
        "alamat": k.alamat,
        "telepon": k.telepon,
        "surel": k.surel,
        "jam": k.jam or _JAM,
        "kertas": k.kertas,
        "seri_nomor": "per_kantor",
        "nomor_awal": 1,
    }


def kecamatan(w: Wilayah, daftar: DaftarKantor, *, aktif: bool = True) -> State:
    """A kecamatan works as soon as one of its kelurahan does: it has no topic of its own."""
    works = aktif and any(k.aktif for k in daftar.kelurahan if k.kecamatan.kode == w.kode)
    return {
        "kode": w.kode,
        "tingkat": "kecamatan",
        "nama": w.nama,
        "kecamatan_kode": w.kode,
        "kecamatan_nama": w.nama,
        "kota": daftar.kota,
        "kode_pos": None,
        "kode_unit": w.kode[4:6],
        "status": "aktif" if works else "disiapkan",
        "alamat": None,
        "telepon": None,
        "surel": None,
        "jam": _JAM,
        "kertas": "A4",
        "seri_nomor": "per_kantor",
        "nomor_awal": 1,
    }
