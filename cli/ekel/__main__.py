"""The `ekel` command: which commands exist. Each imports its own module when called, so that help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ekel import access, account, clock, contracts, deadletters, keys, office, register, topics
from ekel.backup import command as backup

app = typer.Typer(
    name="ekel",
    help="e-Kelurahan: run it, fill it, watch it, prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(access.app, name="access")
app.add_typer(account.app, name="account")
app.add_typer(backup.app, name="backup")
app.add_typer(clock.app, name="clock")
app.add_typer(contracts.app, name="contracts")
app.add_typer(deadletters.app, name="dlq")
app.add_typer(keys.app, name="keys")
app.add_typer(office.app, name="office")
app.add_typer(register.app, name="register")
app.add_typer(topics.app, name="topics")
app.command()(backup.restore)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command()
def up(
    demo: Annotated[bool, typer.Option("--demo", help="Load demo people and officials first.")] = False,
    port: Annotated[
        int | None, typer.Option(help="Port of the gateway (default: EKEL_PORT or 8080).")
    ] = None,
    ephemeral: Annotated[bool, typer.Option("--ephemeral", help="Take free ports, for tests.")] = False,
    no_screen: Annotated[bool, typer.Option("--no-screen", help="Plain lines instead of a screen.")] = False,
) -> None:
    """Start every role as a process of its own and keep them running until Ctrl-C."""
    from ekel.up import run

    raise typer.Exit(run(demo=demo, port=port, ephemeral=ephemeral, screen=not no_screen))


@app.command()
def seed(
    reference: Annotated[bool, typer.Option("--reference", help="Offices and services.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Also invented people and officials.")] = False,
) -> None:
    """Load reference data (any installation) or demo data (never production); safe to repeat."""
    from ekel import seed as seeding

    raise typer.Exit(seeding.run(reference=reference, demo=demo))


@app.command()
def demo(
    url: Annotated[str, typer.Option(help="Address of the gateway; default: the running one.")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only the outcome.")] = False,
    patience: Annotated[float, typer.Option(help="Seconds in which a request is repeated.")] = 5.0,
) -> None:
    """Play one SKDOM and one SKTM through the public API, from filing to verified letters."""
    from ekel.demo import play

    raise typer.Exit(play.run(url=url, quiet=quiet, patience=patience))


@app.command()
def simulate_day(
    url: Annotated[str, typer.Option(help="Address of the gateway.")] = "http://127.0.0.1:8080",
    seed: Annotated[int, typer.Option(help="The same seed, the same day.")] = 1,
    scale: Annotated[
        float, typer.Option(min=0.0, help="1: 210 applications; each service comes once at least.")
    ] = 1.0,
    speed: Annotated[
        float, typer.Option(min=0.0, help="Office seconds per second; 0: everybody at once.")
    ] = 60.0,
    patience: Annotated[float, typer.Option(help="Seconds without any progress that are too long.")] = 300.0,
    messages: Annotated[
        Path | None,
        typer.Option(help="Folder of messages to RT and RW (EKEL_DATA/pesan); else paper is brought."),
    ] = None,
) -> None:
    """Play a whole day of seven kelurahan through the public API alone; exit 1 if anything was unexpected."""
    from ekel.hari import jalan

    asked = jalan.Minta(url=url, benih=seed, skala=scale, kecepatan=speed, sabar=patience, pesan=messages)
    raise typer.Exit(jalan.run(asked))


@app.command()
def totp() -> None:
    """Print the present authenticator code of the demo's signers (lurah, camat); each is good once."""
    from ekel.demo import factor

    typer.echo(factor.present())


@app.command()
def photo(
    kind: Annotated[str, typer.Argument(help="KTP, KK, FOTO_RUMAH, or another paper's code.")],
    file: Annotated[Path, typer.Argument(help="Where to write the JPEG.")],
) -> None:
    """Write a synthetic photograph of a paper, as a phone makes it."""
    from ekel.demo import photos

    file.write_bytes(photos.photo(kind))


@app.command()
def check(
    wait: Annotated[float, typer.Option(help="Seconds to wait for quiet.")] = 60.0,
    as_json: Json = False,
) -> None:
    """Wait for quiet, then test every invariant (C0 to C14). Exit 0 fine, 1 findings, 2 not quiet."""
    from ekel.check import command

    raise typer.Exit(command.run(wait=wait, as_json=as_json))


@app.command()
def case(number: Annotated[str, typer.Argument(help="Receipt number or application id.")]) -> None:
    """One case's way through all services: events in order and each service's state; no personal data."""
    from ekel import cases

    raise typer.Exit(cases.run(number))


@app.command()
def rebuild() -> None:
    """Fold the statistics anew from the first event, beside a running system; prints the hash before and after."""
    from ekel import rebuild as rebuilding

    raise typer.Exit(rebuilding.run())


@app.command()
def status(as_json: Json = False) -> None:
    """Every role: process, port, readiness. Exit 0 if all are ready."""
    from ekel import roles

    raise typer.Exit(roles.run(as_json=as_json))


@app.command()
def restart(
    role: Annotated[list[str] | None, typer.Argument(help="Roles as `ekel status` names them; all.")] = None,
    patience: Annotated[float, typer.Option(help="Seconds to wait for the outcome.")] = 1800.0,
) -> None:
    """Replace every process of the running system by the code on disk, one by one; no request fails."""
    from ekel import restart as restarting

    raise typer.Exit(restarting.run(role or [], patience=patience))


def main() -> None:
    """Entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
