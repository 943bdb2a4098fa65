"""Engines by URL: one table of schemes per port, adapters imported only when a URL names them.

    documents  sqlite:////abs/path/documents.sqlite
    events     sqlite:////abs/path/log.sqlite?groups=/abs/path/groups
    objects    file:////abs/path/objects

    events     kafka://host:9092,host:9092?security=SASL_SSL&…        see engines.production.kafka
    documents  mongodb://user:password@a,b,c/ekel?replicaSet=rs0      see engines.production.mongo
    objects    s3://KEY:SECRET@host:9000/bucket?region=us-east-1      see engines.production.s3

Paths are absolute and taken literally (no percent-decoding). An unknown scheme is a `ValueError` that names the
setting; there is no fall-back to another engine. Opening creates what is missing and may raise `Unavailable`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chassis.ports.documents import Documents
from chassis.ports.events import Events
from chassis.ports.objects import Objects
from engines.adapters import named

DOCUMENTS = {
    "sqlite": "engines.embedded.documents:EmbeddedDocuments",
    "mongodb": "engines.production.mongo:MongoDocuments",
}
EVENTS = {"sqlite": "engines.embedded.log:EmbeddedEvents", "kafka": "engines.production.kafka:KafkaEvents"}
OBJECTS = {"file": "engines.embedded.files:FileObjects", "s3": "engines.production.s3:S3Objects"}


def open_documents(url: str, service: str = "") -> Documents:
    """The document store at `url`; `service` separates services where they share one server."""
    adapter, path, _ = _resolve("EKEL_DOCUMENTS_URL", DOCUMENTS, url)
    documents: Documents = adapter(path) if path else adapter(url, service)
    return documents


def open_events(url: str, service: str = "") -> Events:
    """The event log at `url`; `?groups=` names the folder of the groups, beside the log by default."""
    adapter, path, options = _resolve("EKEL_EVENTS_URL", EVENTS, url)
    events: Events
    if path is None:
        events = adapter(url)
    else:
        groups = Path(options["groups"]) if "groups" in options else path.parent / "groups"
        events = adapter(path, groups)
    return events


def open_objects(url: str) -> Objects:
    """The object store at `url`."""
    adapter, path, _ = _resolve("EKEL_OBJECTS_URL", OBJECTS, url)
    objects: Objects = adapter(path or url)
    return objects


def _resolve(setting: str, schemes: dict[str, str], url: str) -> tuple[Any, Path | None, dict[str, str]]:
    scheme, _, rest = url.partition("://")
    adapter = named(schemes, url)
    if adapter is None:
        raise ValueError(f"{setting}: unknown scheme {scheme!r}; known: {', '.join(sorted(schemes))}")
    if ".production." in schemes[scheme]:  # it reads the URL itself
        return adapter, None, {}
    place, _, query = rest.partition("?")
    path = Path("/" + place.lstrip("/"))
    if not place.startswith("//") or path == Path("/"):
        raise ValueError(f"{setting}: {scheme}:// needs an absolute path, as in {scheme}:////var/lib/ekel/…")
    options = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    return adapter, path, options
