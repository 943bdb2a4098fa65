"""The engines as a parameter: every suite runs on each of `EITHER`; actors are processes that use them too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.ids import new_id
from chassis.ports.documents import Documents
from chassis.ports.events import Events
from chassis.ports.objects import Objects
from engines.open import open_documents, open_events, open_objects
from support.either import EITHER
from support.engines import COLLECTIONS, TOPICS
from support.servers import Servers

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(params=EITHER)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def fresh() -> str:
    """A name that nothing on the servers has yet."""
    return f"uji-{new_id()}"


@pytest.fixture
def documents_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest, fresh: str) -> str:
    if engine == "embedded":
        return f"sqlite:///{tmp_path}/data/documents.sqlite"
    servers: Servers = request.getfixturevalue("running")
    return servers["mongo"]["EKEL_DOCUMENTS_URL"].replace("/ekel?", f"/{fresh}?")


@pytest.fixture
def events_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if engine == "embedded":
        return f"sqlite:///{tmp_path}/data/log.sqlite?groups={tmp_path}/data/groups"
    from support.kafka import wipe

    servers: Servers = request.getfixturevalue("running")
    url = servers["kafka"]["EKEL_EVENTS_URL"]
    wipe(url)
    return url


@pytest.fixture
def objects_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest, fresh: str) -> str:
    if engine == "embedded":
        return f"file:///{tmp_path}/data/objects"
    servers: Servers = request.getfixturevalue("running")
    return servers["minio"]["EKEL_OBJECTS_URL"].replace("/ekel?", f"/{fresh}?")


@pytest.fixture
def documents(documents_url: str) -> Iterator[Documents]:
    documents = open_documents(documents_url, "uji")
    documents.migrate(COLLECTIONS)
    yield documents
    documents.close()


@pytest.fixture
def events(events_url: str) -> Iterator[Events]:
    events = open_events(events_url)
    events.ensure(TOPICS)
    yield events
    events.close()


@pytest.fixture
def objects(objects_url: str) -> Iterator[Objects]:
    objects = open_objects(objects_url)
    yield objects
    objects.close()


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `actors.py` with a command and arguments; whatever still runs at the end is killed."""
    actors: list[subprocess.Popen[str]] = []

    def begin(*arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, str(Path(__file__).parent / "actors.py"), *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        pipe = subprocess.PIPE
        actors.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment))
        return actors[-1]

    yield begin
    for actor in actors:
        actor.kill()
        actor.communicate()
