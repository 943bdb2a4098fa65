"""`ekel demo`: both cases, one after the other, with every step and event; 0 if all was as expected."""

from __future__ import annotations

import secrets
import sys
from datetime import date

from ekel import roles
from ekel.demo import petugas, skdom, sktm
from ekel.demo.client import Client, Unexpected
from ekel.demo.stage import Narrator, Stage, Stream
from ekel.deployables import shared

AREA, READER = "327601", "sekcam.pancoranmas"


def run(*, url: str, quiet: bool, patience: float) -> int:
    """Exit code: 0 as expected, 1 not."""
    state = roles.read()
    where = url or (state["gateway"] if state else "")
    if not where:
        print("nothing is running here: start `ekel up --demo`, or give --url", file=sys.stderr)
        return 1
    narrator = Narrator(quiet)
    try:
        numbers = play(Client(where, patience=patience), narrator)
    except Unexpected as error:
        print(f"not as expected: {error}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError) as error:
        print(f"an answer has another shape than expected: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"as expected: {' and '.join(numbers)} from filing to verified letters, {narrator.steps} steps")
    return 0


def play(client: Client, narrator: Narrator) -> list[str]:
    """Both scenes on one stage. Raises `Unexpected`."""
    settings = shared()
    bare = Stage(client, narrator, Stream(client, AREA, narrator), settings.data.resolve())
    reader = petugas.sign_in(bare, READER)
    stage = Stage(client, narrator, Stream(reader, AREA, narrator), settings.data.resolve())
    stage.stream.start()
    today: date = settings.clock().now().date()
    seed = secrets.randbelow(10**6)
    played: list[str] = []
    for name, scene in (("SKDOM", skdom.play), ("SKTM", sktm.play)):
        narrator.note(f"— {name} —")
        played.append(f"{name} {scene(stage, seed + len(played), today)}")
        stage.stream.pull()
    return played
