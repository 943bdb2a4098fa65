"""`ekel clock`: move the office clock of a demo or test installation; production refuses."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from chassis.clock import real_now

app = typer.Typer(help="The office clock of a demo or test installation.", no_args_is_help=True)


@app.command()
def shift(
    days: Annotated[float | None, typer.Argument(help="Days to add to where the clock stands.")] = None,
    to: Annotated[str, typer.Option("--to", help="Set it to this moment (ISO 8601).")] = "",
) -> None:
    """Move office time forward by DAYS, or to a moment. Real time and leases are not touched."""
    if (days is None) == (not to):
        print("give either DAYS or --to")
        raise typer.Exit(2)
    file = _file()
    if to:
        seconds = (_moment(to) - real_now()).total_seconds()
    else:
        seconds = _seconds(file) + timedelta(days=days or 0).total_seconds()
    _write(file, seconds)
    print(f"office time is now {(real_now() + timedelta(seconds=seconds)).astimezone().isoformat()}")


@app.command()
def reset() -> None:
    """Let the office clock show real time again."""
    _file().unlink(missing_ok=True)
    print("office time is real time")


def _file() -> Path:
    from ekel.deployables import shared

    settings = shared()
    file = settings.clock().shift_file
    if file is None:
        print("the office clock can be moved only with EKEL_ENV=demo or test")
        raise typer.Exit(2)
    return file


def _moment(text: str) -> datetime:
    from ekel.deployables import shared

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        print(f"not a moment: {text}")
        raise typer.Exit(2) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=shared().clock().zone)


def _seconds(file: Path) -> float:
    return float(json.loads(file.read_text())["seconds"]) if file.exists() else 0.0


def _write(file: Path, seconds: float) -> None:
    """Readers see the old file or the new one, never half of one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps({"seconds": seconds}))
    os.replace(draft, file)  # noqa: PTH105 - atomic on purpose
