"""Run as a program: gateway-pantau as the supervisor starts it, on ports given by the system."""

from __future__ import annotations

import sys
from pathlib import Path

from gateway import roles
from runtime.serve import Sockets, listen


def main() -> None:
    place = Path(sys.argv[1])
    public, internal = listen("127.0.0.1:0"), listen("127.0.0.1:0")
    place.with_suffix(".part").write_text(f"{public.getsockname()[1]} {internal.getsockname()[1]}")
    place.with_suffix(".part").rename(place)
    roles.roles["gateway-pantau"](Sockets(public, internal))


if __name__ == "__main__":
    main()
