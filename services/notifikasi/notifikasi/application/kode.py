"""One-time codes and links: handed to a channel at once; codes at most once, never logged, never kept here."""

from __future__ import annotations

from collections.abc import Mapping

from notifikasi.application.saluran import Saluran, Surat
from notifikasi.domain.galat import KodeTakTerkirim
from notifikasi.domain.naskah import Templat, susun


def antar(saluran: Saluran, templat: Templat, *, id: str, tujuan: str, kode: str, menit: int) -> None:
    """Raises KodeTakTerkirim, without naming the code."""
    kirim(saluran, templat, id=id, tujuan=tujuan, isi={"kode": kode, "berlaku_menit": str(menit)})


def kirim(saluran: Saluran, templat: Templat, *, id: str, tujuan: str, isi: Mapping[str, str]) -> None:
    """Raises KodeTakTerkirim, without naming what was in it."""
    words = susun(templat, isi)
    try:
        saluran.kirim(Surat(id=id, tujuan=tujuan, judul=words.judul, isi=words.isi))
    except Exception as error:
        raise KodeTakTerkirim("Kode tidak dapat dikirim. Minta kode baru sebentar lagi.") from error
