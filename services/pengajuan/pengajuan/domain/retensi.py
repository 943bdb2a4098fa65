"""What of a case is erased when, by real time (R15): first the shared personal half, then the answers themselves.

`berakhir_pada` is the real moment the case ended. What stays is the history of codes: who may count, may count on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from pengajuan.domain.events import Fakta, Keluarga, Langkah
from pengajuan.domain.permohonan import Pemohon, Permohonan
from pengajuan.domain.status import Status

PRIBADI, ISI = "hapus_pribadi", "hapus_isi"
BERAKHIR = frozenset(
    {
        Status.DISERAHKAN,
        Status.DITOLAK,
        Status.DIBATALKAN,
        Status.KEDALUWARSA,
        Status.DITERUSKAN,
        Status.DIPINDAH,
    }
)
UMUR_PRIBADI = timedelta(days=30)
UMUR_ISI: Mapping[Status, timedelta] = MappingProxyType(
    {
        Status.DIBATALKAN: timedelta(days=30),
        Status.DIPINDAH: timedelta(days=30),  # what counts is with the right office
        Status.KEDALUWARSA: timedelta(days=365),
        Status.DITOLAK: timedelta(days=365),
    }
)


def tandai(kasus: Permohonan, nyata: datetime) -> Permohonan:
    """The case with the moment it ended; a case that goes on has none."""
    if kasus.status not in BERAKHIR:
        return replace(kasus, berakhir_pada=None) if kasus.berakhir_pada else kasus
    return kasus if kasus.berakhir_pada else replace(kasus, berakhir_pada=nyata)


def akan(kasus: Permohonan) -> Iterator[tuple[str, datetime]]:
    """Erasures that are still to come: what, and its real moment."""
    if kasus.berakhir_pada is None:
        return
    terms = {PRIBADI: UMUR_PRIBADI, ISI: UMUR_ISI.get(kasus.status)}
    for what, term in terms.items():
        if term is not None and what not in kasus.dihapus:
            yield what, kasus.berakhir_pada + term


def hapus_pribadi(kasus: Permohonan, nyata: datetime) -> Langkah:
    """The snapshots on the log are removed, and with them what the other services hold."""
    if PRIBADI in kasus.dihapus:
        return kasus, ()
    marked = replace(kasus, dihapus={**kasus.dihapus, PRIBADI: nyata.isoformat()})
    if kasus.diajukan_pada is None:
        return marked, ()  # a draft was never shared
    returned = any(line.kode == "dikembalikan" and line.oleh != "sistem" for line in kasus.riwayat)
    names = ("pemohon.dibagikan", "catatan.dibagikan") if returned else ("pemohon.dibagikan",)
    if kasus.pengantar is not None and kasus.pengantar.urut:
        names = (*names, "pengantar.dibagikan")
    return marked, tuple(Fakta(nama=name, data=None, keluarga=Keluarga.PRIBADI) for name in names)


def hapus_isi(kasus: Permohonan, nyata: datetime) -> Langkah:
    """Person, answers, words and papers go; receipt, state and history of codes stay."""
    state, facts = hapus_pribadi(kasus, nyata)
    empty = replace(
        state,
        pemohon=Pemohon(nama=""),
        subjek=(),
        data={},
        jalan={},
        berkas=(),
        kekurangan=(),
        pembebasan=(),
        catatan=(),
        koreksi=(),
        pengantar=None,
        dihapus={**state.dihapus, ISI: nyata.isoformat()},
    )
    return empty, facts
