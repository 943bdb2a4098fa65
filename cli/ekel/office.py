"""`ekel office`: kelurahan that join while everything runs, also those of another kecamatan or city by its file."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from chassis.ports.errors import PortError

app = typer.Typer(help="Offices that join while everything runs.", no_args_is_help=True)
Wait = Annotated[
    float, typer.Option(min=0.0, help="Seconds to wait until pengajuan's worker has switched them on.")
]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="YAML of a city: kota, its kecamatan, their kelurahan.")],
    wait: Wait = 60.0,
) -> None:
    """Add the offices of a city's file; those known stay as they are. `aktif: true` also switches one on."""
    raise typer.Exit(_join(file, [], wait))


@app.command()
def on(
    kode: Annotated[list[str], typer.Argument(help="Codes of kelurahan, e.g. 3276021007.")], wait: Wait = 60.0
) -> None:
    """Switch kelurahan on: their topics first, then people may file there."""
    raise typer.Exit(_join(None, kode, wait))


@app.command("list")
def listing(
    wilayah: Annotated[str, typer.Option(help="Beginning of the codes, e.g. 327602.")] = "",
) -> None:
    """Every office with its state."""
    try:
        for kode, office in sorted(_offices().items()):
            if kode.startswith(wilayah):
                print(f"{kode:<10} {office['status']:<9} {office['tingkat']:<9} {office['nama']}")
    except (OSError, PortError) as error:
        raise _refused(error) from error


def _join(file: Path | None, kode: list[str], wait: float) -> int:
    from ekel.deployables import module, settings

    errors = module("pengajuan", "domain.errors")
    try:
        wanted: list[str] = module("pengajuan", "roles").join(settings("pengajuan"), file, kode)
        left = _awaited(wanted, wait)
    except errors.TidakAda as error:
        raise _refused(f"no such kelurahan among {', '.join(kode)}: `ekel office list` shows all") from error
    except (errors.KatalogSalah, OSError, PortError) as error:
        raise _refused(error) from error
    for each in wanted:
        print(f"{each}: {'waits for the worker of pengajuan' if each in left else 'aktif'}")
    if not wanted:
        print("added; nothing to switch on: `ekel office on CODE`")
    return 1 if left else 0


def _awaited(wanted: list[str], wait: float) -> list[str]:
    """Those that are not active in time."""
    deadline = time.monotonic() + wait
    while True:
        known = _offices() if wanted else {}
        left = [kode for kode in wanted if known[kode]["status"] != "aktif"]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.2)


def _offices() -> dict[str, dict[str, Any]]:
    from ekel.deployables import module, settings

    known: dict[str, dict[str, Any]] = module("pengajuan", "roles").offices(settings("pengajuan"))
    return known


def _refused(why: object) -> typer.Exit:
    print(why, file=sys.stderr)
    return typer.Exit(2)
