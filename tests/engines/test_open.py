"""Engines by URL: what is unknown is said clearly, nothing falls back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from engines.open import open_documents, open_events, open_objects

Open = Callable[[str], object]
# An address of Kafka that cannot be meant, and what is said of it.
KAFKA = {
    "kafka://": "no broker",
    "kafka://h:9?acks=0": "unknown option acks",
    "kafka://h:9?security=TLS": "security is PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL",
    "kafka://h:9?user=u&password_file=/p": "with security=SASL_SSL or SASL_PLAINTEXT",
    "kafka://h:9?security=SASL_SSL": "user and password_file are given together",
    "kafka://h:9?security=SASL_SSL&user=u": "user and password_file are given together",
    "kafka://h:9?ca=/ca.pem": "ca is for security=SSL or SASL_SSL",
    "kafka://h:9?security=SSL&ca=/nowhere/ca.pem": "ca cannot be read: .*/nowhere/ca.pem",
    "kafka://h:9?security=SASL_SSL&user=u&password_file=/nowhere/p": "password_file cannot be read: .*/nowhere/p",
}


@pytest.mark.parametrize(
    ("opener", "url", "setting"),
    [
        (open_documents, "postgres://db/x", "EKEL_DOCUMENTS_URL"),
        (open_events, "amqp://q", "EKEL_EVENTS_URL"),
        (open_objects, "/plain/path", "EKEL_OBJECTS_URL"),
    ],
)
def test_an_unknown_scheme_names_the_setting_and_the_known_ones(opener: Open, url: str, setting: str) -> None:
    with pytest.raises(ValueError, match=f"{setting}: unknown scheme .* known: .*(sqlite|file)"):
        opener(url)


@pytest.mark.parametrize(("url", "said"), KAFKA.items(), ids=KAFKA)
def test_a_kafka_url_that_cannot_be_meant_says_why(url: str, said: str) -> None:
    pytest.importorskip("kafka", reason="kafka-python is missing; this brings it: scripts/setup production")
    with pytest.raises(ValueError, match=f"EKEL_EVENTS_URL: .*{said}"):
        open_events(url)


@pytest.mark.parametrize("url", ["sqlite://relative.sqlite", "sqlite:///", "sqlite:////"])
def test_a_path_must_be_absolute(url: str) -> None:
    with pytest.raises(ValueError, match="absolute path"):
        open_documents(url)


def test_no_adapter_is_imported_before_a_url_names_it() -> None:
    code = (
        "import sys, engines.open; adapters = ('embedded', 'production', 'sqlite');"
        "print([m for m in sys.modules if any(word in m for word in adapters)])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )

    assert run.stdout == "[]\n"
