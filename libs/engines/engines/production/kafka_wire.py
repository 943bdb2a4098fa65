"""What all Kafka clients share: settings from a URL, records, what an error means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kafka import errors

from chassis.ports.errors import PortError, Refused, Unavailable
from chassis.ports.events import Record

PATIENCE = 5.0  # seconds an administrative request or a read is tried
_NEVER = (
    errors.AuthorizationError,
    errors.InvalidRecordError,
    errors.InvalidTopicError,
    errors.MessageSizeTooLargeError,
    errors.RecordListTooLargeError,
    errors.UnknownTopicOrPartitionError,
)


def settings(url: str) -> dict[str, Any]:
    """Keyword arguments of every client. Raises `ValueError` for a URL that cannot be meant."""
    place, _, query = url.removeprefix("kafka://").partition("?")
    options = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    unknown = options.keys() - {"security", "user", "password_file", "ca"}
    if unknown or not place or ("user" in options) != ("password_file" in options):
        raise ValueError("EKEL_EVENTS_URL: kafka://host:port[,…][?security=…&user=…&password_file=…&ca=…]")
    found: dict[str, Any] = {
        "bootstrap_servers": place.split(","),
        "security_protocol": options.get("security", "PLAINTEXT"),
        "reconnect_backoff_max_ms": 1000,  # the default sleeps up to 20 s after the broker is back
        "bootstrap_timeout_ms": int(PATIENCE * 1000),
        "request_timeout_ms": 10_000,
    }
    if "ca" in options:
        found["ssl_cafile"] = options["ca"]
    if "user" in options:
        found["sasl_mechanism"] = "SCRAM-SHA-512"
        found["sasl_plain_username"] = options["user"]
        found["sasl_plain_password"] = Path(options["password_file"]).read_text().strip()
    return found


def record(stored: Any) -> Record:
    """A client's record as the port has it."""
    return Record(
        topic=stored.topic,
        offset=stored.offset,
        key=(stored.key or b"").decode(),
        headers={name: value.decode() for name, value in stored.headers},
        value=stored.value,
    )


def translated(error: Exception) -> PortError:
    """The port's error for a client's one."""
    if isinstance(error, PortError):
        return error
    if isinstance(error, _NEVER):
        return Refused(repr(error))
    # A wrong password shows as a timeout of the bootstrap, so say that it may be one.
    hint = " (broker away, or user and password wrong)" if "ootstrap" in str(error) else ""
    return Unavailable(f"kafka: {error!r}{hint}")
