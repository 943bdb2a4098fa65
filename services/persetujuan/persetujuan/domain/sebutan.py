"""What roles are called in sentences that people read."""

from __future__ import annotations

from typing import Final

SEBUTAN: Final = {
    "warga": "warga",
    "petugas_loket": "petugas loket",
    "kasi": "kepala seksi",
    "seklur": "sekretaris kelurahan",
    "lurah": "lurah",
    "petugas_loket_kecamatan": "petugas loket kecamatan",
    "kasi_kecamatan": "kepala seksi kecamatan",
    "sekcam": "sekretaris kecamatan",
    "camat": "camat",
    "admin_kantor": "admin kantor",
    "admin_kecamatan": "admin kecamatan",
    "operator": "operator",
    "inspektur": "inspektur",
    "sistem": "sistem",
}
