"""Run a role: gunicorn for HTTP, threads for a worker. Sockets come from the supervisor or are opened here."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from gunicorn import sock
from gunicorn.app.base import BaseApplication
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import ThreadWorker

from chassis import logs
from chassis.claims import Claims
from chassis.dispatch import Dispatcher
from chassis.lease import Lease
from chassis.metrics import Metrics
from chassis.ports.documents import Documents
from chassis.ports.errors import Unavailable
from chassis.ports.events import Events
from chassis.relay import Relay
from chassis.settings import S, load
from chassis.worker import Worker
from web.figures import Figures
from web.health import Check, Internal, engine

THREADS, GRACE = 16, 25  # at most answering at once; seconds for requests to drain
SILENT, ARM = 60, 5.0  # seconds after which a loop that hangs ends the process; between two signs of life
PIECE = 128 * 1024  # bytes taken from a socket at once; gunicorn's 1 MiB costs 2 MB for each uploading thread
_log = structlog.get_logger("runtime.serve")


@dataclass(frozen=True, slots=True)
class Sockets:
    """Listening sockets of one role; a worker has no public one."""

    public: socket.socket | None
    internal: socket.socket


def begin(role: str, kind: type[S]) -> S:
    """The beginning of every process, `<service>-<kind>`: settings read, kill points and logs know the role."""
    settings = load(kind)
    os.environ["EKEL_ROLE"] = role
    logs.configure(role.partition("-")[0], role, settings.log_level)
    return settings


def listen(address: str) -> socket.socket:
    """A listening socket on `host:port`. Raises OSError if the port is taken."""
    host, _, port = address.rpartition(":")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, int(port)))
    listener.listen(512)
    return listener


def few_arenas() -> None:
    """Let threads share glibc's heaps: one each would keep some 3 MB per thread that ever carried an upload.

    Large blocks go back at once (glibc would keep 38 MB after a password), small ones every ten seconds (20 MB).
    """
    libc = ctypes.CDLL(None)
    if setting := getattr(libc, "mallopt", None):  # glibc only
        setting(-8, 2)  # M_ARENA_MAX
        setting(-3, 1024 * 1024)  # M_MMAP_THRESHOLD, fixed from now on
        setting(-1, 1024 * 1024)  # M_TRIM_THRESHOLD
        threading.Thread(target=_trim, args=(libc.malloc_trim,), name="trim", daemon=True).start()


def _trim(trim: Callable[[int], int]) -> None:
    while True:
        trim(0)  # half a millisecond
        time.sleep(10)


def serve_http(build: Callable[[], tuple[Any, Internal]], sockets: Sockets, threads: int = THREADS) -> None:
    """Serve until SIGTERM, in this process: whoever started it starts another, so gunicorn's arbiter is not needed."""
    if sockets.public is None:
        raise ValueError("an http role needs a public socket")
    few_arenas()
    options = {
        "bind": f"fd://{sockets.public.fileno()}",
        "workers": 1,
        "threads": threads,
        "keepalive": 75,
        "graceful_timeout": GRACE,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
    }
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn's heartbeat file; macOS has no such folder
        options["worker_tmp_dir"] = "/dev/shm"  # noqa: S108
    SocketUnreader.max_body_chunk = PIECE
    _Gunicorn(build, sockets, options).run()


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    def __init__(
        self, build: Callable[[], tuple[Any, Internal]], sockets: Sockets, options: Mapping[str, Any]
    ) -> None:
        self._build, self._sockets, self._options = build, sockets, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        app, internal = self._build()
        internal.serve(self._sockets.internal)
        return app

    def run(self) -> None:
        log = self.cfg.logger_class(self.cfg)
        listeners = sock.create_sockets(self.cfg, log)
        _Loop(1, os.getppid(), listeners, self, SILENT, self.cfg, log).init_process()


class _Loop(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker. One that hangs, in C and holding the interpreter's lock, ends with what it was doing."""

    _armed = 0.0

    def notify(self) -> None:
        if time.monotonic() - self._armed >= ARM:
            faulthandler.dump_traceback_later(SILENT, exit=True)
            self._armed = time.monotonic()

    def is_parent_alive(self) -> bool:
        return True  # `ekel up` sends SIGTERM when it ends; who was started by hand may outlive a shell


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerParts:
    """What a worker role is made of; `claims` is None where nothing is promised."""

    service: str
    documents: Documents
    events: Events
    dispatcher: Dispatcher
    claims: Claims | None
    metrics: Metrics
    needed: Mapping[str, Check]


def serve_worker(build: Callable[[], WorkerParts], sockets: Sockets) -> None:
    """Relay, consume and carry out to-dos until SIGTERM, then finish what is in hand.

    Raises `Refused` at once from an event engine that would lose what it acknowledges; one that is away is awaited.
    """
    few_arenas()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parts = build()
    _retrying(lambda: parts.events.ensure(parts.dispatcher.contracts.topics([])), stop)
    worker = Worker(parts.events, parts.dispatcher, parts.metrics)
    lease = Lease(parts.documents, "relay")
    relay = Relay(parts.service, parts.documents, parts.events, lease, parts.metrics)
    figures = Figures(
        parts.service, parts.documents, parts.events, parts.dispatcher, parts.metrics, worker.halted
    )
    needed = {**parts.needed, "documents": engine(parts.documents.ping), "events": engine(parts.events.ping)}
    Internal({**needed, "worker": worker.healthy}, {}, parts.metrics).serve(sockets.internal)
    loops = {"relay": relay.run, "worker": worker.run, "figures": figures.run}
    if parts.claims is not None:
        loops["claims"] = parts.claims.run
    threads = [threading.Thread(target=_guard, args=(loops[n], stop), name=n) for n in loops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _guard(loop: Callable[[threading.Event], None], stop: threading.Event) -> None:
    """A loop that dies takes the process with it: the supervisor starts a whole one."""
    try:
        loop(stop)
    except Exception:
        _log.exception("loop_died", loop=threading.current_thread().name)
        os._exit(70)


def _retrying(action: Callable[[], None], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            action()
        except Unavailable as error:
            _log.warning("engine_away", error=repr(error))
            stop.wait(1.0)
        else:
            return
