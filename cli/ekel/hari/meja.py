"""Desks and sessions: every official is one thread that does one thing after another, signed in once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from ekel.demo import factor
from ekel.demo.client import Client, Unexpected
from ekel.hari.buku import Buku, Kasus

WARGA: Final = "warga"
_PONSEL: Final = 16  # residents who do something at the same moment


class Meja:
    """What is put on a desk is done; what goes wrong there is written into the book."""

    def __init__(self, client: Client, buku: Buku) -> None:
        self._client, self._buku = client, buku
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._sessions: dict[str, Client] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def titip(self, akun: str, kasus: Kasus, kerja: Callable[[Kasus], None]) -> None:
        """To be done by this account, after what lies there already; residents work beside each other."""
        with self._lock:
            if akun not in self._pools:
                many = _PONSEL if akun == WARGA else 1
                self._pools[akun] = ThreadPoolExecutor(many, thread_name_prefix=akun)
            self._pools[akun].submit(self._kerjakan, kasus, kerja)

    def petugas(self, akun: str, *, strong: bool = False) -> Client:
        """The session of an official, begun with a second factor when `strong`. Raises `Unexpected`."""
        with self._lock:
            lock = self._locks[akun]
        with lock:
            if akun not in self._sessions:
                token = factor.session(self._client, akun, strong=strong)["token"]
                self._sessions[akun] = self._client.signed_in(token)
            return self._sessions[akun]

    def tutup(self) -> None:
        """Wait for whatever is on a desk now."""
        with self._lock:
            pools = list(self._pools.values())
        for pool in pools:
            pool.shutdown(wait=True)

    def _kerjakan(self, kasus: Kasus, kerja: Callable[[Kasus], None]) -> None:
        try:
            kerja(kasus)
        except Unexpected as error:
            self._buku.gagal(kasus, str(error))
        except Exception as error:
            # Nobody looks at a thread's end: what is not in the book would stand still.
            self._buku.gagal(kasus, f"{type(error).__name__}: {error}")
