"""From approved data to the words of a letter: letterhead and signers from snapshots, answers through the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dokumen.domain import blok, isian, kondisi
from dokumen.domain.katalog import Formulir, Layanan
from dokumen.domain.naskah import (
    Alamat,
    Kantor,
    Kop,
    LembarFormulir,
    Mengetahui,
    Naskah,
    Penandatangan,
    Tanda,
    Verifikasi,
)
from dokumen.domain.tanggal import berakhir, panjang
from dokumen.domain.turunan import lengkapi

Data = Mapping[str, Any]


class KantorKurang(Exception):
    """The office has not said something that its letters need; `medan` names it."""

    slug = "naskah-tidak-lengkap"

    def __init__(self, medan: str) -> None:
        self.medan = medan
        super().__init__(medan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bahan:
    """All a letter is made of; `pejabat` in the order of the catalogue's signers.

    `kecamatan` is the upper office's snapshot, which a letter of the kecamatan's own needs; `mengganti` the number
    and date of the letter that this one replaces.
    """

    layanan: Layanan
    jawaban: Data
    kantor: Data
    pejabat: Sequence[Data]
    tanggal: date
    kecamatan: Data | None = None
    tanda: Tanda = "segel"
    mengganti: Data | None = None

    @property
    def dari_kecamatan(self) -> bool:
        return self.layanan.produk == "surat_kecamatan"

    @property
    def penerbit(self) -> Data:
        """The office on the letterhead, which numbers and seals first."""
        if not self.dari_kecamatan:
            return self.kantor
        if self.kecamatan is None:
            raise KantorKurang("kecamatan")
        return self.kecamatan


def naskah(bahan: Bahan, nomor: str, verifikasi: Verifikasi | None, *, konsep: bool = False) -> Naskah:
    """The letter. Raises `MedanKurang` or `KantorKurang` for what is missing, `WewenangSalah` for a signer's."""
    answers = lengkapi(bahan.jawaban)
    layanan = bahan.layanan.ragam_untuk(answers)
    office = bahan.penerbit
    return Naskah(
        bentuk="korespondensi" if layanan.bentuk == "korespondensi" else "judul",
        judul=layanan.judul,
        hal=layanan.hal,
        sampai=berakhir(bahan.tanggal, layanan.masa_berlaku_hari, layanan.masa_berlaku_bulan),
        nomor=nomor,
        tanggal=bahan.tanggal,
        kop=_kop(office, kecamatan=bahan.dari_kecamatan),
        kantor=_kantor(bahan),
        isi=isian.kata(layanan.medan, answers),
        tujuan=_tujuan(layanan, answers, office),
        penandatangan=_penandatangan(bahan),
        verifikasi=verifikasi,
        mengetahui=layanan.produk == "legalisasi",
        mengganti=_mengganti(bahan.mengganti),
        opsi={"berkelakuan_baik": bool((office.get("surat") or {}).get("berkelakuan_baik"))},
        kertas=office["kertas"],
        tanda=bahan.tanda,
        konsep=konsep,
    )


def _mengganti(lama: Data | None) -> str:
    """`Nomor … tanggal …` of the replaced letter; empty for a first one."""
    return f"Nomor {lama['nomor']} tanggal {panjang(date.fromisoformat(lama['tanggal']))}" if lama else ""


def template(bahan: Bahan) -> str:
    """The template that these answers ask for."""
    return bahan.layanan.ragam_untuk(lengkapi(bahan.jawaban)).template


def mengetahui(bahan: Bahan, nomor: str) -> Mengetahui:
    """The camat's countersignature (R4)."""
    return Mengetahui(
        nomor=nomor,
        tanggal=bahan.tanggal,
        kecamatan=bahan.kantor["kecamatan_nama"],
        penandatangan=penandatangan(bahan.pejabat[1]),
        tanda=bahan.tanda,
    )


def lembar(formulir: Formulir, jawaban: Data, kantor: Data, tanggal: date) -> LembarFormulir:
    """A filled form. Raises `MedanKurang`."""
    return LembarFormulir(
        judul=formulir.judul,
        model=formulir.model,
        tanggal=tanggal,
        kantor=_tempat(kantor, f"Kelurahan {kantor['nama']}"),
        isi=isian.kata(formulir.medan, lengkapi(jawaban)),
        kertas=kantor["kertas"],
    )


def ditawarkan(formulir: Mapping[str, Formulir], layanan: str, jawaban: Data) -> list[Formulir]:
    """The forms that this case can fill in."""
    answers = lengkapi(jawaban)
    return [f for f in formulir.values() if layanan in f.layanan and kondisi.berlaku(f.bila, answers)]


def dihasilkan(katalog: Mapping[str, Layanan], layanan: str, jawaban: Data) -> list[Layanan]:
    """The letters that a case of this service yields: its own first, then those beside it (N6 beside N1)."""
    answers = lengkapi(jawaban)
    beside = (s for s in katalog.values() if s.induk == layanan and kondisi.berlaku(s.bila, answers))
    return [katalog[layanan], *beside] if layanan in katalog else []


def penandatangan(pejabat: Data, *, atas_nama: str = "") -> Penandatangan:
    return Penandatangan(
        baris=blok.baris(pejabat, atas_nama=atas_nama),
        nama=pejabat["nama"],
        pangkat=pejabat.get("pangkat") or "",
        nip=nip(pejabat.get("nip") or ""),
    )


def nip(angka: str) -> str:
    """`197903121999032001` → `19790312 199903 2 001`, as officials write it."""
    if len(angka) != 18 or not angka.isdigit():
        return angka
    return f"{angka[:8]} {angka[8:14]} {angka[14]} {angka[15:]}"


def kota(office: Data) -> str:
    """`Kota Depok` → `Depok`, as it stands before a date."""
    return str(office["kota"]).removeprefix("Kota ").removeprefix("Kabupaten ")


def _penandatangan(bahan: Bahan) -> Penandatangan:
    above = f"Camat {bahan.kantor['kecamatan_nama']}" if bahan.layanan.produk == "an_camat" else ""
    return penandatangan(bahan.pejabat[0], atas_nama=above)


def _kantor(bahan: Bahan) -> Kantor:
    office = bahan.penerbit
    level = "Kecamatan" if bahan.dari_kecamatan else "Kelurahan"
    return _tempat(bahan.kantor, f"{level} {office['nama']}")


def _tempat(kelurahan: Data, nama: str) -> Kantor:
    return Kantor(
        nama=nama,
        kelurahan=kelurahan["nama"],
        kecamatan=kelurahan["kecamatan_nama"],
        kota=kelurahan["kota"],
        tempat=kota(kelurahan),
    )


def _kop(office: Data, *, kecamatan: bool) -> Kop:
    above = [f"Pemerintah {office['kota']}"]
    if not kecamatan:
        above.append(f"Kecamatan {office['kecamatan_nama']}")
    return Kop(
        atas=tuple(above),
        kantor=f"{'Kecamatan' if kecamatan else 'Kelurahan'} {office['nama']}",
        alamat=office.get("alamat") or "",
        telepon=office.get("telepon") or "",
        surel=office.get("surel") or "",
        kode_pos=office.get("kode_pos") or "",
    )


def _tujuan(layanan: Layanan, jawaban: Data, office: Data) -> Alamat | None:
    if layanan.tujuan is None:
        return None
    which = layanan.tujuan.kantor or jawaban.get(layanan.tujuan.medan)
    known = ((office.get("surat") or {}).get("tujuan") or {}).get(which)
    if not known:
        raise KantorKurang(f"tujuan_{which or layanan.tujuan.medan}")
    return Alamat(yth=known, di=kota(office))
