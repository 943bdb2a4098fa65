"""A broker shared by many tests: emptied before each of them."""

from __future__ import annotations

from kafka import KafkaAdminClient
from kafka.admin import MemberToRemove

from engines.production.kafka_wire import settings
from support.records import wait_for


def wipe(url: str) -> None:
    """Delete all topics and groups, with the members that killed processes left behind."""
    admin = KafkaAdminClient(**settings(url))
    topics = [name for name in admin.list_topics() if not name.startswith("__")]
    admin.delete_topics(topics)
    wait_for(lambda: not {*admin.list_topics()} & {*topics})
    groups = [group["group_id"] for group in admin.list_groups()]
    for group in groups:
        members = [
            MemberToRemove(each["member_id"]) for each in admin.describe_groups([group])[group]["members"]
        ]
        if members:
            admin.remove_group_members(group, members)
    if groups:
        admin.delete_groups(groups)
    admin.close()
