"""Who read or decided a case: this service's audit entries about it, for its resident and the inspector (R13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import BaseModel, Field

from chassis.aggregate import Outcome, State
from chassis.audit import COLLECTION, Audit
from chassis.ports.documents import Documents
from web.identity import ISSUER, Identity, caller
from web.problems import Problem

CLAIM = "jejak"  # in a token of the gateway: the case whose resident it has let in
_PAGE = 200


class Tanya(BaseModel):
    permohonan: str = Field(pattern=r"^[0-9a-f-]{36}$", description="Id of the application.")


class EntriJejak(BaseModel):
    waktu: str
    oleh: str = Field(
        description="Account or pseudonym; the gateway tells residents role and office instead."
    )
    tindakan: str = Field(description="Code of the reading or decision.")


class DaftarJejak(BaseModel):
    jejak: list[EntriJejak] = Field(description="In order of time.")


def of_case(
    found: Sequence[Outcome], audit: Audit, chain: Documents, subjects: Callable[[State], Iterable[str]]
) -> dict[str, Any]:
    """`DaftarJejak` of the one case found, for whom `require` lets in; reading it is written down first.

    `subjects` gives the ids of its papers, letters, tasks. Raises `tidak-ditemukan`, `dilarang`.
    """
    siapa = caller("inspektur", "sistem")
    if not found:
        raise Problem("tidak-ditemukan")
    case = found[0]
    require(siapa, case.scope, case.id)
    audit.append(case.scope, actor=siapa.sub, action="jejak.dilihat", subject=case.id)
    return entries(chain, case.scope, [case.id, *subjects(case.state)])


def require(siapa: Identity, kantor: str, permohonan: str) -> None:
    """The inspector of this area, or the gateway in the name of the case's resident. Raises `dilarang`."""
    asked = siapa.peran == "sistem" and siapa.sub == ISSUER and siapa.klaim.get(CLAIM) == permohonan
    if not asked and not (siapa.peran == "inspektur" and siapa.covers(kantor)):
        raise Problem("dilarang")


def entries(chain: Documents, kantor: str, subjects: Iterable[str]) -> dict[str, Any]:
    """`DaftarJejak` of everything with these subjects: the case's own id and those of its papers, letters, tasks."""
    found: dict[str, Any] = {}
    for subject in set(subjects):  # each by its index: a chain holds every case of its office
        after, where = list[Any](), {"scope": kantor, "subject": subject}
        while page := chain.find(COLLECTION.name, where, order=("id",), limit=_PAGE, after=after):
            found |= {doc.id: doc.body for doc in page}
            after = [page[-1].id]
    listed = [found[id] for id in sorted(found)]
    return {"jejak": [{"waktu": e["time"], "oleh": e["actor"], "tindakan": e["action"]} for e in listed]}
