"""The pages, one file per task."""

from __future__ import annotations

from frontend.halaman import (
    berkas,
    cek,
    kasus,
    lacak,
    loket,
    loket_datang,
    loket_kantor,
    loket_periksa,
    loket_surat,
    masuk,
    pejabat,
    pejabat_banyak,
    pejabat_saya,
    pejabat_tanda,
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
    loket_datang.bp,
    loket_surat.bp,
    loket_kantor.bp,
    pejabat.bp,
    pejabat_banyak.bp,
    pejabat_tanda.bp,
    pejabat_saya.bp,
)
