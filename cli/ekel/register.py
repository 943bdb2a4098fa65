"""`ekel register`: the letter registers that wait since a restore for the last number of their paper agenda."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from chassis.ports.errors import PortError

app = typer.Typer(help="Letter registers after a restore.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `unlock` a word of its own."""


@app.command()
def unlock(
    kantor: Annotated[str, typer.Option(help="Code of the office that owns the register.")],
    nomor: Annotated[int, typer.Option(min=0, help="Last number in the paper agenda.")],
    klasifikasi: Annotated[str, typer.Option(help="Where the office numbers per classification.")] = "",
    tahun: Annotated[int, typer.Option(help="Year of the register; default: this year.")] = 0,
) -> None:
    """Book the numbers that were given after the backup, then let the register give new ones."""
    from dokumen.domain.galat import AgendaSalah
    from ekel.deployables import module, settings

    asked = {"kantor": kantor, "nomor": nomor, "klasifikasi": klasifikasi, "tahun": tahun}
    try:
        booked = module("dokumen", "roles").unlock(settings("dokumen"), asked)
    except (AgendaSalah, PortError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error
    typer.echo(f"{kantor}: {len(booked)} numbers booked, the next one is {nomor + 1}")
