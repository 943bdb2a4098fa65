"""Rules and dashboards use what exists, fire when they should, and every alert has its runbook."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from support import monitoring
from support.monitoring import DEPLOY, EVERYWHERE, METRICS
from support.tree import ROOT

ALERTS = [rule for rule in monitoring.rules() if "alert" in rule]
RECORDED = {rule["record"]: rule["expr"] for rule in monitoring.rules() if "record" in rule}
QUERIES = [(rule.get("alert") or rule["record"], rule["expr"]) for rule in monitoring.rules()]
QUERIES += list(monitoring.panels())


@pytest.mark.parametrize(("place", "query"), QUERIES, ids=[place for place, _ in QUERIES])
def test_a_query_uses_metrics_and_labels_that_exist(place: str, query: str) -> None:
    used = monitoring.metrics(query)
    assert used <= METRICS.keys()
    assert monitoring.recorded(query) <= RECORDED.keys()

    known = set(EVERYWHERE)
    for name in used:
        known |= set(METRICS[name]["labels"])
        known |= {"le"} if METRICS[name]["type"] == "histogram" else set()
    for name in monitoring.recorded(query):
        known |= monitoring.labels(RECORDED[name])
    assert monitoring.labels(query) <= known


def test_every_figure_is_shown_or_watched() -> None:
    assert set().union(*(monitoring.metrics(query) for _, query in QUERIES)) == METRICS.keys()


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: str(alert["alert"]))
def test_an_alert_leads_to_its_section_of_the_runbook(alert: dict[str, dict[str, str]]) -> None:
    file, _, anchor = alert["annotations"]["runbook_url"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / file).read_text(), re.MULTILINE)

    assert anchor in {heading.lower().replace(" ", "-") for heading in headings}
    assert alert["labels"]["severity"] in {"critical", "warning", "info"}


def test_every_role_of_compose_is_scraped_at_its_internal_port() -> None:
    from ekel.up.plan import DEPLOYABLES, PAGES

    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    job = next(j for j in config["scrape_configs"] if j["job_name"] == "ekelurahan")
    told = {entry["labels"]["role"]: entry["targets"][0] for entry in job["static_configs"]}

    roles = {f"{name}-{kind}" for name in DEPLOYABLES for kind in ("http", "worker")}
    assert told.keys() == roles | {"gateway-pantau", f"{PAGES}-http"}
    assert all(target.split(":")[0] == role for role, target in told.items())
    assert len({target.split(":")[1] for target in told.values()}) == len(told)


@pytest.mark.needs_prometheus
@pytest.mark.parametrize(
    "words",
    [
        ("promtool", "check", "config", "deploy/prometheus/prometheus.yml"),
        ("promtool", "check", "rules", "--lint-fatal", "deploy/prometheus/rules/alerts.yml"),
        ("promtool", "check", "rules", "--lint-fatal", "deploy/prometheus/rules/recording.yml"),
        ("promtool", "test", "rules", "deploy/prometheus/tests/alerts.yml"),
    ],
    ids=" ".join,
)
def test_promtool_finds_nothing(words: tuple[str, ...]) -> None:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_a_test() -> None:
    tested = (DEPLOY / "prometheus" / "tests" / "alerts.yml").read_text()

    assert [alert["alert"] for alert in ALERTS if alert["alert"] not in tested] == []
