"""The states of a case and the only ways between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    DRAF = "draf"
    MENUNGGU_BERKAS = "menunggu_berkas"
    DIPERIKSA = "diperiksa"
    DIPROSES = "diproses"
    DISETUJUI = "disetujui"
    TERBIT = "terbit"
    DISERAHKAN = "diserahkan"
    DIPERBAIKI = "diperbaiki"
    DITOLAK = "ditolak"
    DIBATALKAN = "dibatalkan"
    KEDALUWARSA = "kedaluwarsa"
    DITERUSKAN = "diteruskan"
    DIPINDAH = "dipindah"


_S = Status
BOLEH: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        _S.DRAF: frozenset({_S.MENUNGGU_BERKAS, _S.DIPERIKSA, _S.DIBATALKAN}),
        _S.MENUNGGU_BERKAS: frozenset({_S.DIPERIKSA, _S.DIBATALKAN, _S.KEDALUWARSA, _S.DIPINDAH}),
        _S.DIPERIKSA: frozenset({_S.DIPROSES, _S.DIPERBAIKI, _S.DIBATALKAN, _S.DITERUSKAN, _S.DIPINDAH}),
        _S.DIPROSES: frozenset({_S.DISETUJUI, _S.DIPERBAIKI, _S.DITOLAK, _S.DIBATALKAN}),
        _S.DISETUJUI: frozenset({_S.TERBIT, _S.DIBATALKAN}),
        _S.TERBIT: frozenset({_S.DISERAHKAN}),
        _S.DIPERBAIKI: frozenset(
            {_S.MENUNGGU_BERKAS, _S.DIPERIKSA, _S.DIBATALKAN, _S.KEDALUWARSA, _S.DIPINDAH}
        ),
        _S.DISERAHKAN: frozenset({_S.TERBIT}),  # a corrected letter is received anew (R10)
        _S.DITOLAK: frozenset(),
        _S.DIBATALKAN: frozenset(),
        _S.KEDALUWARSA: frozenset(),
        _S.DITERUSKAN: frozenset(),
        _S.DIPINDAH: frozenset(),  # it goes on as another case at the right office (R7)
    }
)
AKHIR: frozenset[Status] = frozenset(s for s, ways in BOLEH.items() if not ways)
MILIK_PENGAJUAN: frozenset[Status] = frozenset({_S.DRAF, _S.MENUNGGU_BERKAS, _S.DIPERIKSA, _S.DIPERBAIKI})
"""While in these, pengajuan alone ends a case; afterwards it must ask."""
