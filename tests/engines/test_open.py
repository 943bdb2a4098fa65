"""Engines by URL: what is unknown is said clearly, nothing falls back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from engines.open import open_documents, open_events, open_objects

Open = Callable[[str], object]


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


@pytest.mark.parametrize("url", ["kafka://", "kafka://log:9092?user=saja", "kafka://log:9092?sandi=x"])
def test_a_kafka_url_that_cannot_be_meant_names_the_setting(url: str) -> None:
    pytest.importorskip("kafka", reason="kafka-python is missing; this brings it: scripts/setup production")
    with pytest.raises(ValueError, match="EKEL_EVENTS_URL: kafka://host:port"):
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
