"""From approved data to the words of a letter: letterhead and signers from snapshots, codes turned into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dokumen.domain.katalog import Layanan
from dokumen.domain.naskah import (
    Domisili,
    Kantor,
    Kop,
    Mengetahui,
    Naskah,
    Orang,
    Penandatangan,
    Pengantar,
    Tanda,
    TidakMampu,
    Verifikasi,
)
from dokumen.domain.tanggal import bulan

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bahan:
    """All a letter is made of; `pejabat` in the order of the catalogue's signers."""

    layanan: Layanan
    jawaban: Data
    kantor: Data
    pejabat: Sequence[Data]
    tanggal: date
    tanda: Tanda = "segel"


def naskah(bahan: Bahan, nomor: str, verifikasi: Verifikasi) -> Naskah:
    """The letter. Raises `KeyError` or `ValueError` naming an answer that is missing or of the wrong kind."""
    office, answers = bahan.kantor, bahan.jawaban
    city = office["kota"].removeprefix("Kota ").removeprefix("Kabupaten ")
    return Naskah(
        judul=bahan.layanan.judul,
        nomor=nomor,
        tanggal=bahan.tanggal,
        kop=_kop(office),
        kantor=Kantor(
            kelurahan=office["nama"], kecamatan=office["kecamatan_nama"], kota=office["kota"], tempat=city
        ),
        orang=_orang(bahan),
        isi=_ISI[bahan.layanan.template](bahan),
        keperluan=_keperluan(bahan),
        penandatangan=penandatangan(bahan.pejabat[0]),
        verifikasi=verifikasi,
        pengantar=_pengantar(answers),
        kertas=office["kertas"],
        tanda=bahan.tanda,
    )


def mengetahui(bahan: Bahan, nomor: str) -> Mengetahui:
    """The camat's countersignature (R4)."""
    return Mengetahui(
        nomor=nomor,
        tanggal=bahan.tanggal,
        kecamatan=bahan.kantor["kecamatan_nama"],
        penandatangan=penandatangan(bahan.pejabat[1]),
        tanda=bahan.tanda,
    )


def penandatangan(pejabat: Data) -> Penandatangan:
    return Penandatangan(
        jabatan=pejabat["jabatan"],
        nama=pejabat["nama"],
        pangkat=pejabat.get("pangkat") or "",
        nip=nip(pejabat.get("nip") or ""),
    )


def nip(angka: str) -> str:
    """`197903121999032001` → `19790312 199903 2 001`, as officials write it."""
    if len(angka) != 18 or not angka.isdigit():
        return angka
    return f"{angka[:8]} {angka[8:14]} {angka[14]} {angka[15:]}"


def _kop(office: Data) -> Kop:
    return Kop(
        pemerintah=f"Pemerintah {office['kota']}",
        kecamatan=f"Kecamatan {office['kecamatan_nama']}",
        kelurahan=f"Kelurahan {office['nama']}",
        alamat=office.get("alamat") or "",
        telepon=office.get("telepon") or "",
        surel=office.get("surel") or "",
        kode_pos=office.get("kode_pos") or "",
    )


def _orang(bahan: Bahan) -> Orang:
    answers = bahan.jawaban
    # The KTP of a newcomer names another place: its address is written whole, with its own RT and RW.
    whole = answers.get("alamat_ktp")
    return Orang(
        nama=answers["nama"],
        nik=answers["nik"],
        jenis_kelamin=kata(bahan, "jenis_kelamin"),
        tempat_lahir=answers["tempat_lahir"],
        tanggal_lahir=date.fromisoformat(answers["tanggal_lahir"]),
        kewarganegaraan=kata(bahan, "kewarganegaraan"),
        agama=kata(bahan, "agama"),
        pekerjaan=answers["pekerjaan"],
        status_kawin=kata(bahan, "status_kawin"),
        alamat=" ".join((whole or answers["alamat"]).split()),
        rt="" if whole else answers["rt"],
        rw="" if whole else answers["rw"],
    )


def _domisili(bahan: Bahan) -> Domisili:
    answers = bahan.jawaban
    return Domisili(
        alamat=answers["alamat"],
        rt=answers["rt"],
        rw=answers["rw"],
        sejak=bulan(answers["tinggal_sejak"]),
        tempat_tinggal=kata(bahan, "status_tinggal"),
    )


def _tidak_mampu(bahan: Bahan) -> TidakMampu:
    answers = bahan.jawaban
    other = answers.get("untuk") == "anggota_keluarga"
    return TidakMampu(
        kepala_keluarga=answers["kepala_keluarga"],
        tanggungan=int(answers["tanggungan"]),
        penghasilan=kata(bahan, "penghasilan"),
        untuk=answers["untuk_nama"] if other else "",
        hubungan=kata(bahan, "untuk_hubungan") if other else "",
        lembaga=answers.get("tujuan_nama") or "",
    )


_ISI: Mapping[str, Callable[[Bahan], Domisili | TidakMampu]] = {"skdom": _domisili, "sktm": _tidak_mampu}


def _keperluan(bahan: Bahan) -> str:
    if bahan.jawaban["keperluan"] == "lainnya":
        return str(bahan.jawaban["keperluan_lain"])
    return kata(bahan, "keperluan")


def _pengantar(answers: Data) -> Pengantar | None:
    if not answers.get("pengantar_nomor"):
        return None
    return Pengantar(
        rt=answers["rt"],
        rw=answers["rw"],
        nomor=answers["pengantar_nomor"],
        tanggal=date.fromisoformat(answers["pengantar_tanggal"]),
    )


def kata(bahan: Bahan, medan: str) -> str:
    """The letter's words for an answer code. Raises `KeyError` for a code the catalogue does not know."""
    return bahan.layanan.kata[medan][bahan.jawaban[medan]]
