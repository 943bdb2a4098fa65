"""View receipts: dokumen signs which clerk opened which bytes; believed without asking it."""

from __future__ import annotations

from collections.abc import Iterable

from pengajuan.application.periksa import Dilihat
from pengajuan.domain.errors import TransisiSalah
from web.tokens import TokenRefused, Verifier


class TandaLihat:
    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier

    def baca(self, tokens: Iterable[str], *, permohonan: str, petugas: str) -> tuple[Dilihat, ...]:
        """What this clerk saw of this case. Raises TransisiSalah if a receipt is not what it says."""
        return tuple(self._one(token, permohonan, petugas) for token in tokens)

    def _one(self, token: str, permohonan: str, petugas: str) -> Dilihat:
        try:
            claims = self._verifier.verify(token, issuer="dokumen", audience="pengajuan")
        except TokenRefused:
            raise _refused() from None
        if (claims.get("jenis"), claims.get("permohonan"), claims.get("petugas")) != (
            "lihat",
            permohonan,
            petugas,
        ):
            raise _refused()
        return Dilihat(
            berkas=claims["berkas"],
            syarat=claims["syarat"],
            sha256=claims["sha256"],
            putaran=claims["putaran"],
        )


def _refused() -> TransisiSalah:
    return TransisiSalah(
        "tanda-lihat-salah", "Tanda lihat berkas tidak berlaku. Buka lagi berkasnya lalu tekan lengkap."
    )
