"""The pages, one file per task."""

from __future__ import annotations

from frontend.halaman import (
    berkas,
    cek,
    kasus,
    lacak,
    loket,
    loket_periksa,
    masuk,
    pejabat,
    pejabat_banyak,
    permohonan,
    petugas_gambar,
    potongan,
    slip,
    umum,
)

SEMUA = (
    umum.bp,
    masuk.bp,
    permohonan.bp,
    berkas.bp,
    potongan.bp,
    kasus.bp,
    lacak.bp,
    cek.bp,
    slip.bp,
    petugas_gambar.bp,
    loket.bp,
    loket_periksa.bp,
    pejabat.bp,
    pejabat_banyak.bp,
)
