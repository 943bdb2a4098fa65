"""Offices that the operator of the machine lets join or switches on, by the command; the worker makes their topics."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chassis.aggregate import Cause
from pengajuan.adapters.wilayah import baca_wilayah
from pengajuan.application import kantor, wilayah
from pengajuan.bootstrap import App
from pengajuan.domain.errors import TidakAda

OPERATOR = "ekel"


def join(app: App, file: Path | None, on: Sequence[str]) -> list[str]:
    """Codes of the kelurahan that are switched on or will be. Raises KatalogSalah, TidakAda, OSError."""
    di, active = app.lingkup, list(on)
    cause = Cause.command(f"{OPERATOR}:{di.kantor.moment().ids[0]}")
    if file is not None:
        daftar = baca_wilayah(file)
        for area in daftar.kecamatan:
            app.audit.append(area.kode, actor=OPERATOR, action="tambah_kantor", subject=area.kode)
        wilayah.tambah(di, daftar, cause)
        active += [k.kode for k in daftar.kelurahan if k.aktif]
    for kode in on:
        office = di.satu_kantor(kode).state
        if office["tingkat"] != "kelurahan":
            raise TidakAda
        app.audit.append(kode, actor=OPERATOR, action="ubah_kantor", subject=kode)
        di.kantor.update(kode, kode, kantor.tambah(office, aktif=True), Cause.command(f"{cause.id}:on"))
    return sorted(set(active))
