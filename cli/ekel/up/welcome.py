"""What a newcomer reads when everything is up: the address, the demo accounts, three things to try."""

from __future__ import annotations

from rich.console import Console

from ekel.up.supervisor import Running


def say(console: Console, running: list[Running], seconds: float, *, demo: bool) -> None:
    """Printed once, when every role is ready."""
    door = next(one.role.public for one in running if one.role.name == "gateway-http")
    pages = next(one.role.public for one in running if one.role.name == "frontend-http")
    lines = [f"e-Kelurahan is ready after {seconds:.1f} s: {door}", f"Open the pages in a browser: {pages}"]
    if demo:
        lines += [
            "",
            "Demo accounts (password demo-ekelurahan; lurah and camat also the code that `ekel totp` prints):",
            "  loket.pancoranmas  kasi.pancoranmas  lurah.pancoranmas",
            "  kasi.kec.pancoranmas  sekcam.pancoranmas  camat.pancoranmas  admin.pancoranmas",
            "  the same for mekarjaya, with camat.sukmajaya",
        ]
    lines += [
        "",
        "Three things to try in another terminal:",
        "  .venv/bin/ekel demo                 two applications, from filing to the verified letter",
        f"  curl {door}/v1/layanan              the services, what they need, how long they take",
        "  .venv/bin/ekel check                every invariant of the stores and the log",
        "",
        "Ctrl-C stops everything.",
    ]
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
