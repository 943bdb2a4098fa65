"""The closed list of metrics: names, labels and meanings come from `contracts/metrics.json`, nothing else exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_KINDS: dict[str, Any] = {"counter": Counter, "gauge": Gauge, "histogram": Histogram}


class Metrics:
    """One process's figures. An unknown name or label is a `KeyError` or `ValueError`: a defect."""

    def __init__(self, contracts: Path) -> None:
        self.registry = CollectorRegistry()
        listed = json.loads((contracts / "metrics.json").read_text())
        self._all = {
            name: _KINDS[m["type"]](name, m["help"], m["labels"], registry=self.registry)
            for name, m in listed.items()
        }

    def count(self, name: str, amount: float = 1, /, **labels: str) -> None:
        self._all[name].labels(**labels).inc(amount)

    def set(self, name: str, value: float, /, **labels: str) -> None:
        self._all[name].labels(**labels).set(value)

    def observe(self, name: str, value: float, /, **labels: str) -> None:
        self._all[name].labels(**labels).observe(value)

    def text(self) -> bytes:
        """Prometheus text format."""
        return generate_latest(self.registry)
