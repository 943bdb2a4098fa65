"""Queries of rules and dashboards, and what they use: metrics and labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from support.tree import ROOT

DEPLOY = ROOT / "deploy"
METRICS: dict[str, dict[str, Any]] = json.loads((ROOT / "contracts" / "metrics.json").read_text())
OUTSIDE = {"up", "scrape_duration_seconds"}  # Prometheus' own
EVERYWHERE = {"job", "role", "instance"}  # set by the scrape
_RECORDED = re.compile(r"\b\w+:\w+:\w+\b")
_OURS = re.compile(r"\bekel_\w+\b")
_MATCHERS = re.compile(r"\{([^}]*)\}")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")


def rules() -> list[dict[str, Any]]:
    """Recording and alerting rules."""
    files = sorted((DEPLOY / "prometheus" / "rules").glob("*.yml"))
    groups = [group for file in files for group in yaml.safe_load(file.read_text())["groups"]]
    return [rule for group in groups for rule in group["rules"]]


def dashboards() -> dict[str, dict[str, Any]]:
    return {
        f.stem: json.loads(f.read_text()) for f in sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
    }


def panels() -> Iterator[tuple[str, str]]:
    """(dashboard: panel, query) with every variable set to all."""
    for name, board in dashboards().items():
        for panel in board["panels"]:
            for target in panel["targets"]:
                yield f"{name}: {panel['title']}", re.sub(r"\$\w+", ".*", target["expr"])


def metrics(query: str) -> set[str]:
    """Our metrics in a query, without the suffixes of a histogram."""
    bare = _RECORDED.sub("", query)
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in _OURS.findall(bare)}


def recorded(query: str) -> set[str]:
    return set(_RECORDED.findall(query))


def labels(query: str) -> set[str]:
    """Labels that a query matches or groups by."""
    found = {name for inside in _GROUPING.findall(query) for name in re.split(r"\s*,\s*", inside.strip())}
    for inside in _MATCHERS.findall(query):
        found |= set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", re.sub(r'"[^"]*"', "", inside)))
    return found - {""}
