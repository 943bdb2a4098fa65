"""The unified stream tells what has happened, and with it whose turn it is; every desk hears of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from ekel.demo.stage import Stream
from ekel.hari import loket, pejabat, rt_rw, warga
from ekel.hari.buku import BATAL, TERUSKAN, TOLAK, Kasus
from ekel.hari.hari import Hari
from ekel.hari.meja import WARGA
from ekel.hari.rencana import Lakon

Peristiwa = Mapping[str, Any]


def baca(hari: Hari, stream: Stream) -> None:
    """Everything new; events of cases that are not of this day are passed over."""
    stream.pull()
    for event in stream.seen:
        kasus = hari.buku.cari(str(event["subject"]))
        name = str(event["type"]).removeprefix("id.ekelurahan.").rsplit(".", 1)[0]
        if kasus is not None and name in _TINDAK:
            hari.buku.berubah += 1
            _TINDAK[name](hari, kasus, event)
    stream.seen.clear()


def _diajukan(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    kasus.diajukan = datetime.fromisoformat(event["time"])


def _siap(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    # Who was moved is waited for at his new counter: his new number may be told here before it is known.
    if kasus.kunjungan.lakon is not Lakon.BATAL and not kasus.dipindah:
        counter = hari.loket(kasus.kantor, kasus.kunjungan.alur)
        hari.meja.titip(counter, kasus, lambda k: loket.periksa(hari, k))


def _rt_rw(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    told = event["data"]
    hari.meja.titip(WARGA, kasus, lambda k: rt_rw.jawab(hari, k, told["pihak"], told["urut"]))


def _kembali(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    kasus.kembali += 1
    if event["data"].get("target") != "kelurahan":
        hari.meja.titip(WARGA, kasus, lambda k: warga.perbaiki(hari, k))


def _tugas(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    akun = hari.pejabat(kasus.kunjungan.kantor, event["data"]["peran"])
    hari.meja.titip(akun, kasus, lambda k: pejabat.putuskan(hari, k, event["data"]["tugas"], akun))


def _terbit(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    if event["data"].get("sisa"):
        return  # another letter of this case is to come: they are given out together
    kasus.terbit = datetime.fromisoformat(event["time"])
    counter = hari.loket(kasus.kunjungan.kantor, kasus.kunjungan.alur)
    hari.meja.titip(counter, kasus, lambda k: loket.serahkan(hari, k, event["data"]["surat"]))


def _diserahkan(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    if event["data"].get("sisa"):
        return
    hari.meja.titip(WARGA, kasus, lambda k: warga.unduh(hari, k, event["data"]["surat"]))


def _diteruskan(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    counter = hari.loket(kasus.kunjungan.kantor, kasus.kunjungan.alur)
    hari.meja.titip(counter, kasus, lambda k: loket.hasil(hari, k))


def _ditahan(hari: Hari, kasus: Kasus, event: Peristiwa) -> None:
    hari.buku.gagal(kasus, f"its letter is held: {event['data']}")


def _akhir(bagaimana: str) -> Callable[[Hari, Kasus, Peristiwa], None]:
    return lambda hari, kasus, _: hari.buku.selesai(kasus, bagaimana)


_TINDAK: Final[Mapping[str, Callable[[Hari, Kasus, Peristiwa], None]]] = {
    "pengajuan.permohonan.diajukan": _diajukan,
    "pengajuan.permohonan.siap_diperiksa": _siap,
    "pengajuan.pengantar.diminta": _rt_rw,
    "pengajuan.permohonan.dikembalikan": _kembali,
    "pengajuan.permohonan.diteruskan": _diteruskan,
    "pengajuan.hasil.diterima": _akhir(TERUSKAN),
    "pengajuan.permohonan.dibatalkan": _akhir(BATAL),
    "persetujuan.permohonan.dikembalikan": _kembali,
    "persetujuan.permohonan.ditolak": _akhir(TOLAK),
    "persetujuan.tugas.dibuat": _tugas,
    "dokumen.surat.diterbitkan": _terbit,
    "dokumen.surat.diserahkan": _diserahkan,
    "dokumen.surat.ditahan": _ditahan,
}
