"""Engines by URL: one table of schemes per port, adapters imported only when a URL names them.

    documents  sqlite:////abs/path/documents.sqlite
    events     sqlite:////abs/path/log.sqlite?groups=/abs/path/groups
               kafka://host:9092,host:9092?security=SASL_SSL&user=ekel&password_file=/abs/path&ca=/abs/path
    objects    file:////abs/path/objects

Paths are absolute and taken literally (no percent-decoding). An unknown scheme is a `ValueError` that names the
setting; there is no fall-back to another engine. Opening creates what is missing and may raise `Unavailable`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from chassis.ports.documents import Documents
from chassis.ports.events import Events
from chassis.ports.objects import Objects

LATER = ""  # in the tables: a scheme of the production engines, not part of this release
DOCUMENTS = {"sqlite": "engines.embedded.documents:EmbeddedDocuments", "mongodb": LATER}
EVENTS = {"sqlite": "engines.embedded.log:EmbeddedEvents", "kafka": "engines.production.kafka:KafkaEvents"}
OBJECTS = {"file": "engines.embedded.files:FileObjects", "s3": LATER}


def open_documents(url: str, service: str = "") -> Documents:
    """The document store at `url`; `service` separates services where they share one server."""
    adapter, path, _ = _resolve("EKEL_DOCUMENTS_URL", DOCUMENTS, url)
    documents: Documents = adapter(path)
    return documents


def open_events(url: str, service: str = "") -> Events:
    """The event log at `url`; `?groups=` names the folder of the groups, beside the log by default."""
    if url.startswith("kafka://"):
        server: Events = _adapter(EVENTS["kafka"])(url)
        return server
    adapter, path, options = _resolve("EKEL_EVENTS_URL", EVENTS, url)
    groups = Path(options["groups"]) if "groups" in options else path.parent / "groups"
    events: Events = adapter(path, groups)
    return events


def open_objects(url: str) -> Objects:
    """The object store at `url`."""
    adapter, path, _ = _resolve("EKEL_OBJECTS_URL", OBJECTS, url)
    objects: Objects = adapter(path)
    return objects


def _resolve(setting: str, schemes: dict[str, str], url: str) -> tuple[Any, Path, dict[str, str]]:
    scheme, _, rest = url.partition("://")
    if scheme not in schemes:
        raise ValueError(f"{setting}: unknown scheme {scheme!r}; known: {', '.join(sorted(schemes))}")
    if schemes[scheme] == LATER:
        raise ValueError(f"{setting}: {scheme}:// is not part of this release")
    place, _, query = rest.partition("?")
    path = Path("/" + place.lstrip("/"))
    if not place.startswith("//") or path == Path("/"):
        raise ValueError(f"{setting}: {scheme}:// needs an absolute path, as in {scheme}:////var/lib/ekel/…")
    options = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    return _adapter(schemes[scheme]), path, options


def _adapter(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
