"""`python -m persetujuan`: run a role by hand, or look after its stores."""

from __future__ import annotations

from chassis.aggregate import Aggregates
from chassis.audit import Audit
from persetujuan import roles, seed
from persetujuan.bootstrap import build
from persetujuan.settings import Settings
from runtime.command import Command, run


def _seed(settings: Settings, demo: bool) -> None:
    (seed.demo if demo else seed.reference)(settings)


def _parked(settings: Settings) -> tuple[Aggregates, Audit]:
    app = build(settings)
    return app.kasus, app.audit


COMMAND = Command(
    name="persetujuan",
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
