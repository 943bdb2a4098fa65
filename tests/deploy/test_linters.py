"""Dockerfiles and overlays as linters see them: a warning is an error, and each excuse excuses something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import hadolint, kube_score, kustomize

UNWISE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: loket}
spec:
  selector: {matchLabels: {app: loket}}
  template:
    metadata: {labels: {app: loket}}
    spec: {containers: [{name: loket, image: ekelurahan/loket}]}
"""


@pytest.mark.needs_hadolint
def test_dockerfiles_are_clean() -> None:
    assert len(hadolint.files()) == 2
    assert hadolint.complaints(hadolint.files()) == []


@pytest.mark.needs_hadolint
def test_a_matter_of_style_is_found_in_a_dockerfile(tmp_path: Path) -> None:
    file = tmp_path / "Dockerfile"
    file.write_text('FROM debian:13\nRUN cat "$x" | sort\nMAINTAINER loket\nCMD ls\n')

    told = "\n".join(hadolint.complaints([file]))

    assert all(rule in told for rule in ("DL4000", "DL4006", "DL3025"))


@pytest.mark.needs_kustomize
@pytest.mark.needs_kubescore
@pytest.mark.parametrize("overlay", kube_score.EXCUSED)
def test_an_overlay_is_clean(overlay: str) -> None:
    built, excuses = kustomize.overlay(overlay), kube_score.EXCUSED[overlay]

    assert kube_score.complaints(built, excuses) == []
    for each in excuses:
        assert kube_score.complaints(built, [e for e in excuses if e != each]), each


@pytest.mark.needs_kubescore
def test_an_unwise_deployment_is_told_so() -> None:
    told = "\n".join(kube_score.complaints(UNWISE, []))

    for lack in ("Memory limit is not set", "Image with latest tag", "NetworkPolicy", "Seccomp"):
        assert lack in told, told


@pytest.mark.needs_kubescore
def test_what_cannot_be_judged_is_not_clean() -> None:
    assert kube_score.complaints("kind: [", [])
    assert kube_score.complaints("", [])
