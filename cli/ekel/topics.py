"""`ekel topics`: the topics that contracts/asyncapi.yaml wants, compared with those of the event engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from chassis.contracts import Contracts
from chassis.ports.errors import PortError
from chassis.ports.events import Topic
from chassis.settings import Settings

app = typer.Typer(help="Topics as the contracts want them.", no_args_is_help=True)
Kelurahan = Annotated[
    list[str] | None, typer.Option("--kelurahan", help="Only this office; may be repeated. None: all active.")
]
Everyone = Annotated[bool, typer.Option("--all", help="All offices, active or not.")]
Changes = Mapping[str, Mapping[str, tuple[str, str]]]


@app.command()
def plan(kelurahan: Kelurahan = None, everyone: Everyone = False) -> None:
    """What `apply` would do; changes nothing. Exit 0 nothing to do, 2 changes are pending, 1 cannot tell."""
    raise typer.Exit(_run(kelurahan or [], everyone=everyone, change=False))


@app.command()
def apply(kelurahan: Kelurahan = None, everyone: Everyone = False) -> None:
    """Create missing topics and mend their settings; safe to repeat. Exit 0 done, 1 refused or away."""
    raise typer.Exit(_run(kelurahan or [], everyone=everyone, change=True))


def _run(kelurahan: list[str], *, everyone: bool, change: bool) -> int:
    from ekel.deployables import shared

    settings = shared()
    try:
        wanted = Contracts(settings.contracts).topics(_offices(settings, kelurahan, everyone=everyone))
        changes = _differences(settings, wanted)
        _show(changes)
        if change and changes:
            _align(settings, wanted)
            print("done")
    except PortError as error:
        print(f"refused or away: {error}")
        return 1
    return 2 if changes and not change else 0


def _differences(settings: Settings, wanted: list[Topic]) -> Changes:
    from ekel.stores import absent
    from engines.open import open_events

    if absent(settings.events()):
        return {topic.name: {} for topic in wanted}
    events = open_events(settings.events())
    try:
        return events.differences(wanted)
    finally:
        events.close()


def _align(settings: Settings, wanted: list[Topic]) -> None:
    from engines.open import open_events

    events = open_events(settings.events())
    try:
        events.align(wanted)
    finally:
        events.close()


def _show(changes: Changes) -> None:
    for name, other in sorted(changes.items()):
        if not other:
            print(f"+ {name}")
        for setting, (now, should) in sorted(other.items()):
            print(f"~ {name}: {setting} {now} → {should}")
    missing = sum(not other for other in changes.values())
    print(f"{missing} to create, {len(changes) - missing} to change" if changes else "nothing to do")


def _offices(settings: Settings, kelurahan: list[str], *, everyone: bool) -> list[str]:
    """Codes of kelurahan. A topic lives for ever, so a code that no office has is refused."""
    from ekel.deployables import module
    from ekel.stores import active, joined

    known = {office.kode for office in module("pengajuan", "adapters.wilayah").baca_wilayah().kelurahan}
    known |= set(joined(settings))
    strange = sorted(set(kelurahan) - known)
    if strange or (kelurahan and everyone):
        print(f"no such kelurahan: {', '.join(strange)}" if strange else "give either --kelurahan or --all")
        raise typer.Exit(1)
    return sorted(known) if everyone else sorted(set(kelurahan)) or active(settings)
