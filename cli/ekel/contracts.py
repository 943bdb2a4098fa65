"""`ekel contracts`: write what is generated from code (OpenAPI, settings), or tell that it is out of date."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Files generated from code.", invoke_without_command=True)


@app.callback()
def write(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is stale.")] = False,
) -> None:
    """Write contracts/openapi/*.yaml, contracts/settings.json, docs/configuration.md and wewenang.md."""
    from ekel.deployables import shared
    from ekel.generated import files

    root = shared().contracts.resolve().parent
    stale = 0
    for path, text in files().items():
        file = root / path
        if file.exists() and file.read_text() == text:
            continue
        stale += 1
        if check:
            print(f"stale: {path}; `ekel contracts` writes it")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            print(f"written: {path}")
    if not stale:
        print("everything is up to date")
    raise typer.Exit(1 if check and stale else 0)
