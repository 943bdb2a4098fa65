"""What a caller may do to a case now, told with the case: a page offers that and needs no rule of its own.

The names are the last part of the commands' paths. The commands themselves judge again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pengajuan.application.buat import BOLEH_DISALIN
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.application.wewenang import KECAMATAN, boleh_periksa, bukan_sendiri, tutup
from pengajuan.domain.errors import Dilarang, TidakAda
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import BOLEH, Status

Syarat = Callable[[Lingkup, Permohonan, Pemanggil], bool]


def tindakan(di: Lingkup, siapa: Pemanggil, kasus: Permohonan) -> list[str]:
    """Names of the commands that neither the case's state nor the caller's right refuses."""
    return [name for name, allowed in _SEMUA.items() if _lolos(allowed, di, kasus, siapa)]


def _lolos(allowed: Syarat, di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> bool:
    try:
        return allowed(di, kasus, siapa)
    except (Dilarang, TidakAda):
        return False


def _pada(states: frozenset[Status], guard: Callable[[Lingkup, Permohonan, Pemanggil], None]) -> Syarat:
    """Allowed in these states to whom `guard` lets pass."""

    def allowed(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> bool:
        if kasus.status not in states:
            return False
        guard(di, kasus, siapa)
        return True

    return allowed


def _mengubah(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
    boleh_ubah(kasus, siapa)


def _membatalkan(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
    boleh_ubah(kasus, siapa)
    if kasus.pembatalan_diminta:
        raise Dilarang("dilarang", "Pembatalan sudah diminta.")


def _menyalin(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
    """As filing anew: the kecamatan's counter for a closed office alone (R20), and something to copy."""
    boleh_ubah(kasus, siapa)
    if not kasus.data or (siapa.peran == KECAMATAN and not tutup(di, kasus.kantor)):
        raise Dilarang("dilarang", "Tidak ada yang bisa disalin di sini.")


def _memeriksa(terusan: bool) -> Callable[[Lingkup, Permohonan, Pemanggil], None]:
    """The check that ends here, or the one that ends at another office (R9)."""

    def guard(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
        boleh_periksa(di, kasus, siapa)
        if terusan and di.milik(kasus).penerusan is None:
            raise Dilarang("dilarang", "Layanan ini selesai di sini.")

    return guard


def _mengizinkan(di: Lingkup, kasus: Permohonan, siapa: Pemanggil) -> None:
    if siapa.peran != "lurah":
        raise Dilarang("dilarang", "Hanya lurah yang mengizinkan daftar kedua.")
    bukan_sendiri(di, kasus, siapa)


_DIBATALKAN: Final = frozenset(s for s, ways in BOLEH.items() if Status.DIBATALKAN in ways)
_DIPINDAH: Final = frozenset(s for s, ways in BOLEH.items() if Status.DIPINDAH in ways)
_BERJALAN: Final = frozenset({Status.DIPERIKSA, Status.DIPROSES})
_SEMUA: Final[Mapping[str, Syarat]] = MappingProxyType(
    {
        "ajukan": _pada(frozenset({Status.DRAF}), _mengubah),
        "perbaiki": _pada(frozenset({Status.DIPERBAIKI}), _mengubah),
        "batal": _pada(_DIBATALKAN, _membatalkan),
        "salin": _pada(BOLEH_DISALIN, _menyalin),
        "periksa": _pada(frozenset({Status.DIPERIKSA}), _memeriksa(terusan=False)),
        "teruskan": _pada(frozenset({Status.DIPERIKSA}), _memeriksa(terusan=True)),
        "koreksi": _pada(_BERJALAN, boleh_periksa),
        "hasil": _pada(frozenset({Status.DITERUSKAN}), boleh_periksa),
        "pindah": _pada(_DIPINDAH, boleh_periksa),
        "izin-daftar-kedua": _pada(_BERJALAN, _mengizinkan),
    }
)
