"""Which counter may check a case: the kelurahan's, the kecamatan's for its own services and for a closed office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chassis.aggregate import Outcome
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import LOKET, Pemanggil, boleh_lihat
from pengajuan.domain.errors import Dilarang, TidakAda
from pengajuan.domain.layanan import Alur
from pengajuan.domain.permohonan import Permohonan

KECAMATAN = "petugas_loket_kecamatan"


def boleh_periksa(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
    """A clerk of the right counter, never on a case about himself or his family card (R3, R7, R9, R20).

    Raises TidakAda or Dilarang.
    """
    boleh_lihat(kasus, siapa)
    if di.milik(kasus).alur is Alur.KECAMATAN:
        if siapa.peran != KECAMATAN:
            raise Dilarang("bukan-petugas-loket", "Layanan ini diperiksa petugas loket kecamatan.")
    elif siapa.peran != "petugas_loket" and not (siapa.peran == KECAMATAN and tutup(di, kasus.kantor)):
        raise Dilarang("bukan-petugas-loket", "Hanya petugas loket kelurahan itu yang memeriksa berkas.")
    bukan_sendiri(di, kasus, siapa)


def di_meja(di: Lingkup, kantor: Sequence[Outcome], siapa: Pemanggil) -> list[dict[str, Any]]:
    """What lies on the caller's counter in his offices, as queries that together find what `boleh_periksa` lets pass.

    Cases about the caller himself are among it: no query knows those.
    """
    today = di.kantor.moment().now.date()
    mine, shut = [k.scope for k in kantor], [k.scope for k in kantor if sedang_tutup(k.state, today)]
    above = {kode for (kode, _), layanan in di.katalog.items() if layanan.alur is Alur.KECAMATAN}
    below = {kode for kode, _ in di.katalog} - above
    desks = [(mine, above), (shut, below)] if siapa.peran == KECAMATAN else [(mine, below)]
    return [
        {"scope": {"in": scopes}, "state.layanan": {"in": sorted(codes)}}
        for scopes, codes in desks
        if scopes and codes and siapa.peran in LOKET
    ]


def diperiksa_sendiri(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> bool:
    """Whether the caller is who may check the case."""
    try:
        boleh_periksa(di, kasus, siapa)
    except (Dilarang, TidakAda):
        return False
    return True


def bukan_sendiri(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
    """Nobody acts on a case about himself or his family card (R7). Raises Dilarang."""
    if _sendiri(di, kasus, siapa):
        raise Dilarang(
            "permohonan-sendiri", "Ini permohonan Anda atau keluarga Anda. Minta petugas lain memeriksanya."
        )


def tutup(di: Lingkup, kantor: str) -> bool:
    """Whether the office is closed today, so that the kecamatan's counter may act for it (R20)."""
    return sedang_tutup(di.satu_kantor(kantor).state, di.kantor.moment().now.date())


def sedang_tutup(kantor: Mapping[str, Any], hari: date) -> bool:
    """Both days named are closed."""
    shut = kantor.get("tutup")
    return shut is not None and shut["dari"] <= hari.isoformat() <= shut["sampai"]


def _sendiri(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> bool:
    niks = {kasus.pemohon.nik, *(s.nik for s in kasus.subjek)} - {None}
    kks = {s.kk for s in kasus.subjek} - {None}
    hashes = {di.samaran("nik", n) for n in niks if n} | {di.samaran("kk", k) for k in kks if k}
    return kasus.pemohon.akun == siapa.sub or bool({siapa.nik_h, siapa.kk_h} & hashes)
