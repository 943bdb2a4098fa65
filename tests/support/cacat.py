"""`ekel` as a release with a defect: dokumen stumbles over "lengkap" of the applications that a file names.

Run as a program, it takes the arguments of `ekel`. Emptying the file is the mended release.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chassis.causes import Decision, Moment, State
from chassis.dispatch import Dispatcher
from chassis.envelope import Event

STUMBLES_OVER = "id.ekelurahan.pengajuan.permohonan.dinyatakan_lengkap.v1"


def named(data: Path) -> Path:
    """The file of application ids, one a line."""
    return data / "run" / "cacat"


def plant() -> None:
    """Before any role is forked."""
    from dokumen import roles
    from dokumen.bootstrap import App
    from dokumen.entrypoints.events import dispatcher as sound

    def defective(app: App) -> Dispatcher:
        whole = sound(app)
        route, file = whole.routes[STUMBLES_OVER], named(app.settings.data)

        def stumble(event: Event, state: State | None, at: Moment) -> Decision:
            if file.exists() and event.subject in file.read_text().split():
                raise LookupError("planted")
            return route.handle(event, state, at)

        return replace(whole, routes={**whole.routes, STUMBLES_OVER: replace(route, handle=stumble)})

    vars(roles)["dispatcher"] = defective


if __name__ == "__main__":
    from ekel.__main__ import main

    plant()
    main()
