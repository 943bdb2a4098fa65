"""What views work with: the service's parts from the application, and who the caller is here."""

from __future__ import annotations

from typing import Any

from flask import current_app

from persetujuan.application import delegasi, pejabat
from persetujuan.bootstrap import App
from persetujuan.domain.keputusan.syarat import Pemutus
from web.identity import Identity

PEMUTUS = ("kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat")


def bagian() -> App:
    """The parts that `aplikasi.create` was given."""
    app: App = current_app.extensions["persetujuan"]
    return app


def pemutus(app: App, siapa: Identity, *, terkonfirmasi: bool = False) -> Pemutus:
    """The caller as a decider; his own record says his section and whether he still signs."""
    record = pejabat.baca(app.pejabat, siapa.sub)
    state: dict[str, Any] = (record.state if record else None) or {}
    today = app.clock.now().date()
    hashes = (siapa.klaim.get(claim) for claim in ("nik_h", "kk_h"))
    return Pemutus(
        akun=siapa.sub,
        peran=siapa.peran,
        kantor=frozenset(siapa.wilayah),
        hash=frozenset(hash for hash in hashes if hash),
        seksi=state.get("seksi"),
        wakil=frozenset((d.peran, d.kantor) for d in delegasi.milik(state) if d.berlaku(today)),
        aktif=state.get("aktif", True),
        terkonfirmasi=terkonfirmasi,
    )


def problems(**meaning: str) -> Any:
    """Documented problem answers by status: `problems(s404="not there")`; their shape is added by `openapi`."""
    return {int(status[1:]): text for status, text in meaning.items()}
