"""Which papers count for the present round, and what is still open."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from pengajuan.domain.layanan import Layanan, Syarat
from pengajuan.domain.pengantar import SYARAT as PENGANTAR
from pengajuan.domain.pengantar import Keadaan
from pengajuan.domain.permohonan import Berkas, Cara, Kanal, Permohonan
from pengajuan.domain.status import Status


def putaran_berkas(kasus: Permohonan) -> int:
    """The round an upload grant names: papers sent while correcting belong to the round that follows."""
    return kasus.putaran + 1 if kasus.status is Status.DIPERBAIKI else kasus.putaran


def syarat_berlaku(kasus: Permohonan, layanan: Layanan, batas: Mapping[str, int]) -> tuple[Syarat, ...]:
    return layanan.syarat_berlaku(kasus.jawaban(), batas)


def berkas_slot(kasus: Permohonan, syarat: Syarat) -> tuple[Berkas, ...]:
    """Papers in force of one slot: those of its latest round, of these the newest `maks_berkas`."""
    papers = [b for b in kasus.berkas if b.syarat == syarat.kode]
    latest = max((b.putaran for b in papers), default=0)
    return tuple([b for b in papers if b.putaran == latest][-syarat.maks_berkas :])


def berkas_berlaku(kasus: Permohonan, syarat: tuple[Syarat, ...]) -> tuple[Berkas, ...]:
    return tuple(b for s in syarat for b in berkas_slot(kasus, s))


def belum_ada(kasus: Permohonan, syarat: tuple[Syarat, ...]) -> tuple[str, ...]:
    """Mandatory slots that wait for an upload or the counter; a returned one needs a paper of the new round."""
    returned = {k.kode for k in kasus.kekurangan if k.jenis == "syarat"}
    return tuple(s.kode for s in syarat if s.wajib and not _settled(kasus, s, s.kode in returned))


def tanpa_berkas(
    kasus: Permohonan, syarat: tuple[Syarat, ...], dibebaskan: frozenset[str]
) -> tuple[str, ...]:
    """Mandatory slots with neither a clean paper, a confirmation nor a clerk's waiver: "lengkap" is impossible."""
    without = dibebaskan | ({PENGANTAR} if pengantar_berlaku(kasus) else frozenset())
    return tuple(s.kode for s in syarat if s.wajib and s.kode not in without and not berkas_slot(kasus, s))


def pengantar_berlaku(kasus: Permohonan) -> bool:
    """Whether RT and RW confirmed by link, which counts as their paper (R9) until a clerk returns that paper."""
    digital = kasus.pengantar
    if digital is None or digital.keadaan is not Keadaan.TERBIT:
        return False
    returned = any(k.jenis == "syarat" and k.kode == PENGANTAR for k in kasus.kekurangan)
    return digital.putaran >= kasus.putaran or not returned


def sidik_kasus(kasus: Permohonan, papers: tuple[Berkas, ...]) -> str:
    """SHA-256 (hex) over answers, persons and papers: what the officials decide on."""
    who = kasus.pemohon
    content = {
        "layanan": [kasus.layanan, kasus.versi_layanan],
        "pemohon": [who.nama, who.nik, kasus.hubungan.value],
        "subjek": [[s.nama, s.nik, s.kk] for s in kasus.subjek],
        "data": dict(kasus.data),
        "berkas": sorted([b.syarat, b.id, b.sha256] for b in papers),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _settled(kasus: Permohonan, syarat: Syarat, returned: bool) -> bool:
    """R6: what somebody does not have holds up nothing; what he brings to the counter is waited for until the clerk
    scans it. Who stands at the counter brings it now.
    """
    way = kasus.jalan.get(syarat.kode)
    there = kasus.kanal is Kanal.LOKET
    if way is not None and (way.cara is Cara.TIDAK_PUNYA or (way.cara is Cara.LOKET and there)):
        return True
    if syarat.kode == PENGANTAR and pengantar_berlaku(kasus):
        return True
    papers = berkas_slot(kasus, syarat)
    return bool(papers) and (not returned or papers[-1].putaran >= kasus.putaran)
