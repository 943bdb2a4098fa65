"""Who of a group owns which lane and how far it is, asked of the engine itself and not of our adapters."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

Owners = dict[str, tuple[str | None, int]]


def owners(url: str, group: str) -> Owners:
    """Lane → (member that owns it, next offset committed)."""
    return _kafka(url, group) if url.startswith("kafka:") else _embedded(url, group)


def _embedded(url: str, group: str) -> Owners:
    groups = Path(url.partition("?groups=")[2])
    with closing(sqlite3.connect(groups / f"{group}.sqlite")) as store:
        rows = store.execute("SELECT topic, owner, committed FROM lanes").fetchall()
    return {topic: (owner, committed) for topic, owner, committed in rows}


def _kafka(url: str, group: str) -> Owners:
    from kafka import KafkaAdminClient

    from engines.production.kafka_wire import settings

    admin = KafkaAdminClient(**settings(url))
    try:
        members = admin.describe_groups([group])[group]["members"]
        done = {lane.topic: stored.offset for lane, stored in admin.list_group_offsets(group)[group].items()}
    finally:
        admin.close()
    owned = {
        lane["topic"]: member["member_id"]
        for member in members
        if member["member_assignment"]  # empty while the group rebalances
        for lane in member["member_assignment"]["assigned_partitions"]
    }
    return {topic: (owned.get(topic), done.get(topic, 0)) for topic in owned | done}
