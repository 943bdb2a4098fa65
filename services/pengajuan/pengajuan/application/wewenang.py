"""Which counter may check a case: the kelurahan's, the kecamatan's for its own services and for a closed office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_lihat
from pengajuan.domain.errors import Dilarang
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
