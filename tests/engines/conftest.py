"""The engines as a parameter: every suite runs on each of `ENGINES`; actors are processes that use them too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.ports.documents import Documents
from chassis.ports.events import Events
from chassis.ports.objects import Objects
from engines.open import open_documents, open_events, open_objects
from support.engines import COLLECTIONS, TOPICS
from tools.engines import ENGINES as SERVERS
from tools.engines import cache, server

ENGINES = ("embedded", pytest.param("production", marks=pytest.mark.needs_engines))
Start = Callable[..., subprocess.Popen[str]]
Serve = Callable[[str], dict[str, str]]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the servers of this session, one folder each."""
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def serve(servers: Path) -> Iterator[Serve]:
    """Start a server by its name and say its settings; it ends with the session. One not fetched skips the test."""
    begun: list[str] = []

    def start(name: str) -> dict[str, str]:
        if name not in SERVERS or not cache.is_there(name, SERVERS[name]().version):
            reason = f"{name} is not here; this brings it: make engines"
            if "engines" in os.environ.get("EKEL_TEST_REQUIRE", ""):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)
        begun.append(name)
        return server.start(SERVERS[name](), servers / name)

    yield start
    for name in begun:
        server.stop(name, servers / name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def documents_url(engine: str, tmp_path: Path, serve: Serve) -> str:
    if engine == "production":
        return serve("mongo")["EKEL_DOCUMENTS_URL"]
    return f"sqlite:///{tmp_path}/data/documents.sqlite"


@pytest.fixture
def events_url(engine: str, tmp_path: Path, serve: Serve) -> str:
    if engine == "production":
        pytest.importorskip(
            "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
        )
        from support.kafka import wipe

        url = serve("kafka")["EKEL_EVENTS_URL"]
        wipe(url)
        return url
    return f"sqlite:///{tmp_path}/data/log.sqlite?groups={tmp_path}/data/groups"


@pytest.fixture
def objects_url(engine: str, tmp_path: Path, serve: Serve) -> str:
    if engine == "production":
        return serve("minio")["EKEL_OBJECTS_URL"]
    return f"file:///{tmp_path}/data/objects"


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
