"""Print the events of an area, read from Kafka, from where its group stands: `… BROKER[,BROKER] TOPICS [--once]`."""

import os
import re
import sys

from kafka import KafkaConsumer

user, prefix = os.environ["KAFKA_USER"], sys.argv[2].rstrip("*")  # as `ekel access grant` printed them
consumer = KafkaConsumer(
    bootstrap_servers=sys.argv[1].split(","),
    security_protocol=os.environ.get("KAFKA_SECURITY", "SASL_SSL"),
    sasl_mechanism="SCRAM-SHA-512",
    sasl_plain_username=user,
    sasl_plain_password=os.environ["KAFKA_PASSWORD"],
    group_id=f"{user}:{os.environ.get('KAFKA_GROUP', 'contoh')}",
    auto_offset_reset="earliest",  # a new group catches up from the first event
    enable_auto_commit=False,
    metadata_max_age_ms=5000,  # how soon the topic of a new kelurahan is found
    consumer_timeout_ms=10_000 if "--once" in sys.argv else float("inf"),
)
consumer.subscribe(pattern=f"^{re.escape(prefix)}")
for record in consumer:
    event = {name: value.decode() for name, value in record.headers}
    # Your work; repeats of (ce_source, ce_id) do no harm.
    print(event["ce_time"], event["ce_source"], event["ce_type"], event["ce_subject"], flush=True)  # noqa: T201
    consumer.commit()  # after the work: a crash repeats events, it never loses one
consumer.close()
