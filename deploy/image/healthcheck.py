#!/opt/ekel/bin/python
"""Exit code 0 if the role that this container runs answers /readyz on its internal port; what is wrong on stdout."""

from __future__ import annotations

import http.client
import os
import sys
from pathlib import Path

BINDS = {"http": "EKEL_INTERNAL_BIND", "worker": "EKEL_WORKER_BIND", "pantau": "EKEL_STREAM_BIND"}


def main() -> int:
    """The role is the last word of the first process; a container that runs no role is healthy while it lives."""
    role = Path("/proc/1/cmdline").read_bytes().rstrip(b"\0").rpartition(b"\0")[2].decode()
    if role not in BINDS:
        return 0
    bind = os.environ.get(BINDS[role], "")
    if not bind:
        print(f"{BINDS[role]} is not set")
        return 1
    connection = http.client.HTTPConnection("127.0.0.1", int(bind.rpartition(":")[2]), timeout=8)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        print(answer.read(2000).decode())
    except OSError as error:
        print(error)
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
