"""A fixture on embedded engines or, in `make test-engines`, on real servers too, as each of its tests asks."""

from __future__ import annotations

from typing import Final

import pytest

from chassis.ids import new_id
from chassis.settings import Settings
from support.servers import Servers

EMBEDDED: Final = ("embedded",)  # the parameter of a fixture whose tests say otherwise by `on_either`
_UNCLOSED = pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning")  # sockets, those of TLS too
EITHER: Final = (*EMBEDDED, pytest.param("production", marks=[pytest.mark.needs_engines, _UNCLOSED]))

PLACES: Final = ("engines", "documents_url", "events_url", "objects_url")  # settings


def on_either(fixture: str) -> pytest.MarkDecorator:
    """For a test, or for all of a file as its `pytestmark`."""
    return pytest.mark.parametrize(fixture, EITHER, indirect=True)


def settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """What a service's Settings need for the engines of this parameter: nothing, or places with nothing in them."""
    if request.param == "embedded":
        return {}
    return alone(request.getfixturevalue("running"))


def places(settings: Settings) -> dict[str, str]:
    """Where a service's stores are, for another service or process beside it; empty URLs for a folder's own."""
    return {name: getattr(settings, name) for name in PLACES}


def environment(settings: Settings) -> dict[str, str]:
    """The same for a process."""
    return {f"EKEL_{name.upper()}": place for name, place in places(settings).items()}


def alone(servers: Servers) -> dict[str, str]:
    """A database and a bucket that nobody has, and the log, emptied."""
    from support.kafka import wipe

    place = f"/uji-{new_id()}?"
    told = {name: servers[name] for name in ("mongo", "kafka", "minio")}
    wipe(told["kafka"]["EKEL_EVENTS_URL"])
    return {
        "engines": "production",
        "documents_url": told["mongo"]["EKEL_DOCUMENTS_URL"].replace("/ekel?", place),
        "events_url": told["kafka"]["EKEL_EVENTS_URL"],
        "objects_url": told["minio"]["EKEL_OBJECTS_URL"].replace("/ekel?", place),
    }
