"""Figures of a running system: they add up over processes, and a real Prometheus answers every dashboard from them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3
import yaml

from runtime.serve import listen
from support import monitoring
from support.figures import figure
from support.system import System
from support.waiting import until

# Nothing of this happened in a system that is well; each is empty until it does.
WELL = {
    "ekel_unknown_events_total",
    "ekel_relay_set_aside_total",
    "ekel_office_connected",  # no counter of the demo beats
    "ekel_streams_open",  # nobody listens
    "ekel_stream_events_total",
}


def test_requests_are_counted_once_however_many_processes_carry_them(system: System) -> None:
    roles = ("gateway-http", "pengajuan-http")
    before = [_layanan(system, role) for role in roles]

    for _ in range(25):
        assert urllib3.request("GET", f"{system.url}/v1/layanan").status == 200

    assert [_layanan(system, role) for role in roles] == [count + 25 for count in before]


def _layanan(system: System, role: str) -> float:
    name, service = "ekel_http_requests_total", role.removesuffix("-http")
    return figure(system, role, name, service=service, route="/v1/layanan", status="200")


@pytest.fixture(scope="module")
def prometheus(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Prometheus with our rules, looking at the running system every second; its address."""
    folder = tmp_path_factory.mktemp("prometheus")
    targets = [
        {"targets": [role["internal"].removeprefix("http://")], "labels": {"role": name}}
        for name, role in system.roles().items()
    ]
    config = {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(monitoring.DEPLOY / "prometheus" / "rules" / "*.yml")],
        "scrape_configs": [{"job_name": "ekelurahan", "static_configs": targets}],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    free = listen("127.0.0.1:0")
    address = f"127.0.0.1:{free.getsockname()[1]}"
    free.close()
    words = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*words, f"--web.listen-address={address}"], stdout=log, stderr=log)
    try:
        until(lambda: _answers(address), seconds=60, what="Prometheus")
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.needs_prometheus
@pytest.mark.slow
def test_every_query_of_every_dashboard_is_answered_by_a_system_that_works(
    system: System, prometheus: str
) -> None:
    until(lambda: bool(_ask(prometheus, "sum(ekel_office_open)")), seconds=90, what="figures of kelurahan")
    assert system.ekel("demo", "--quiet", "--patience", "60").returncode == 0
    wanted = {
        place: query for place, query in monitoring.panels() if not WELL & monitoring.metrics(query)
    }  # what is in WELL may be empty, the rest may not
    wanted.pop("ekel-jam: Late by kelurahan")  # nobody is late
    wanted.pop("ekel-jam: Failing to-dos", None)  # nothing failed
    wanted.pop("ekel-http: Refused and failed, by status", None)

    for place, query in wanted.items():
        until(lambda query=query: bool(_ask(prometheus, query)), seconds=60, what=place)  # type: ignore[misc]
    for _, query in monitoring.panels():
        _ask(prometheus, query)  # empty or not: a query that Prometheus understands
    for rule in monitoring.rules():
        _ask(prometheus, rule["expr"])


@pytest.mark.needs_prometheus
def test_samples_carry_the_labels_of_the_contract(system: System, prometheus: str) -> None:
    for name, metric in monitoring.METRICS.items():
        sampled = f"{name}_count" if metric["type"] == "histogram" else name
        for row in _ask(prometheus, sampled):
            assert set(row["metric"]) == {"__name__", *metric["labels"], *monitoring.EVERYWHERE}


def _ask(address: str, query: str) -> list[dict[str, Any]]:
    answer = urllib3.request("GET", f"http://{address}/api/v1/query?{urlencode({'query': query})}").json()
    assert answer["status"] == "success", (query, answer)
    rows: list[dict[str, Any]] = answer["data"]["result"]
    return rows


def _answers(address: str) -> bool:
    try:
        return urllib3.request("GET", f"http://{address}/-/ready", retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False
