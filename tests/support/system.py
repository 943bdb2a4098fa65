"""The whole system as an operator runs it: `ekel up` with every role a process, on a folder of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from chassis.settings import Settings
from support.tree import ROOT
from support.waiting import until


class System:
    """Started and stopped by a test; `environment` adds settings, for instance EKEL_KILL_AT."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str] | None = None, *, demo: bool = True
    ) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "EKEL_ENV": "test",
            "EKEL_DATA": str(folder),
            **(environment or {}),
        }
        self._command = [sys.executable, "-m", "ekel", "up", "--ephemeral", "--no-screen"]
        self._command += ["--demo"] if demo else []
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()  # nobody else would
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Return when every role is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self.environment, stdout=log, stderr=log, cwd=ROOT
            )
        until(self._ready, seconds=240, what="every role ready")

    def stop(self) -> int:
        """SIGTERM, as systemd or Ctrl-C would; the exit code."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(60)
        self._process = None
        return code

    def crash(self) -> None:
        """SIGKILL to the supervisor and every role at once, like a power cut of the processes."""
        assert self._process is not None
        pids = [role["pid"] for role in self.roles().values()]
        workers = [child for pid in pids for child in children(pid)]
        # Stopped first: it must not start again what dies, and its roles end cleanly when it is gone.
        self._process.send_signal(signal.SIGSTOP)
        for pid in workers + pids:
            kill(pid)
        self._process.kill()
        self._process.wait(60)
        self._process = None
        until(lambda: not any(_alive(pid) for pid in pids + workers), what="every process gone")

    def kill(self, role: str) -> None:
        """SIGKILL to one role; the supervisor starts it again."""
        listed = self.roles()[role]
        for pid in [listed["pid"], *children(listed["pid"])]:
            kill(pid)
        until(lambda: self.roles()[role]["pid"] not in {0, listed["pid"]}, what=f"{role} restarted")

    def processes(self, role: str) -> set[int]:
        """The role's process and those it started."""
        pid = self.roles()[role]["pid"]
        return {pid, *children(pid)}

    def roles(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self._listed()["roles"]
        return found

    @property
    def settings(self) -> Settings:
        """Where its stores are, as its processes read it."""
        names = {name: f"EKEL_{name.upper()}" for name in Settings.model_fields}
        told = {name: self.environment[key] for name, key in names.items() if key in self.environment}
        return Settings.model_validate(told)

    @property
    def url(self) -> str:
        return str(self._listed()["gateway"])

    def ekel(self, *arguments: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run an `ekel` command on this system's data."""
        environment = {**self.environment, "EKEL_GATEWAY": self.url if self._process else ""}
        environment.pop("EKEL_KILL_AT", None)
        return subprocess.run(
            [sys.executable, "-m", "ekel", *arguments],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )

    def demo(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`ekel demo` by somebody who waits as long as a busy machine asks."""
        return self.ekel("demo", "--patience", "120", *arguments, seconds=900)

    def check(self) -> dict[str, Any]:
        """The joined report of `ekel check`; asserts that it found nothing wrong."""
        done = self.ekel("check", "--json", "--wait", "180")  # a claim of a killed process runs out first
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def logs(self) -> str:
        return "\n".join(p.read_text(errors="replace") for p in sorted((self.folder / "log").glob("*.log")))

    @property
    def pages(self) -> str:
        """Where the front end's pages are."""
        return str(self.roles()["frontend-http"]["public"])

    def _listed(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "run" / "roles.json").read_text())
        return found

    def _ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "up.log").read_text()[-3000:]
        try:
            return all(answers(role["internal"]) for role in self.roles().values())
        except (OSError, ValueError):
            return False


def answers(url: str) -> bool:
    """Whether the role at this internal address says that it is ready."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def kill(pid: int) -> None:
    """SIGKILL, whether or not it is still there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    """Processes that it started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]
