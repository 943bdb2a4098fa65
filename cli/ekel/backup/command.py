"""`ekel backup` and `ekel restore`: what the operator types, what is printed, and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from chassis.ports.errors import PortError
from ekel.deployables import shared

app = typer.Typer(
    help="Encrypted backups: on embedded engines while everything runs, on servers while workers rest.",
    no_args_is_help=True,
)
Key = Annotated[
    Path, typer.Option("--key", help="Key file (`ekel backup key FILE`), kept apart from the backups.")
]
File = Annotated[Path, typer.Argument(help="The backup.")]
Ledger = Annotated[Path | None, typer.Option("--erasures", help="The erasure ledger kept with the backups.")]


@app.command("key")
def make_key(file: Annotated[Path, typer.Argument(help="Where to write it.")]) -> None:
    """Make a key file. Without it no backup can be opened: keep a copy in a safe."""
    from ekel.backup import key

    try:
        key.make(file)
    except OSError as error:
        raise _refused(f"{file}: {error.strerror}") from error
    typer.echo(f"{file}: a new key, for its owner alone. Print it and lock it away.")


@app.command()
def make(
    file: File,
    key: Key,
    erasures: Ledger = None,
    keys: Annotated[bool, typer.Option("--keys", help="The keys instead of the data.")] = False,
) -> None:
    """Back up the data as one cut of a running system, or with --keys the folder of keys."""
    from ekel.backup import key as key_file
    from ekel.backup import ledger, make

    def work() -> None:
        secret, settings = key_file.read(key), shared()
        count = (make.keys if keys else make.data)(settings, file, secret)
        typer.echo(f"{file}: {count} files, {file.stat().st_size} bytes")
        if erasures is not None and not keys:
            typer.echo(f"{erasures}: {ledger.write(settings, erasures)} erasures")

    _guarded(work)


@app.command()
def verify(file: File, key: Key) -> None:
    """Read the whole backup against its checksums; exit 1 if it could not be restored."""
    from ekel.backup import archive
    from ekel.backup import key as key_file

    def work() -> None:
        head = archive.verify(file, key_file.read(key))
        typer.echo(
            f"{file}: whole; {head['kind']} of {head['time']}, {head['files']} files, {head['bytes']} bytes"
        )

    _guarded(work)


@app.command()
def erasures(file: Annotated[Path, typer.Argument(help="The ledger.")]) -> None:
    """Add to the ledger what was erased until now; cheap enough for every hour."""
    from ekel.backup import ledger

    _guarded(lambda: typer.echo(f"{file}: {ledger.write(shared(), file)} erasures"))


@app.command()
def settle(
    file: Annotated[Path, typer.Argument(help="The ledger; an empty file if nothing was erased.")],
) -> None:
    """After production engines were restored by their own tools, before anything starts: as `ekel restore` ends.

    Registers are locked, what was erased is erased again, the log gets a new epoch, groups begin anew.
    """
    from ekel.backup import ledger, restore

    def work() -> None:
        told = restore.settle_servers(shared(), ledger.read(file))
        typer.echo(f"erased again: {told['erased again']}; registers are locked; log epoch {told['epoch']}")

    _guarded(work)


def restore(
    file: File,
    key: Key,
    erasures: Ledger = None,
    no_erasures: Annotated[
        bool, typer.Option("--no-erasures", help="Surely nothing was erased since.")
    ] = False,
) -> None:
    """Restore a backup onto an empty EKEL_DATA; keys first, then data. Registers wait for `ekel register unlock`."""
    from ekel.backup import key as key_file
    from ekel.backup import ledger
    from ekel.backup import restore as restoring

    def work() -> None:
        erased = [] if no_erasures else ledger.read(erasures) if erasures else None
        told = restoring.run(shared(), file, key_file.read(key), erased)
        typer.echo(f"restored the {told['kind']} of {told['time']}: {told['files']} files")
        if told["kind"] == "data":
            typer.echo(
                f"log epoch {told.get('epoch', 'as prepared')}, erased again: {told.get('erased again', '-')}"
            )
            typer.echo("Registers are locked: ekel register unlock --kantor CODE --nomor LAST (per office)")

    _guarded(work)


def _guarded(work: Callable[[], None]) -> None:
    from ekel.backup.key import BadKey
    from ekel.backup.ledger import BadLedger
    from ekel.backup.sealed import Damaged, ForeignKey

    try:
        work()
    except (Damaged, ForeignKey) as error:
        raise _refused(f"not usable: {error}", 1) from error
    except (BadKey, BadLedger, PortError, FileNotFoundError) as error:
        raise _refused(str(error)) from error


def _refused(why: str, code: int = 2) -> typer.Exit:
    print(why, file=sys.stderr)
    return typer.Exit(code)
