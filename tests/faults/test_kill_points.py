"""SIGKILL at every named point: the case ends as an undisturbed one does, everything is told, every effect is once.

One run per point; in it every role that matters dies there once, on the pass that is named.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chassis import faults
from chassis.settings import Settings
from faults.conftest import Undisturbed
from support import bukti, lakon
from support.system import System

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
# Point → the service played, and who dies on which pass.
KILLS = {
    "document.before_write": (
        "SKDOM",
        "pengajuan-http:2",  # filing
        "persetujuan-http:1",  # the section head's decision
        "persetujuan-worker:4",
        "dokumen-worker:6",
        "notifikasi-worker:5",
    ),
    "document.after_write": (
        "SKDOM",
        "pengajuan-http:1",  # the draft
        "dokumen-http:3",  # a paper
        "persetujuan-http:2",  # the lurah's decision
        "pengajuan-worker:4",
        "dokumen-worker:6",
        "notifikasi-worker:6",
    ),
    "relay.before_publish": ("SKDOM", "pengajuan-worker:2", "dokumen-worker:1", "persetujuan-worker:2"),
    "relay.after_publish": ("SKDOM", "pengajuan-worker:1", "dokumen-worker:4", "notifikasi-worker:3"),
    "worker.after_effect": (
        "SKDOM",
        "pengajuan-worker:2",
        "persetujuan-worker:3",
        "dokumen-worker:4",
        "notifikasi-worker:2",
    ),
    "number.after_number": ("SKTM", "dokumen-worker:1", "dokumen-worker:2"),  # the lurah's, the camat's
    "upload.middle": ("SKDOM", "dokumen-http:2"),
}


@pytest.mark.parametrize("point", faults.POINTS)
def test_a_case_survives_sigkill(point: str, undisturbed: Undisturbed, system: Callable[..., System]) -> None:
    layanan, *victims = KILLS[point]
    wanted = [(role, f"{role}:{point}:{nth}") for role, _, nth in (v.partition(":") for v in victims)]
    with system(EKEL_KILL_AT=",".join(kill for _, kill in wanted)) as running:
        before = {role: running.processes(role) for role, _ in wanted}
        id = lakon.play(running, layanan)
        lakon.settle(running, id)
        for role, kill in wanted:
            assert (running.folder / "run" / "kills" / kill.replace(":", "_")).exists(), f"{kill} missed"
            assert running.processes(role) - before[role], f"{role} was never replaced"
    _ended_alike(running.settings, id, undisturbed, layanan)
    if point == "relay.after_publish":
        assert bukti.repeats(running.settings, id), "what was published and not cleared is published again"


def _ended_alike(settings: Settings, id: str, undisturbed: Undisturbed, layanan: str) -> None:
    """One letter, its numbers, the same events and the same messages as without a fault."""
    calm, other = undisturbed.settings, undisturbed.cases[layanan]
    assert bukti.story(settings, id) == bukti.story(calm, other)
    assert len(bukti.letters(settings, id)) == 1
    offices = [office for office, _ in bukti.numbers(calm, other)]
    assert [office for office, _ in bukti.numbers(settings, id)] == offices
    assert bukti.inbox(settings, id) == bukti.inbox(calm, other)
    assert bukti.sent(settings, id) == bukti.sent(calm, other)
