"""One's own messages: list them, mark one as read."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from chassis.ports.documents import Doc
from notifikasi.application import pesan as kotak
from notifikasi.application.isian import ACUAN
from notifikasi.domain.penerima import PEJABAT, wakil
from notifikasi.domain.penerima import kotak as kotak_jabatan
from notifikasi.entrypoints.http.bagian import bagian, problems
from notifikasi.entrypoints.http.models import DaftarPesan, Halaman, Pesan
from web import commands, paging
from web.identity import Identity, caller

bp = APIBlueprint("pesan", __name__, url_prefix="/v1/pesan", tag="pesan")


@bp.get("")
@bp.input(Halaman, location="query", validation=False)
@bp.output(DaftarPesan)
@bp.doc(summary="The caller's own messages, newest first", responses=problems(s401="not signed in"))
def daftar(query_data: Any) -> dict[str, Any]:
    siapa, limit = caller(), paging.limit()
    found = kotak.daftar(bagian().documents, _kotak(siapa), limit=limit, after=paging.cursor())
    cursor = paging.write([found[-1].id]) if len(found) == limit else None
    return {"pesan": [_shown(doc, siapa) for doc in found], "cursor": cursor}


@bp.post("/<id>/dibaca")
@bp.output(Pesan)
@bp.doc(
    summary="Mark a message as read; repeating it changes nothing",
    responses=problems(s400="no Idempotency-Key", s401="not signed in", s404="no such message of the caller"),
)
def dibaca(id: str) -> dict[str, Any]:
    siapa = caller()
    commands.command(siapa.sub, None)  # demanded as everywhere; the mark itself can be set again
    return _shown(kotak.tandai(bagian().documents, _kotak(siapa), id, siapa.sub), siapa)


def _kotak(siapa: Identity) -> list[str]:
    """His own, his role's, and that of the post that he stands in for."""
    own = kotak.kotak_milik(siapa.sub, siapa.peran, siapa.wilayah)
    record = bagian().rujukan.read(ACUAN, f"pejabat.{siapa.sub}") if siapa.peran in PEJABAT else None
    post = wakil((record.state if record else None) or {})
    return own if post is None else [*own, kotak_jabatan(*post)]


def _shown(doc: Doc, siapa: Identity) -> dict[str, Any]:
    names = ("langkah", "permohonan", "judul", "isi", "waktu")
    row = {name: doc.body[name] for name in names}
    return {"id": doc.id, **row, "dibaca": siapa.sub in doc.body["dibaca"]}
