"""Whoever may read something reads every list there is, each way it may be asked."""

from __future__ import annotations

from urllib.parse import quote

import yaml

from support import lakon
from support.system import System
from support.tree import ROOT

READERS = ("loket.depok", "kasi.depok", "lurah.depok", "camat.pancoranmas")
OFFICE = "3276011006"
# The office's books, each way they are asked: a year, a month, a name, a number, a day, a service.
BOOKS = [
    *(f"/v1/agenda{kind}?kantor={OFFICE}&tahun={{tahun}}" for kind in ("", "/unduh")),
    *(f"/v1/register{kind}?kantor={OFFICE}" for kind in ("", "/unduh")),
    *(
        f"/v1/arsip?kantor={OFFICE}{asked}"
        for asked in ("", "&nomor=1", "&dari=2026-01-01", "&layanan=SKDOM")
    ),
    *(f"/v1/arsip?kantor={OFFICE}&nama={{nama}}{asked}" for asked in ("", "&layanan=SKDOM&dari=2026-01-01")),
    f"/v1/laporan?kantor={OFFICE}",
]


def read_lists(system: System) -> None:
    """Every GET without parameters in its path, by everybody who may have something there; and the books."""
    for account in READERS:
        reader = lakon.sign_in(system, account)
        for file in sorted((ROOT / "contracts" / "openapi").glob("*.yaml")):
            for path, methods in yaml.safe_load(file.read_text())["paths"].items():
                if "get" in methods and "{" not in path and "aliran" not in path:
                    reader.ask("GET", path)
    clerk, year = lakon.sign_in(system, "loket.depok"), system.settings.clock().now().year
    somebody = clerk.get(f"/v1/register?kantor={OFFICE}")["isi"][0]["pemohon"]
    for path in BOOKS:
        answer = clerk.ask("GET", path.format(tahun=year, nama=quote(somebody)))
        assert answer.status == 200, path
