"""What a document or a manifest calls, asked of the command itself: its groups, options and arguments."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from ekel.__main__ import app


def wrong(words: Sequence[str], *, whole: bool = True) -> str:
    """What `ekel` has against these words, empty if nothing; unless `whole` is wanted, the rest may be left out."""
    command, rest = typer.main.get_command(app), list(words)
    while hasattr(command, "commands"):
        if not rest or rest[0].startswith("-"):
            return "a command is missing" if whole and rest != ["--help"] else ""
        name = rest.pop(0)
        if name not in command.commands:
            return f"no command {name}"
        command = command.commands[name]
    try:
        given, more, _ = command.make_parser(typer.Context(command)).parse_args(rest)
    except TyperException as error:
        return str(error)
    missing = [str(one.name) for one in command.params if one.required and given.get(str(one.name)) is None]
    if whole and missing:
        return f"{missing[0]} is missing"
    return f"what is {more[0]}?" if more else ""
