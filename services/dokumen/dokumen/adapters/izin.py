"""Signed statements between services: the upload grant that pengajuan gave, the view receipt that we give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dokumen.domain.berkas import Izin
from dokumen.domain.galat import IzinSalah
from web.tokens import Signer, TokenRefused, Verifier

RECEIPT = 12 * 3600  # seconds


def baca(verifier: Verifier, token: str) -> Izin:
    """The grant. Raises `IzinSalah` if it is missing, foreign, expired or no grant."""
    if not token:
        raise IzinSalah("Izin unggah belum disertakan. Buka halaman permohonan, lalu unggah dari sana.")
    try:
        claims = verifier.verify(token, issuer="pengajuan", audience="dokumen")
        if claims["jenis"] != "unggah":
            raise KeyError("jenis")
        return Izin(
            permohonan=claims["permohonan"],
            kantor=claims["kantor"],
            pemilik=claims["pemilik"],
            putaran=int(claims["putaran"]),
            syarat={s["kode"]: int(s["maks_berkas"]) for s in claims["syarat"]},
            maks_byte=int(claims["maks_byte"]),
        )
    except (TokenRefused, KeyError, TypeError, ValueError) as error:
        words = "Izin unggah tidak berlaku atau sudah habis masanya. Muat ulang halaman permohonan."
        raise IzinSalah(words) from error


def tanda_lihat(signer: Signer, permohonan: str, id: str, paper: Mapping[str, Any], petugas: str) -> str:
    """That this clerk was given exactly these bytes."""
    return signer.sign(
        "pengajuan",
        RECEIPT,
        jenis="lihat",
        permohonan=permohonan,
        berkas=id,
        syarat=paper["syarat"],
        sha256=paper["sha256"],
        putaran=paper["putaran"],
        petugas=petugas,
    )
