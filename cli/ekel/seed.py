"""`ekel seed`: migrate every store, then load reference data, and demo data where it is allowed; repeatable."""

from __future__ import annotations

import sys

from ekel.deployables import DEPLOYABLES, module, settings, shared


def run(*, reference: bool, demo: bool) -> int:
    """Exit code: 0 done, 2 refused or nothing asked."""
    if not reference and not demo:
        print("say what to load: --reference or --demo", file=sys.stderr)
        return 2
    if demo and shared().env == "production":
        print("demo data is refused with EKEL_ENV=production: demo people are no residents.", file=sys.stderr)
        return 2
    seed(demo=demo)
    print("reference and demo data are loaded" if demo else "reference data is loaded")
    return 0


def seed(*, demo: bool) -> None:
    """Load into the stores in this process; demo people stand on reference data, so that comes first."""
    from web import pseudonyms, tokens

    common = shared()
    tokens.ensure_keys(common.key_folder(), list(DEPLOYABLES))
    pseudonyms.ensure(common.key_folder())
    for name in DEPLOYABLES:
        module(name, "roles").migrate(settings(name))
    for name in DEPLOYABLES:
        _load(name, demo=demo)


def _load(name: str, *, demo: bool) -> None:
    """One call for pengajuan: its demo confirms the services it has just loaded."""
    known = settings(name)
    if name == "pengajuan":
        module(name, "roles").seed(known, demo=demo)
        return
    module(name, "seed").reference(known)
    if demo:
        module(name, "seed").demo(known)
