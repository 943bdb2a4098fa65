"""How many papers a slot takes: refused ones leave room, but not for ever."""

from __future__ import annotations

import pytest

from dokumen.domain.berkas import MOST, Izin, boleh_unggah
from dokumen.domain.galat import BerkasBanyak
from dokumen.domain.langkah import Perkara
from dokumen.domain.perkara import baru

GRANT = Izin(
    permohonan="p", kantor="3276011006", pemilik="w", putaran=1, syarat={"KTP": 1, "KK": 1}, maks_byte=1
)


def refused(count: int) -> Perkara:
    paper = {"syarat": "KTP", "putaran": 1, "status": "ditolak"}
    return {**baru(), "putaran": 1, "berkas": {str(n): paper for n in range(count)}}


def test_refused_papers_leave_room_for_better_ones() -> None:
    boleh_unggah(refused(MOST - 1), GRANT, "KTP")


def test_refused_papers_do_not_fill_a_case_without_end() -> None:
    with pytest.raises(BerkasBanyak):
        boleh_unggah(refused(MOST), GRANT, "KTP")
    boleh_unggah(refused(MOST), GRANT, "KK")
