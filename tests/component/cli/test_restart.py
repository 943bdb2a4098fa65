"""A process that cannot take over changes nothing: the old one stays, the outcome says why, the next wish is heard."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ekel import restart
from ekel.up import rolling
from ekel.up.plan import HOST, Role
from ekel.up.supervisor import Supervisor
from runtime.serve import Sockets, listen
from support.waiting import until

NAME = "tiada-http"  # no package of that name: a new interpreter ends at once


def _idle(sockets: Sockets) -> None:
    """Until it is asked to go."""
    signal.pause()


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    """Two old processes on an empty folder."""
    monkeypatch.setenv("EKEL_DATA", str(tmp_path))
    monkeypatch.setenv("EKEL_ENV", "test")
    (tmp_path / "run").mkdir()
    with listen(f"{HOST}:0") as one, listen(f"{HOST}:0") as other:
        planned = {"gateway-http": one, NAME: other}
        made = Supervisor([Role(n, Sockets(None, planned[n]), _idle) for n in planned], tmp_path)
        yield made
        made.stop()


def test_the_old_process_stays_when_the_new_one_ends(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start()
    _, one = supervisor.running
    old, work = one.pid, rolling.Rolling(supervisor, tmp_path, demo=False)
    wish = {"id": "1", "roles": [NAME]}
    assert restart._left(tmp_path / "run", wish)
    assert not restart._left(tmp_path / "run", wish)

    until(lambda: not work.step(), what="the outcome")

    outcome = json.loads((tmp_path / "run" / rolling.OUTCOME).read_text())
    assert outcome["id"] == "1"
    assert outcome["failed"].startswith(f"{NAME} did not become ready")
    assert (one.pid, supervisor.beside, supervisor.reap()) == (old, [], [])
    assert "No module named 'tiada'" in (tmp_path / "log" / f"{NAME}.log").read_text()
    assert not (tmp_path / "run" / rolling.WISH).exists()


def test_a_role_that_does_not_exist_is_refused(
    supervisor: Supervisor, capsys: pytest.CaptureFixture[str]
) -> None:
    supervisor.start()

    assert restart.run(["x-http"], patience=5) == 2
    assert "no such role: x-http" in capsys.readouterr().err
