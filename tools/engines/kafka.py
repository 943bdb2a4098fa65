"""Apache Kafka from Maven Central: a KRaft node; listeners in the clear, by password, by password over TLS; ACLs.

Each node is broker and controller; alone, or one of a cluster of which all know each other's place from the start.
"""

from __future__ import annotations

import secrets
import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.engines import certificate
from tools.engines.cache import fetched, need
from tools.engines.server import Launch, answers

VERSION = "4.3.1"
POM = Path(__file__).with_name("kafka.pom.xml")
JVM = ("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
# A broker comes back some 4 s after SIGKILL: with a shorter session a busy machine looks like a dead broker. The log.*
# lines make retention testable in seconds.
PROPERTIES = f"""\
process.roles=broker,controller
node.id={{id}}
controller.listener.names=CONTROLLER
{{quorum}}
listeners={{clients}},CONTROLLER://127.0.0.1:{{controller}}
advertised.listeners={{clients}}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config={_SCRAM}
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={_SCRAM}
ssl.keystore.type=PEM
ssl.keystore.location={{data}}/server.pem
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:admin
log.dirs={{data}}/data
num.partitions=1
offsets.topic.num.partitions=1
offsets.topic.replication.factor={{copies}}
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor={{copies}}
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
auto.create.topics.enable=false
log.cleaner.dedupe.buffer.size=10485760
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=200
log.retention.check.interval.ms=500
log.initial.task.delay.ms=500
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the nodes of one cluster share: its id (of `new_id`), and node → port of its controller."""

    id: str
    controllers: Mapping[int, int]


class Kafka:
    """`Engine`; its ports are plaintext, controller, SASL, SASL over TLS. Alone, or the node `number` of a cluster."""

    name = "kafka"
    ports = 4

    def __init__(self, number: int = 1, cluster: Cluster | None = None) -> None:
        self._number, self._cluster = number, cluster

    def get(self) -> Path:
        need("java", "apt-get install openjdk-17-jre-headless")
        return fetched(self.name, VERSION, _fill)

    def prepare(self, home: Path, data: Path, ports: Sequence[int]) -> Launch:
        listeners = zip(("PLAINTEXT", "SASL_PLAINTEXT", "SASL_SSL"), (ports[0], *ports[2:]), strict=True)
        java = [need("java", "apt-get install openjdk-17-jre-headless"), *JVM, "-cp", f"{home}/lib/*"]
        properties = data.resolve() / "server.properties"
        properties.write_text(
            PROPERTIES.format(
                clients=",".join(f"{name}://127.0.0.1:{port}" for name, port in listeners),
                controller=ports[1],
                data=data.resolve(),
                **self._place(ports[1]),
            )
        )
        if not (data / "server.pem").exists():
            certificate.make(data)
        if not (data / "data" / "meta.properties").exists():
            _format(java, properties, data, self._cluster)
        return Launch(command=[*java, "kafka.Kafka", str(properties)], environment={})

    def ready(self, data: Path, ports: Sequence[int]) -> bool:
        """One of a cluster serves only when most of them run, so it is not waited for alone."""
        return self._cluster is not None or all(answers(port) for port in ports)

    def settings(self, data: Path, ports: Sequence[int]) -> dict[str, str]:
        user = f"user=admin&password_file={data.resolve()}/admin.password"
        return {
            "EKEL_EVENTS_URL": f"kafka://127.0.0.1:{ports[0]}",
            "KAFKA_SASL_URL": f"kafka://127.0.0.1:{ports[2]}?security=SASL_PLAINTEXT&{user}",
            "KAFKA_TLS_URL": f"kafka://127.0.0.1:{ports[3]}?security=SASL_SSL&{user}&ca={data.resolve()}/ca.pem",
        }

    def _place(self, controller: int) -> dict[str, str]:
        """Who it is, whom it votes with, how many copies its own topics have."""
        if self._cluster is None:
            quorum = f"controller.quorum.bootstrap.servers=127.0.0.1:{controller}"
            return {"id": "1", "quorum": quorum, "copies": "1"}
        voters = ",".join(f"{id}@127.0.0.1:{port}" for id, port in self._cluster.controllers.items())
        copies = str(min(3, len(self._cluster.controllers)))
        quorum = f"controller.quorum.voters={voters}"
        return {"id": str(self._number), "quorum": quorum, "copies": copies}


def new_id() -> str:
    """For a cluster."""
    return urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")


def _fill(folder: Path) -> None:
    mvn = need("mvn", "apt-get install maven")
    command = [mvn, "-q", "-B", "-f", str(POM), COPY, "-DincludeScope=runtime"]
    subprocess.run([*command, f"-DoutputDirectory={folder}/lib"], check=True)


def _format(java: Sequence[str], properties: Path, data: Path, cluster: Cluster | None) -> None:
    """Give the empty data folder a cluster id and the user `admin`."""
    password = secrets.token_urlsafe(18)
    secret = data / "admin.password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    # With `=`, because an id may begin with `-`.
    id = [f"--cluster-id={cluster.id if cluster else new_id()}", *([] if cluster else ["--standalone"])]
    scram = f"SCRAM-SHA-512=[name=admin,password={password}]"
    tool = [*java, "kafka.tools.StorageTool", "format", *id, "--add-scram", scram]
    done = subprocess.run([*tool, "-c", str(properties)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"kafka: formatting failed\n{done.stdout}{done.stderr}")
