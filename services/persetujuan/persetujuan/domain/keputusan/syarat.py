"""Who may decide what now: the demands that every decision meets before it has an effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from persetujuan.domain.alur import Keputusan, Langkah, Layanan
from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.galat import (
    BukanWewenang,
    KeputusanSalah,
    KonfirmasiWajib,
    Konseptor,
    PerkaraSendiri,
    SudahDiputus,
    TransisiSalah,
)
from persetujuan.domain.kasus import Hasil, Kasus, Lengkap, Tahap
from persetujuan.domain.sebutan import SEBUTAN
from persetujuan.domain.tugas import Tugas

MEMAJUKAN = frozenset({Keputusan.PARAF, Keputusan.SETUJU})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pemutus:
    """Who decides. `hash` are keyed hashes of his own NIK and KK; `seksi` None works for every section.

    `wakil` are the posts (role, office) that he stands in for today.
    """

    akun: str
    peran: str
    kantor: frozenset[str]
    hash: frozenset[str] = frozenset()
    seksi: str | None = None
    wakil: frozenset[tuple[str, str]] = frozenset()
    aktif: bool = True
    terkonfirmasi: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Putusan:
    """What was decided; `kekurangan` items are {jenis, kode, alasan, teks?}."""

    keputusan: Keputusan
    target: str | None = None
    kekurangan: tuple[Mapping[str, Any], ...] = ()
    alasan: str | None = None
    teks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Perkara:
    """Everything a decision is about, looked up and allowed."""

    kasus: Kasus
    lengkap: Lengkap
    layanan: Layanan
    tugas: Tugas
    langkah: Langkah
    pemutus: Pemutus
    putusan: Putusan
    waktu: datetime


def periksa(perkara: Perkara) -> None:
    """Raise the first refusal."""
    task, who = perkara.tugas, perkara.pemutus
    if not berwenang(task, who):
        raise BukanWewenang(f"Langkah ini diputus oleh {SEBUTAN[task.peran]}.")
    if task.keputusan is not None:
        raise SudahDiputus(f"Tugas ini sudah diputus oleh {SEBUTAN[task.peran]}. Muat ulang daftar tugas.")
    if perkara.kasus.tahap is not Tahap.BERJALAN or task.gugur:
        raise TransisiSalah("Permohonan ini sudah tidak menunggu keputusan. Muat ulang daftar tugas.")
    if who.hash & set(perkara.kasus.pemilik):
        raise PerkaraSendiri("Ini permohonan Anda atau keluarga Anda. Pejabat lain yang memutusnya.")
    wanted = perkara.putusan.keputusan
    if not perkara.langkah.boleh(wanted):
        raise KeputusanSalah(f"{SEBUTAN[task.peran]} tidak dapat memilih {wanted.value} pada langkah ini.")
    if wanted in MEMAJUKAN and perkara.lengkap.konseptor == who.akun:
        raise Konseptor("Anda menyusun permohonan ini, jadi pejabat lain yang menyetujuinya.")
    if wanted is Keputusan.SETUJU and not who.terkonfirmasi:
        raise KonfirmasiWajib("Masukkan sandi sekali lagi untuk menyetujui.")


def berwenang(tugas: Tugas, pemutus: Pemutus) -> bool:
    """Role, office and section fit."""
    if (tugas.peran, tugas.kantor) in pemutus.wakil:
        return pemutus.aktif
    section = tugas.seksi is None or pemutus.seksi in {None, tugas.seksi}
    return pemutus.aktif and pemutus.peran == tugas.peran and tugas.kantor in pemutus.kantor and section


def diputus(perkara: Perkara) -> Hasil:
    """The task decided, and `tugas.diputuskan`."""
    task, time = perkara.tugas, teks(perkara.waktu)
    decided = replace(task, keputusan=perkara.putusan.keputusan, oleh=perkara.pemutus.akun, waktu=time)
    data = {
        "tugas": task.id,
        "langkah": task.langkah,
        "keputusan": perkara.putusan.keputusan.value,
        "oleh": perkara.pemutus.akun,
        "peran": task.peran,
        "putaran": task.putaran,
        "waktu": time,
    }
    return perkara.kasus.dengan(decided), (Fakta(nama="tugas.diputuskan", data=data),)


def catatan(perkara: Perkara, teks_per_kode: list[dict[str, str]]) -> tuple[Fakta, ...]:
    """The words behind the codes, for `pribadi`; nothing if there are none."""
    if not teks_per_kode:
        return ()
    data = {
        "putaran": perkara.tugas.putaran,
        "oleh_peran": perkara.pemutus.peran,
        "catatan": teks_per_kode,
    }
    return (Fakta(nama="catatan.dibagikan", data=data),)
