"""Other systems that read Kafka themselves: a SCRAM user each, with the right to read what begins with its prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kafka import admin
from kafka.errors import NoError

from chassis.ports.errors import Refused
from engines.production.kafka_admin import Admin
from engines.production.kafka_wire import settings

SCRAM = admin.ScramMechanism.SCRAM_SHA_512


class KafkaAccess:
    """`Access`. The URL's own user must be allowed to alter the cluster."""

    def __init__(self, url: str) -> None:
        self._admin = Admin(settings(url))

    def grant(self, user: str, password: str, topics: Sequence[str], group: str) -> None:
        self._forbid(user)  # rights of an earlier grant must not stay
        wanted = [_right(user, admin.ResourceType.TOPIC, prefix) for prefix in topics]
        wanted.append(_right(user, admin.ResourceType.GROUP, group))
        failed = self._admin.ask(lambda client: client.create_acls(wanted)["failed"])
        if failed:
            raise Refused(f"{user}: rights refused, {', '.join(error.__name__ for error in failed)}")
        self._credential(admin.UserScramCredentialUpsertion(user, SCRAM, password))

    def revoke(self, user: str) -> bool:
        known = user in self.users()
        self._forbid(user)
        if known:
            self._credential(admin.UserScramCredentialDeletion(user, SCRAM))
        return known

    def users(self, prefix: str = "") -> list[str]:
        found = self._admin.ask(lambda client: client.describe_user_scram_credentials())
        return sorted(name for name in found if name.startswith(prefix))

    def close(self) -> None:
        self._admin.close()

    def _forbid(self, user: str) -> None:
        where = admin.ResourcePatternFilter(admin.ResourceType.ANY, None, admin.ACLResourcePatternType.ANY)
        what = (admin.ACLOperation.ANY, admin.ACLPermissionType.ANY)
        every = admin.ACLFilter(f"User:{user}", None, *what, where)
        for _, _, error in self._admin.ask(lambda client: client.delete_acls([every])):
            if error is not NoError:
                raise Refused(f"{user}: rights cannot be changed, {error.__name__}")

    def _credential(self, change: Any) -> None:
        answer = self._admin.ask(lambda client: client.alter_user_scram_credentials([change]))
        if answer[change.user] is not None:
            raise Refused(f"{change.user}: {answer[change.user]}")


def _right(user: str, kind: admin.ResourceType, prefix: str) -> admin.ACL:
    """READ lets describe too; nothing else is allowed."""
    pattern = admin.ResourcePattern(kind, prefix, admin.ACLResourcePatternType.PREFIXED)
    return admin.ACL(f"User:{user}", "*", admin.ACLOperation.READ, admin.ACLPermissionType.ALLOW, pattern)
