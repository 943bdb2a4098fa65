"""Every golden example of what dokumen hears is accepted, in whatever order they come."""

from __future__ import annotations

import random
from pathlib import Path

from chassis import audit
from dokumen.bootstrap import build
from dokumen.entrypoints.events import dispatcher
from dokumen.settings import Settings
from support.neighbours import NAMES
from support.promises import contracts, examples
from web import pseudonyms, tokens


def test_every_example_is_handled_in_any_order(tmp_path: Path) -> None:
    settings = Settings(env="test", data=tmp_path)
    tokens.ensure_keys(settings.key_folder(), NAMES)
    pseudonyms.ensure(settings.key_folder())
    app = build(settings)
    app.migrate()
    heard = {kind.type for kind in contracts().heard_by("dokumen")}
    records = [r for r in examples().values() if r.headers["ce_type"] in heard]
    assert {r.headers["ce_type"] for r in records} == heard

    listener = dispatcher(app)
    for round in range(20):
        random.Random(round).shuffle(records)
        for record in records:
            event = listener.event(record)
            target = listener.target(event)
            assert target is not None
            route, (_, id) = target
            known = route.store.read(event.scope, f"{round}.{id}")
            route.handle(event, known.state if known else None, route.store.moment())
    assert app.chain.count(audit.COLLECTION.name, {}) == 0
    app.close()
