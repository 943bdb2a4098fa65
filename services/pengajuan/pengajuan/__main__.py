"""`python -m pengajuan`: run a role by hand, or look after its stores."""

from __future__ import annotations

from chassis.aggregate import Aggregates
from chassis.audit import Audit
from pengajuan import roles
from pengajuan.bootstrap import build
from pengajuan.settings import Settings
from runtime.command import Command, run


def _seed(settings: Settings, demo: bool) -> None:
    roles.seed(settings, demo=demo)


def _parked(settings: Settings) -> tuple[Aggregates, Audit]:
    app = build(settings)
    return app.lingkup.permohonan, app.audit


COMMAND = Command(
    name="pengajuan",
    settings=Settings,
    http=roles.http,
    worker=roles.worker,
    migrate=roles.migrate,
    check=roles.check,
    seed=_seed,
    parked=_parked,
)

if __name__ == "__main__":
    raise SystemExit(run(COMMAND))
