"""The pages, one file per task."""

from __future__ import annotations

from frontend.halaman import kasus, lacak, masuk, permohonan, umum

SEMUA = (umum.bp, masuk.bp, permohonan.bp, kasus.bp, lacak.bp)
