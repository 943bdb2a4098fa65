"""The pages, one file per task."""

from __future__ import annotations

from frontend.halaman import berkas, kasus, lacak, masuk, permohonan, potongan, umum

SEMUA = (umum.bp, masuk.bp, permohonan.bp, berkas.bp, potongan.bp, kasus.bp, lacak.bp)
