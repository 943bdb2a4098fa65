"""The steps of a confirmation by link (R9): asked, answered by RT and then RW, or over; paper always counts too."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pengajuan.domain import events
from pengajuan.domain.errors import TautanSalah, TransisiSalah
from pengajuan.domain.kelengkapan import belum_ada, syarat_berlaku
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.pengantar import (
    MEDAN_NOMOR,
    MEDAN_TANGGAL,
    PALING_BANYAK,
    RT,
    RW,
    SYARAT,
    Keadaan,
    Pengantar,
    Pengurus,
    sampai,
)
from pengajuan.domain.permohonan import Pelaku, Permohonan, salah_status
from pengajuan.domain.status import MILIK_PENGAJUAN, Status
from pengajuan.domain.terima_berkas import siap

_MENUNGGU = {RT: Keadaan.MENUNGGU_RT, RW: Keadaan.MENUNGGU_RW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aturan:
    """What the office and the installation add: limits, working days, register, and the hash of a link.

    `pengurus(rw, rt)` is the head of that RT, or of the RW when `rt` is empty; None when nobody is entered.
    `sidik(case, number)` is the SHA-256 (hex) of the case's link of that number.
    """

    layanan: Layanan
    batas: Mapping[str, int]
    kerja: Callable[[date], bool]
    pengurus: Callable[[str, str], Pengurus | None]
    sidik: Callable[[str, int], str]


def dapat(kasus: Permohonan, layanan: Layanan, batas: Mapping[str, int]) -> bool:
    """Whether asking makes sense now: the paper is demanded, is not there, and nobody is being asked."""
    wanted = {s.kode for s in syarat_berlaku(kasus, layanan, batas) if s.wajib}
    last = kasus.pengantar
    if SYARAT not in wanted or (last is not None and (last.terbuka or last.diminta >= PALING_BANYAK)):
        return False
    if kasus.status is Status.DRAF:
        return last is None
    return kasus.status is Status.MENUNGGU_BERKAS and _waits(kasus, layanan, batas)


def minta(kasus: Permohonan, aturan: Aturan, *, pelaku: Pelaku, waktu: datetime) -> events.Langkah:
    """A draft keeps the wish until it is filed; a filed case asks the RT at once. Raises TransisiSalah."""
    if kasus.status not in {Status.DRAF, Status.MENUNGGU_BERKAS}:
        raise salah_status(kasus, "meminta konfirmasi RT/RW")
    if not dapat(kasus, aturan.layanan, aturan.batas):
        raise TransisiSalah(
            "konfirmasi-tidak-dapat",
            "Konfirmasi RT/RW tidak dapat diminta lagi. Unggah foto surat pengantar, atau bawa ke loket.",
        )
    if kasus.status is Status.DRAF:
        return replace(kasus, pengantar=_wish(kasus, waktu)), ()
    return mulai(kasus, aturan, oleh=pelaku.peran, waktu=waktu)


def urungkan(kasus: Permohonan) -> Permohonan:
    """A draft without the wish. Raises TransisiSalah once somebody was asked."""
    if kasus.status is not Status.DRAF:
        raise salah_status(kasus, "dikembalikan ke surat kertas")
    return replace(kasus, pengantar=None)


def diajukan(kasus: Permohonan, aturan: Aturan, *, waktu: datetime) -> events.Langkah:
    """A case just filed: the wish of its draft is carried out; where the paper came after all, it falls away."""
    if kasus.pengantar is None or kasus.pengantar.keadaan is not Keadaan.DIPILIH:
        return kasus, ()
    if kasus.status is not Status.MENUNGGU_BERKAS or not _waits(kasus, aturan.layanan, aturan.batas):
        return replace(kasus, pengantar=None), ()
    if not _terdaftar(kasus, aturan):  # nobody was asked, and filing waits for no register
        return replace(kasus, pengantar=replace(kasus.pengantar, keadaan=Keadaan.TIDAK_TERDAFTAR)), ()
    return mulai(kasus, aturan, oleh="sistem", waktu=waktu)


def mulai(kasus: Permohonan, aturan: Aturan, *, oleh: str, waktu: datetime) -> events.Langkah:
    """The RT gets his link. Raises TransisiSalah when RT or RW of this address is in no register."""
    rt, rw = _alamat(kasus)
    if not _terdaftar(kasus, aturan):
        raise TransisiSalah(
            "pengurus-belum-terdaftar",
            f"Ketua RT {rt or '-'} RW {rw or '-'} belum terdaftar di kantor ini. "
            "Unggah foto surat pengantar, atau bawa ke loket.",
        )
    before = kasus.pengantar or _wish(kasus, waktu)
    asked = replace(before, rt=rt, rw=rw, putaran=kasus.putaran, diminta=before.diminta + 1)
    return _tanya(replace(kasus, pengantar=asked), RT, aturan, oleh, waktu)


def terbuka(kasus: Permohonan, sidik: str, waktu: datetime) -> Pengantar:
    """The request that a link opens. Raises TautanSalah: wrong, used and late look alike."""
    asked = kasus.pengantar
    if asked is None or not asked.terbuka or kasus.status is not Status.MENUNGGU_BERKAS:
        raise TautanSalah
    late = asked.sampai is None or waktu >= asked.sampai
    if late or not hmac.compare_digest(asked.sidik, sidik):
        raise TautanSalah
    return asked


def jawab(kasus: Permohonan, aturan: Aturan, *, sidik: str, benar: bool, waktu: datetime) -> events.Langkah:
    """RT's yes asks the RW, RW's yes issues; a no ends it. Raises TautanSalah."""
    asked = terbuka(kasus, sidik, waktu)
    noted = kasus.dicatat("pengantar_dijawab", waktu, asked.pihak, {"jawaban": "benar" if benar else "bukan"})
    if not benar:
        return tutup(noted, Keadaan.BUKAN, waktu)
    who = aturan.pengurus(asked.rw, asked.rt if asked.pihak == RT else "")
    name = who.nama if who else ""
    if asked.pihak == RW:
        return _terbit(replace(noted, pengantar=replace(asked, rw_nama=name)), aturan, waktu)
    if aturan.pengurus(asked.rw, "") is None:
        return tutup(noted, Keadaan.TIDAK_TERDAFTAR, waktu)
    return _tanya(replace(noted, pengantar=replace(asked, rt_nama=name)), RW, aturan, asked.pihak, waktu)


def lewat(kasus: Permohonan, waktu: datetime) -> events.Langkah:
    """Nobody answered in time: the resident brings the paper, or the clerk proceeds; unchanged before."""
    asked = kasus.pengantar
    if asked is None or not asked.terbuka or asked.sampai is None or waktu < asked.sampai:
        return kasus, ()
    return tutup(kasus, Keadaan.TIDAK_DIJAWAB, waktu)


def rapikan(kasus: Permohonan, waktu: datetime) -> events.Langkah:
    """After any other step: who was asked need not answer once the paper is there or the case went on or ended."""
    asked = kasus.pengantar
    if asked is None or not asked.terbuka:
        return kasus, ()
    if any(b.syarat == SYARAT and b.putaran >= asked.putaran for b in kasus.berkas):
        return tutup(kasus, Keadaan.DIGANTI_BERKAS, waktu)
    if kasus.status is Status.MENUNGGU_BERKAS:
        return kasus, ()
    on = kasus.status in {*MILIK_PENGAJUAN, Status.DIPROSES, Status.DITERUSKAN}
    return tutup(kasus, Keadaan.DILANJUTKAN if on else Keadaan.BERAKHIR, waktu)


def tutup(kasus: Permohonan, keadaan: Keadaan, waktu: datetime) -> events.Langkah:
    """The open link opens nothing any more."""
    if kasus.pengantar is None:
        return kasus, ()
    over = replace(kasus.pengantar, keadaan=keadaan, sidik="", sampai=None, pada=waktu)
    noted = replace(kasus, pengantar=over).dicatat(f"pengantar_{keadaan.value}", waktu, "sistem")
    return noted, (events.pengantar_ditutup(noted, keadaan.value, waktu), events.pengantar_dilupakan())


def _alamat(kasus: Permohonan) -> tuple[str, str]:
    return str(kasus.data.get("rt", "")), str(kasus.data.get("rw", ""))


def _terdaftar(kasus: Permohonan, aturan: Aturan) -> bool:
    rt, rw = _alamat(kasus)
    return aturan.pengurus(rw, rt) is not None and aturan.pengurus(rw, "") is not None


def _tanya(kasus: Permohonan, pihak: str, aturan: Aturan, oleh: str, waktu: datetime) -> events.Langkah:
    asked = kasus.pengantar or _wish(kasus, waktu)
    who = aturan.pengurus(asked.rw, asked.rt if pihak == RT else "")
    if who is None:  # both were looked up by the caller
        return tutup(kasus, Keadaan.TIDAK_TERDAFTAR, waktu)
    number, until = asked.urut + 1, sampai(waktu, aturan.kerja)
    sent = replace(
        asked,
        keadaan=_MENUNGGU[pihak],
        urut=number,
        sidik=aturan.sidik(kasus.id, number),
        sampai=until,
        pada=waktu,
    )
    noted = replace(kasus, pengantar=sent).dicatat("pengantar_diminta", waktu, oleh, {"pihak": pihak})
    told = events.pengantar_diminta(noted, pihak, number, until, waktu)
    return noted, (told, events.pengantar_dibagikan(pihak, number, until, who.telepon))


def _terbit(kasus: Permohonan, aturan: Aturan, waktu: datetime) -> events.Langkah:
    """Numbered by the receipt: unique, and never taken for a number of the RT's own book."""
    asked = kasus.pengantar or _wish(kasus, waktu)
    number = f"RTRW-{kasus.resi}" + (f"-{asked.diminta}" if asked.diminta > 1 else "")
    issued = replace(asked, keadaan=Keadaan.TERBIT, sidik="", sampai=None, nomor=number, pada=waktu)
    known = {m.id for m in aturan.layanan.medan}
    on_it = {MEDAN_NOMOR: number, MEDAN_TANGGAL: waktu.date().isoformat()}
    data = {**kasus.data, **{name: value for name, value in on_it.items() if name in known}}
    done = replace(kasus, pengantar=issued, data=data).dicatat("pengantar_terbit", waktu, RW)
    moved, facts = siap(done, aturan.layanan, batas=aturan.batas, waktu=waktu)
    told = (events.pengantar_diterbitkan(done, waktu), events.pemohon_dibagikan(done))
    return moved, (*told, events.pengantar_dilupakan(), *facts)


def _waits(kasus: Permohonan, layanan: Layanan, batas: Mapping[str, int]) -> bool:
    return SYARAT in belum_ada(kasus, syarat_berlaku(kasus, layanan, batas))


def _wish(kasus: Permohonan, waktu: datetime) -> Pengantar:
    return Pengantar(keadaan=Keadaan.DIPILIH, putaran=kasus.putaran, pada=waktu)
