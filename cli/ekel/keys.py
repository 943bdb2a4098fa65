"""`ekel keys`: which keys sign, and another one without stopping anything."""

from __future__ import annotations

from typing import Annotated

import typer

from ekel.deployables import module, shared
from ekel.up.plan import DEPLOYABLES
from web import pseudonyms, rotation, tokens

app = typer.Typer(help="Signing keys between the deployables.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help=f"Whose key: {', '.join(DEPLOYABLES)}, or all.")]


@app.command()
def make() -> None:
    """Make the keys that are missing, without any store: for installations that hand them out as secrets."""
    folder = shared().key_folder()
    tokens.ensure_keys(folder, list(DEPLOYABLES))
    pseudonyms.ensure(folder)
    for name, part in (("gateway", "safe"), ("gateway", "client"), ("dokumen", "adapters.rahasia")):
        module(name, part).ensure(folder)
    typer.echo(f"keys are in {folder}")


@app.command()
def rotate(
    name: Name = "all",
    publish_only: Annotated[
        bool,
        typer.Option("--publish-only", help="Show the next key and wait: other machines need a copy of it."),
    ] = False,
) -> None:
    """Publish another key, sign with it, and drop those whose last token is over."""
    folder = shared().key_folder()
    for each in _names(name):
        id = rotation.publish(folder, each)
        typer.echo(f"{each}: {id} published")
        if not publish_only:
            rotation.use(folder, each)
            typer.echo(f"{each}: {id} signs")
            _retire(each)


@app.command()
def retire(name: Name = "all") -> None:
    """Drop keys that have signed nothing for a day, the life of the longest token."""
    for each in _names(name):
        _retire(each)


@app.command("list")
def listing() -> None:
    """Public keys that are believed now."""
    for file in sorted((shared().key_folder() / "public").glob("*.pem")):
        typer.echo(file.stem)


def _retire(name: str) -> None:
    for gone in rotation.retire(shared().key_folder(), name):
        typer.echo(f"{name}: {gone} retired")


def _names(name: str) -> list[str]:
    if name == "all":
        return list(DEPLOYABLES)
    if name not in DEPLOYABLES:
        typer.echo(f"no key of {name}; choose one of: {', '.join(DEPLOYABLES)}, all", err=True)
        raise typer.Exit(2)
    return [name]
