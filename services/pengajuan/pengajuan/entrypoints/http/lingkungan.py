"""What a view reaches for: the service behind the running application, and the caller as the rules see him."""

from __future__ import annotations

from typing import Any, cast

from flask import current_app

from chassis.aggregate import Cause
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.application.queries import satu
from pengajuan.bootstrap import App
from pengajuan.domain.permohonan import Permohonan
from pengajuan.entrypoints.http.models import Masukan
from web.commands import command
from web.identity import Identity, caller

EXTENSION = "pengajuan"


def app() -> App:
    """The service that this Flask application was built for."""
    return cast("App", current_app.extensions[EXTENSION])


def pemanggil(*peran: str) -> Pemanggil:
    """The signed-in caller, who must have one of the roles. Raises 401 or 403."""
    return dari(caller(*peran))


def dari(identity: Identity) -> Pemanggil:
    known = identity.tingkat == "dikenal" and identity.klaim.get("nik_h")
    nama = str(identity.klaim.get("nama", ""))
    return Pemanggil(
        sub=identity.sub,
        peran=identity.peran,
        wilayah=identity.wilayah,
        tingkat=identity.tingkat,
        nik_h=str(identity.klaim.get("nik_h", "")),
        kk_h=str(identity.klaim.get("kk_h", "")),
        orang_h=app().pseudonyms.person(str(identity.klaim["nik_h"]), nama) if known else "",
    )


def dicatat(siapa: Pemanggil, kantor: str, action: str, subject: str) -> None:
    """An audit entry, durable before anything is shown or decided."""
    app().audit.append(kantor, actor=siapa.sub, action=action, subject=subject)


def mulai(siapa: Pemanggil, id: Any, tindakan: str, data: Masukan) -> tuple[Cause, Permohonan]:
    """The command and its case, after the act was written down.

    Receipts are signed anew at each look; the wish is the rest.
    """
    cause = command(siapa.sub, data.model_dump(mode="json", exclude={"tanda_lihat"}))
    kasus = satu(app().lingkup, str(id)).kasus
    dicatat(siapa, kasus.kantor, tindakan, kasus.id)
    return cause, kasus
