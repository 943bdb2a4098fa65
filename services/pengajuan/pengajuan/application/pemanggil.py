"""Who calls, as the rules see it: role, area, and the keyed hashes for the own-case rule (R7)."""

from __future__ import annotations

from dataclasses import dataclass

from pengajuan.domain.errors import Dilarang, TidakAda
from pengajuan.domain.permohonan import Pelaku, Permohonan
from pengajuan.domain.status import Status

LOKET = frozenset({"petugas_loket", "petugas_loket_kecamatan"})
PEJABAT = frozenset({"kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat"})
PETUGAS = LOKET | PEJABAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Pemanggil:
    """`wilayah` are code prefixes; `nik_h`, `kk_h` the keyed hashes of a staff member's own NIK and KK.

    `orang_h` is a known person's (R1), empty for everybody else.
    """

    sub: str
    peran: str
    wilayah: tuple[str, ...] = ()
    tingkat: str = ""
    nik_h: str = ""
    kk_h: str = ""
    orang_h: str = ""

    @property
    def pelaku(self) -> Pelaku:
        return Pelaku(id=self.sub, peran=self.peran)

    @property
    def warga(self) -> bool:
        return self.peran == "warga"

    def meliputi(self, kode: str) -> bool:
        return any(kode.startswith(prefix) for prefix in self.wilayah)


def dari_loket(kasus: Permohonan, siapa: Pemanggil) -> bool:
    """Whether a counter filed it for this known person (R13)."""
    return bool(siapa.orang_h) and siapa.orang_h == kasus.pemohon.orang_h and kasus.status is not Status.DRAF


def boleh_lihat(kasus: Permohonan, siapa: Pemanggil) -> None:
    """Residents see their own cases, staff those of their area. Raises TidakAda or Dilarang."""
    if siapa.warga:
        if siapa.sub not in (kasus.pemohon.akun, kasus.dibuat_oleh) and not dari_loket(kasus, siapa):
            raise TidakAda
        return
    if siapa.peran not in PETUGAS or not siapa.meliputi(kasus.kantor):
        raise Dilarang("dilarang", "Permohonan ini bukan di wilayah atau tugas Anda.")
    if kasus.status is Status.DRAF and kasus.dibuat_oleh != siapa.sub:
        raise TidakAda


def boleh_ubah(kasus: Permohonan, siapa: Pemanggil) -> None:
    """The resident himself, or a clerk of that office on his behalf. Raises TidakAda or Dilarang."""
    boleh_lihat(kasus, siapa)
    if not siapa.warga and siapa.peran not in LOKET:
        raise Dilarang("bukan-petugas-loket", "Langkah ini dilakukan pemohon atau petugas loket.")
