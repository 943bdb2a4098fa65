"""Says to a service, under signature, which client asks: for limits on questions that need no account.

The address itself never leaves the gateway; a keyed hash of it is enough to count by. A header that a client sent
under this name stops at the door.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from gateway.client import Clients
from web.pseudonyms import Pseudonyms
from web.tokens import Signer

HEADER = "x-klien"
AUDIENCE = "dokumen"
LIFETIME, FRESH = 300, 240.0  # seconds of a statement, and for how long it is given again
_MOST = 10_000  # clients remembered per process


class Vouch:
    """Thread-safe."""

    def __init__(
        self,
        signer: Signer,
        pseudonyms: Pseudonyms,
        clients: Clients,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._signer, self._pseudonyms, self._clients, self._now = signer, pseudonyms, clients, now
        self._known: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: Mapping[str, Any]) -> str:
        """The signed statement about who sent this request."""
        who = self._pseudonyms.of("klien", self._clients(environ))
        with self._lock:
            began, token = self._known.get(who, (0.0, ""))
            if token and self._now() - began < FRESH:
                return token
            token = self._signer.sign(AUDIENCE, LIFETIME, jenis="klien", klien=who)
            self._known[who] = (self._now(), token)
            self._known.move_to_end(who)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
            return token
