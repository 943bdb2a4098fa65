"""Real servers of the production engines on one machine without containers: fetched, cached, started, stopped."""

from __future__ import annotations

from collections.abc import Callable

from tools.engines.kafka import Kafka
from tools.engines.minio import Minio
from tools.engines.mongo import Mongo
from tools.engines.server import Engine

ENGINES: dict[str, Callable[[], Engine]] = {"kafka": Kafka, "mongo": Mongo, "minio": Minio}
