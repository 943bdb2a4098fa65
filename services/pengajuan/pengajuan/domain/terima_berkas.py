"""What dokumen says of papers: a clean one may complete the round, a refused one only leaves its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.kelengkapan import belum_ada, putaran_berkas, syarat_berlaku
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.permohonan import Berkas, Permohonan
from pengajuan.domain.status import MILIK_PENGAJUAN, Status


def terima(
    kasus: Permohonan, layanan: Layanan, *, berkas: Berkas, batas: Mapping[str, int]
) -> events.Langkah:
    """Keep a clean paper; with the last mandatory one menunggu_berkas → diperiksa. Never raises on late papers."""
    if any(b.id == berkas.id for b in kasus.berkas):
        return kasus, ()
    detail = {"syarat": berkas.syarat, "berkas": berkas.id}
    if not _counts(kasus, layanan, berkas):
        return kasus.dicatat("berkas_diabaikan", berkas.pada, "sistem", detail), ()
    # While the resident corrects, whatever he sends answers the list, also with a grant from before the return.
    tagged = replace(berkas, putaran=max(berkas.putaran, putaran_berkas(kasus)))
    kept = replace(kasus, berkas=(*kasus.berkas, tagged)).dicatat(
        "berkas_diterima", berkas.pada, "sistem", detail
    )
    return siap(kept, layanan, batas=batas, waktu=berkas.pada)


def siap(
    kasus: Permohonan,
    layanan: Layanan,
    *,
    batas: Mapping[str, int],
    waktu: datetime,
    dibebaskan: frozenset[str] = frozenset(),
) -> events.Langkah:
    """menunggu_berkas → diperiksa when nothing is waited for; `dibebaskan` a clerk does without."""
    if kasus.status is not Status.MENUNGGU_BERKAS:
        return kasus, ()
    if set(belum_ada(kasus, syarat_berlaku(kasus, layanan, batas))) - dibebaskan:
        return kasus, ()
    ready = replace(kasus.menjadi(Status.DIPERIKSA, "diperiksa"), lengkapi_sampai=None)
    return ready.dicatat("siap_diperiksa", waktu, "sistem"), (events.siap_diperiksa(ready, waktu),)


def tolak(kasus: Permohonan, *, berkas_id: str, syarat: str, alasan: str, waktu: datetime) -> events.Langkah:
    """Note that dokumen refused a paper (reason code); the slot stays open."""
    detail = {"syarat": syarat, "berkas": berkas_id, "alasan": alasan}
    return kasus.dicatat("berkas_ditolak", waktu, "sistem", detail), ()


def _counts(kasus: Permohonan, layanan: Layanan, berkas: Berkas) -> bool:
    """Only while pengajuan owns the case, for a known slot, and not of an earlier round."""
    return (
        kasus.status in MILIK_PENGAJUAN
        and berkas.putaran >= kasus.putaran
        and layanan.satu_syarat(berkas.syarat) is not None
    )
