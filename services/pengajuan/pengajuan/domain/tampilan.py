"""The few words residents see for a state, and the notice line that may stand beside them (R19)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pengajuan.domain.pengantar import Keadaan, Pengantar
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status

KATA: Mapping[Status, str] = MappingProxyType(
    {
        Status.DRAF: "Draf",
        Status.MENUNGGU_BERKAS: "Diterima",
        Status.DIPERIKSA: "Sedang diperiksa",
        Status.DIPROSES: "Sedang diperiksa",
        Status.DISETUJUI: "Menunggu tanda tangan",
        Status.TERBIT: "Surat siap",
        Status.DISERAHKAN: "Selesai",
        Status.DIPERBAIKI: "Perlu diperbaiki",
        Status.DITOLAK: "Ditolak",
        Status.DIBATALKAN: "Dibatalkan",
        Status.KEDALUWARSA: "Kedaluwarsa",
        Status.DITERUSKAN: "Diteruskan",
        Status.DIPINDAH: "Diteruskan",
    }
)
DI_KECAMATAN = "Di kecamatan"
_NEXT: Mapping[Status, str] = MappingProxyType(
    {
        Status.DRAF: "Lengkapi isian lalu kirim permohonan.",
        Status.MENUNGGU_BERKAS: "Unggah berkas yang belum ada, atau bawa ke loket.",
        Status.DIPERIKSA: "Petugas loket memeriksa berkas Anda.",
        Status.DIPROSES: "Pejabat kelurahan memeriksa permohonan Anda.",
        Status.DISETUJUI: "Surat sedang diberi nomor dan ditandatangani.",
        Status.TERBIT: "Bawa berkas asli ke loket untuk menerima surat.",
        Status.DISERAHKAN: "Tidak ada lagi yang perlu dilakukan.",
        Status.DIPERBAIKI: "Perbaiki hal yang ada di daftar lalu kirim lagi.",
        Status.DITOLAK: "Baca alasan penolakan, lalu hubungi kantor kelurahan bila perlu.",
        Status.DIBATALKAN: "Anda boleh mengajukan permohonan baru kapan saja.",
        Status.KEDALUWARSA: "Ajukan lagi dari permohonan lama ini.",
        Status.DITERUSKAN: "Tunggu kabar dari kantor tujuan.",
        Status.DIPINDAH: "Permohonan ini dilanjutkan kelurahan yang benar. Tidak perlu mengajukan lagi.",
    }
)


_AFTER_RESULT: Mapping[str, str] = MappingProxyType(
    {
        "selesai": "Ambil hasilnya di kantor tujuan. Urusan di kelurahan selesai.",
        "ditolak": "Baca keterangannya, lalu tanyakan ke kantor tujuan bila perlu.",
        "diminta_datang": "Datang ke kantor tujuan dengan berkas asli.",
    }
)


def kata(kasus: Permohonan) -> str:
    """The state in a resident's words."""
    if kasus.status is Status.DIPROSES and kasus.di_kecamatan:
        return DI_KECAMATAN
    return KATA[kasus.status]


def langkah_berikut(kasus: Permohonan) -> str:
    """What happens or is to be done next, one sentence."""
    if kasus.status is Status.DIPROSES and kasus.di_kecamatan:
        return "Pejabat kecamatan memeriksa permohonan Anda."
    if kasus.terusan is not None and kasus.terusan.hasil is not None:
        return _AFTER_RESULT[kasus.terusan.hasil]
    return _NEXT[kasus.status]


_PENGANTAR: Mapping[Keadaan, str] = MappingProxyType(
    {
        Keadaan.DIPILIH: "Ketua RT dimintai konfirmasi setelah permohonan dikirim.",
        Keadaan.MENUNGGU_RT: "Menunggu jawaban ketua RT.",
        Keadaan.MENUNGGU_RW: "Ketua RT sudah membenarkan. Menunggu jawaban ketua RW.",
        Keadaan.TERBIT: "Sudah dibenarkan ketua RT dan ketua RW. Surat kertas tidak diperlukan.",
        Keadaan.BUKAN: "Tidak dibenarkan ketua RT/RW. Temui ketua RT, lalu bawa surat pengantar kertas.",
        Keadaan.TIDAK_DIJAWAB: "Belum dijawab dalam 2 hari kerja. Bawa surat pengantar kertas.",
        Keadaan.TIDAK_TERDAFTAR: "Ketua RT/RW belum terdaftar di kantor. Bawa surat pengantar kertas.",
        Keadaan.DIGANTI_BERKAS: "Diganti dengan surat pengantar kertas.",
        Keadaan.DILANJUTKAN: "Dilanjutkan petugas loket.",
        Keadaan.BERAKHIR: "Permohonan ini sudah berakhir.",
    }
)


def pengantar(asked: Pengantar | None) -> str:
    """How the confirmation by RT and RW stands, one or two sentences."""
    if asked is None:
        return "Surat pengantar kertas dapat diganti konfirmasi ketua RT dan ketua RW lewat pesan."
    return _PENGANTAR[asked.keadaan]


def keterangan(kasus: Permohonan) -> tuple[str, ...]:
    """Notice lines beside the state."""
    revoked = [s.dicabut is not None for s in kasus.semua_surat]
    lines = (
        ("pembatalan diminta", kasus.pembatalan_diminta),
        ("menunggu konfirmasi RT/RW", kasus.pengantar is not None and kasus.pengantar.terbuka),
        ("sedang dilengkapi petugas", kasus.dilengkapi_petugas),
        ("Tertahan gangguan teknis, petugas sudah diberi tahu", bool(kasus.gangguan)),
        ("dipindah ke kelurahan lain", kasus.pindah_ke is not None),
        ("surat dicabut", bool(revoked) and all(revoked)),
        ("satu surat dicabut", any(revoked) and not all(revoked)),
    )
    return tuple(text for text, shown in lines if shown)
