"""The lists of problems and of metrics are closed, and each entry says enough."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import pytest

from chassis.metrics import Metrics
from support.promises import FOLDER
from support.tree import python_files, short

PROBLEMS: dict[str, dict[str, Any]] = json.loads((FOLDER / "problems.json").read_text())
LABELS = {"service", "method", "route", "status", "type", "outcome", "topic", "kind", "kantor", "check"}
METRICS: dict[str, dict[str, Any]] = json.loads((FOLDER / "metrics.json").read_text())
# `Problem("slug"`, or the class attribute of a service's own error.
RAISED = re.compile(r"""(?:\bProblem\(\s*|^    slug(?:: [^=\n]+)? = )["']([a-z-]+)["']""", re.MULTILINE)


@pytest.mark.parametrize("slug", PROBLEMS)
def test_a_problem_has_a_title_for_people_and_a_meaning_for_programmers(slug: str) -> None:
    problem = PROBLEMS[slug]

    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)
    assert set(problem) == {"status", "title", "meaning"}
    assert 400 <= HTTPStatus(problem["status"]) < 600
    assert problem["title"][0].isupper()
    assert not problem["title"].endswith(".")
    assert problem["meaning"].endswith(".")


def test_every_problem_that_the_code_answers_with_is_in_the_catalogue() -> None:
    unknown = [
        f"{short(file)}: {slug}"
        for file in python_files()
        for slug in RAISED.findall(file.read_text())
        if slug not in PROBLEMS
    ]

    assert unknown == []


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_named_after_what_it_counts(name: str) -> None:
    metric = METRICS[name]

    assert name.startswith("ekel_")
    assert set(metric) == {"type", "labels", "help"}
    assert name.endswith("_total") == (metric["type"] == "counter")
    # A label with a value per person or per case would leak, and grow without end.
    assert set(metric["labels"]) <= LABELS


def test_the_metrics_can_all_be_made() -> None:
    text = Metrics(FOLDER).text().decode()

    assert all(f"# HELP {name} " in text for name in METRICS)
