"""One office's topics out of reach on Kafka: the six others go on, and when they are back what waited follows in order.

The system is a user of the broker over TLS, with no more rights than it needs.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ekel.demo.client import Client
from engines.open import open_documents, open_events
from support import bukti, lakon
from support.figures import figure
from support.servers import Servers, servers
from support.system import System
from support.waiting import until

kafka = pytest.importorskip(
    "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs_engines,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),
]
USER = "ekel"
AWAY = "3276011006"
OFFICES = {
    AWAY: "depok",
    "3276011007": "depokjaya",
    "3276011008": "pancoranmas",
    "3276011009": "mampang",
    "3276011010": "rangkapanjayabaru",
    "3276011011": "rangkapanjaya",
    "3276051004": "mekarjaya",
}
GROUPS = ("pengajuan", "dokumen", "persetujuan", "notifikasi", "gateway")
TOPICS = [family + AWAY for family in (bukti.PERISTIWA, "ekelurahan.pribadi.v1.")]
LITERAL, PREFIXED = kafka.admin.ACLResourcePatternType.LITERAL, kafka.admin.ACLResourcePatternType.PREFIXED
TOPIC, GROUP = kafka.admin.ResourceType.TOPIC, kafka.admin.ResourceType.GROUP
What, SCRAM = kafka.admin.ACLOperation, kafka.admin.ScramMechanism.SCRAM_SHA_512


class Broker:
    """What its operator does: rights of the system's user, offsets."""

    def __init__(self, url: str) -> None:
        self._admin = kafka.KafkaAdminClient(bootstrap_servers=url.removeprefix("kafka://"))
        self.events = open_events(url)

    def let(self, password: str) -> None:
        """A user with the least a system needs; as in libs/engines/README.md."""
        user = kafka.admin.UserScramCredentialUpsertion(USER, SCRAM, password)
        assert self._admin.alter_user_scram_credentials([user]) == {USER: None}
        needed = (What.READ, What.WRITE, What.CREATE, What.DESCRIBE_CONFIGS)
        rights = [_right(TOPIC, "ekelurahan.", what, PREFIXED) for what in needed]
        self._make([*rights, *(_right(GROUP, group, What.READ) for group in GROUPS)])

    def deny(self) -> None:
        self._make([_right(TOPIC, topic, What.ALL, kind=False) for topic in TOPICS])

    def allow(self) -> None:
        """No denial any more."""
        denied = (What.ANY, kafka.admin.ACLPermissionType.DENY)
        where = kafka.admin.ResourcePatternFilter(TOPIC, None, kafka.admin.ACLResourcePatternType.ANY)
        found = self._admin.delete_acls([kafka.admin.ACLFilter(f"User:{USER}", None, *denied, where)])
        assert sum(len(matching) for _, matching, _ in found) == len(TOPICS)

    def ends(self) -> dict[str, int]:
        return {topic: end for topic, (_, end) in self.events.bounds(TOPICS).items()}

    def close(self) -> None:
        self.events.close()
        self._admin.close()

    def _make(self, rights: list[Any]) -> None:
        assert self._admin.create_acls(rights)["failed"] == []


def _right(where: Any, name: str, what: Any, how: Any = LITERAL, *, kind: bool = True) -> Any:
    answer = kafka.admin.ACLPermissionType.ALLOW if kind else kafka.admin.ACLPermissionType.DENY
    return kafka.admin.ACL(f"User:{USER}", "*", what, answer, kafka.admin.ResourcePattern(where, name, how))


@dataclass(frozen=True, slots=True)
class Town:
    """A running system, its broker, clerks by office and the officials who decide."""

    system: System
    broker: Broker
    clerks: Mapping[str, Client]
    officials: Mapping[str, Client]

    def file(self, office: str) -> str:
        return lakon.walk_in(self.clerks[office], office)

    def approve(self, id: str, office: str) -> None:
        lakon.decide(self.officials["kasi" + office], id, "paraf")
        lakon.decide(self.officials["lurah" + office], id, "setuju")

    def issued(self, id: str, office: str) -> None:
        until(partial(lakon.has_letter, self.clerks[office], id), what=f"letter in {office}")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with servers(tmp_path / "servers") as started:
        broker = Broker(started["kafka"]["EKEL_EVENTS_URL"])
        with System(tmp_path / "data", {"EKEL_EVENTS_URL": _user(started, tmp_path, broker)}) as system:
            clerks = {office: lakon.sign_in(system, f"loket.{name}") for office, name in OFFICES.items()}
            posts = [(post, office) for post in ("kasi", "lurah") for office in OFFICES]
            officials = {p + office: lakon.sign_in(system, f"{p}.{OFFICES[office]}") for p, office in posts}
            yield Town(system, broker, clerks, officials)
        broker.close()


def _user(started: Servers, folder: Path, broker: Broker) -> str:
    """The address over TLS for a user with the rights of a system."""
    (folder / "sandi").write_text(secrets.token_urlsafe(18))
    broker.let((folder / "sandi").read_text())
    place, _, query = started["kafka"]["KAFKA_TLS_URL"].partition("?")
    ca = query.rpartition("&ca=")[2]
    return f"{place}?security=SASL_SSL&user={USER}&password_file={folder / 'sandi'}&ca={ca}"


def test_six_offices_go_on_and_the_seventh_follows_in_order(town: Town) -> None:
    system, others = town.system, [office for office in OFFICES if office != AWAY]
    calm = town.file(AWAY)
    town.approve(calm, AWAY)
    town.issued(calm, AWAY)
    lakon.settle(system, calm)

    town.broker.deny()
    first = town.file(AWAY)
    until(partial(_waits, system), what="an event that cannot be sent")
    before = town.broker.ends()
    served = {town.file(office): office for office in others for _ in range(2)}
    for id, office in served.items():
        town.approve(id, office)
        town.issued(id, office)
    waiting = [first, town.file(AWAY), town.file(AWAY)]
    until(lambda: _oldest(system) > 1, what="the age of what waits")
    assert _unsent(system).keys() == {AWAY}
    assert town.broker.ends() == before

    town.broker.allow()
    for id in waiting:
        town.approve(id, AWAY)
        town.issued(id, AWAY)
    lakon.settle(system, *served, *waiting)
    assert _oldest(system) == 0
    _told_in_order(town, waiting)
    stories = {frozenset(bukti.story(system.settings, id).items()) for id in (calm, *served, *waiting)}
    assert len(stories) == 1


def _told_in_order(town: Town, ids: list[str]) -> None:
    """The filings stand in the office's topic in the order in which they were made; `bukti` looks for holes."""
    filed = "id.ekelurahan.pengajuan.permohonan.diajukan.v1"
    begin, end = town.broker.events.bounds(TOPICS[:1])[TOPICS[0]]
    records = town.broker.events.read(TOPICS[0], begin, end - begin)
    keys = [record.key for record in records if record.headers["ce_type"] == filed]
    assert [key for n, key in enumerate(keys) if key in ids and key not in keys[:n]] == ids
    for id in ids:
        assert len(bukti.letters(town.system.settings, id)) == 1


def _unsent(system: System) -> dict[str, str]:
    """Office → since when pengajuan has something to send for it."""
    store = open_documents(system.settings.documents("pengajuan"), "pengajuan")
    try:
        return store.waiting()
    finally:
        store.close()


def _waits(system: System) -> bool:
    return AWAY in _unsent(system)


def _oldest(system: System) -> float:
    """As the running worker tells it."""
    return figure(system, "pengajuan-worker", "ekel_outbox_oldest_seconds")
