"""One figure of a running role, as its /metrics tells it."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from prometheus_client.parser import text_string_to_metric_families

from support.system import System


def figure(system: System, role: str, name: str, **labels: str) -> float:
    """The sum of all samples of this name that carry these labels."""
    return read(_metrics(system.roles()[role]["internal"]), name, **labels)


def read(text: str, name: str, **labels: str) -> float:
    """The same of a text in Prometheus' format."""
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def _metrics(internal: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(internal).netloc, timeout=60)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().read().decode()
    finally:
        connection.close()
