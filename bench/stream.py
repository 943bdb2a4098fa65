"""`python -m bench.stream`: a filed application's 201 until its event is in GET /v1/peristiwa, hop by hop.

The hops: decided → written (the 201), decided → on its way to Kafka (the record's timestamp), Kafka → in the answer
of a reader that asks again 20 ms after each answer.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from bench import figures, ground
from chassis.clock import real_now
from chassis.ids import new_id
from ekel.demo import factor
from ekel.demo.client import Client
from ekel.demo.people import resident, sktm
from engines.production.kafka_wire import settings as kafka_settings
from support.system import System

FILED, OFFICE, CLERK, READER = 100, "3276011006", "loket.depok", "sekcam.pancoranmas"
TOPIC, EVENT = f"ekelurahan.peristiwa.v1.{OFFICE}", "permohonan.diajukan"
MILLI = 1000.0


@dataclass
class Reader:
    """Reads the stream in a thread; when each application was seen first, and how long a page took."""

    client: Client
    seen: dict[str, float] = field(default_factory=dict)
    decided: dict[str, float] = field(default_factory=dict)
    pages: list[float] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        query = {"wilayah": OFFICE[:6], "jenis": EVENT}
        while not self.stop.wait(0.02):
            begin = time.monotonic()
            page = self.client.get("/v1/peristiwa", **query)
            self.pages.append(MILLI * (time.monotonic() - begin))
            query["cursor"] = page["cursor"]
            now = real_now().timestamp()
            for event in page["peristiwa"]:
                self.seen[event["subject"]] = now
                self.decided[event["subject"]] = datetime.fromisoformat(event["time"]).timestamp()


def production(urls: dict[str, str]) -> dict[str, str]:
    """The environment of a system on these servers."""
    return {**urls, "EKEL_ENGINES": "production", "EKEL_ENV": "test"}


def signed_in(url: str, account: str) -> Client:
    client = Client(url)
    return client.signed_in(factor.session(client, account)["token"])


def main() -> None:
    ground.heading(f"stream: {FILED} applications of one office, one after the other")
    with ground.servers() as (urls, folder), System(folder / "system", production(urls)) as system:
        reader = Reader(signed_in(system.url, READER))
        thread = threading.Thread(target=reader.run)
        thread.start()
        clerk = signed_in(system.url, CLERK)
        answered = dict(_filed(clerk, number) for number in range(FILED))
        limit = time.monotonic() + 30
        while answered.keys() - reader.seen.keys() and time.monotonic() < limit:
            time.sleep(0.05)
        reader.stop.set()
        thread.join()
        _tell(answered, reader, _published(urls))


def _filed(clerk: Client, number: int) -> tuple[str, float]:
    """Its id, and when the 201 was here."""
    person = resident(number)
    body: dict[str, Any] = {
        "layanan": "SKTM",
        "kantor": OFFICE,
        "pemohon": {"nama": person.nama, "nik": person.nik},
        "jawaban": sktm(person, real_now().date()),
        "syarat": [{"kode": code, "cara": "loket"} for code in PAPERS],
        "pernyataan_benar": True,
    }
    headers = {"Idempotency-Key": new_id()}
    made = clerk.call("POST", "/v1/permohonan?ajukan=true", body=body, headers=headers, wanted=201)
    now = real_now().timestamp()
    time.sleep(0.1)
    return made.data["id"], now


def _published(urls: dict[str, str]) -> dict[str, float]:
    """When the relay's producer sent each event."""
    lane, found = TopicPartition(TOPIC, 0), dict[str, float]()
    consumer = KafkaConsumer(**kafka_settings(urls["EKEL_EVENTS_URL"]), auto_offset_reset="earliest")
    consumer.assign([lane])
    end = consumer.end_offsets([lane])[lane]
    while consumer.position(lane) < end:
        for record in consumer.poll(500).get(lane, []):
            headers = dict(record.headers)
            if EVENT in headers["ce_type"].decode():
                found[headers["ce_subject"].decode()] = record.timestamp / MILLI
    consumer.close()
    return found


def _tell(answered: dict[str, float], reader: Reader, published: dict[str, float]) -> None:
    ids = answered.keys() & reader.seen.keys()
    print(f"   {len(ids)} of {len(answered)} applications were seen", flush=True)
    seen, decided = reader.seen, reader.decided
    figures.spread("201 → visible", [MILLI * (seen[id] - answered[id]) for id in ids])
    figures.spread("  decided → 201 (one write with its outbox, then the answer)", [
        MILLI * (answered[id] - decided[id]) for id in ids
    ])  # fmt: skip
    figures.spread("  decided → sent by the relay", [MILLI * (published[id] - decided[id]) for id in ids])
    figures.spread("  sent → visible", [MILLI * (seen[id] - published[id]) for id in ids])
    figures.spread("  one page of the stream", reader.pages)


PAPERS = ("PENGANTAR_RT_RW", "KTP", "KK", "PERNYATAAN_TIDAK_MAMPU", "FOTO_RUMAH")

if __name__ == "__main__":
    main()
