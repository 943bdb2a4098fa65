"""`ekel account create`: the first administrator, before anybody can sign in."""

from __future__ import annotations

import os
from typing import Annotated

import typer

app = typer.Typer(help="Accounts of officials, on this machine.", no_args_is_help=True)
ADMINISTRATORS = ("operator", "admin_kecamatan", "admin_kantor")
SHORTEST = 12  # characters of a password


@app.callback()
def group() -> None:
    """Accounts of officials, on this machine."""


@app.command()
def create(
    akun: Annotated[str, typer.Argument(help="Account name, e.g. operator.depok")],
    nama: Annotated[str, typer.Option("--nama", help="The person's name.")],
    peran: Annotated[str, typer.Option("--peran", help=f"One of {', '.join(ADMINISTRATORS)}.")] = "operator",
    wilayah: Annotated[
        str, typer.Option("--wilayah", help="Code of the city, kecamatan or office.")
    ] = "3276",
) -> None:
    """Create an administrator. The password is asked for, or taken from EKEL_ACCOUNT_PASSWORD."""
    if peran not in ADMINISTRATORS:
        print(f"peran must be one of {', '.join(ADMINISTRATORS)}")
        raise typer.Exit(2)
    password = os.environ.get("EKEL_ACCOUNT_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    if len(password) < SHORTEST:
        print(f"the password must have at least {SHORTEST} characters")
        raise typer.Exit(2)
    raise typer.Exit(_create(akun, nama, peran, wilayah, password))


def _create(akun: str, nama: str, peran: str, wilayah: str, password: str) -> int:
    from ekel.deployables import module, settings

    configured = settings("gateway")
    module("gateway", "roles").migrate(configured)
    seeds = module("gateway", "seed")
    try:
        made: bool = seeds.administrator(
            configured, akun=akun, nama=nama, peran=peran, wilayah=wilayah, sandi=password
        )
    except seeds.Refused as error:
        print(f"refused: {error}")
        return 2
    print(f"{akun}: created" if made else f"{akun}: exists already, nothing changed")
    return 0 if made else 1
