"""The upload grant: what dokumen may take for this case, signed, so that it needs to ask nobody."""

from __future__ import annotations

import time
from collections.abc import Mapping

from pengajuan.domain.kelengkapan import putaran_berkas, syarat_berlaku
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import MILIK_PENGAJUAN
from web.tokens import Signer

_HOUR = 3600
_LIFE = 25 * _HOUR


class IzinUnggah:
    def __init__(self, signer: Signer, maks_byte: int) -> None:
        self._signer, self._maks_byte = signer, maks_byte

    def untuk(self, kasus: Permohonan, layanan: Layanan, batas: Mapping[str, int]) -> str | None:
        """A grant of at least 24 h; None once pengajuan no longer owns the case."""
        if kasus.status not in MILIK_PENGAJUAN:
            return None
        # Begins at the full hour: a repeated command is answered with the same bytes.
        began = int(time.time()) // _HOUR * _HOUR
        slots = syarat_berlaku(kasus, layanan, batas)
        return self._signer.sign(
            "dokumen",
            _LIFE,
            iat=began,
            exp=began + _LIFE,
            jenis="unggah",
            permohonan=kasus.id,
            kantor=kasus.kantor,
            pemilik=kasus.pemohon.akun or kasus.dibuat_oleh,
            layanan=kasus.layanan,
            putaran=putaran_berkas(kasus),
            syarat=[{"kode": s.kode, "maks_berkas": s.maks_berkas} for s in slots],
            maks_byte=self._maks_byte,
        )
