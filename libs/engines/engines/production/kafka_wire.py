"""What all Kafka clients share: settings from a URL, records, what an error means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kafka import errors

from chassis.ports.errors import PortError, Refused, Unavailable
from chassis.ports.events import Record

FORM = "kafka://host:port[,host:port][?security=…&user=…&password_file=…&ca=…]"
SECURITY = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
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
    options = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
    if not place or (wrong := _wrong(options)):
        raise ValueError(f"EKEL_EVENTS_URL: {wrong if place else 'no broker'}; {FORM}")
    found: dict[str, Any] = {
        "bootstrap_servers": place.split(","),
        "security_protocol": options.get("security", "PLAINTEXT"),
        "reconnect_backoff_max_ms": 1000,  # the default sleeps up to 20 s after the broker is back
        "bootstrap_timeout_ms": int(PATIENCE * 1000),
        "request_timeout_ms": 10_000,
    }
    if "ca" in options:  # without it the system's authorities are trusted
        _read(options, "ca")
        found["ssl_cafile"] = options["ca"]
    if "user" in options:
        found["sasl_mechanism"] = "SCRAM-SHA-512"
        found["sasl_plain_username"] = options["user"]
        found["sasl_plain_password"] = _read(options, "password_file").strip()
    return found


def _wrong(options: Mapping[str, str]) -> str:
    """Why these options cannot be meant, or nothing: none may be without effect, the client would not tell."""
    security = options.get("security", "PLAINTEXT")
    if unknown := options.keys() - {"security", "user", "password_file", "ca"}:
        return f"unknown option {', '.join(sorted(unknown))}"
    if security not in SECURITY:
        return f"security is {', '.join(SECURITY)}"
    if ("user" in options, "password_file" in options) != (security.startswith("SASL"),) * 2:
        return "user and password_file are given together, with security=SASL_SSL or SASL_PLAINTEXT"
    return "" if "ca" not in options or security.endswith("SSL") else "ca is for security=SSL or SASL_SSL"


def _read(options: Mapping[str, str], name: str) -> str:
    try:
        return Path(options[name]).read_text()
    except (OSError, ValueError) as error:
        raise ValueError(f"EKEL_EVENTS_URL: {name} cannot be read: {error}") from error


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
    # A wrong password or certificate shows as a timeout of the bootstrap, so say that it may be one.
    hint = (
        " (broker away, or its certificate not of this ca, or user and password wrong)"
        if "ootstrap" in str(error)
        else ""
    )
    return Unavailable(f"kafka: {error!r}{hint}")
