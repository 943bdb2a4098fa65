"""Reading cases: one by id, one by receipt and secret, a resident's own, an office's queue."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chassis.aggregate import Outcome
from chassis.ports.documents import Doc
from pengajuan.application.buat import sidik_rahasia
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import LOKET, PETUGAS, Pemanggil, dari_loket
from pengajuan.application.pindah import sekarang
from pengajuan.application.wewenang import di_meja, diperiksa_sendiri
from pengajuan.domain import resi
from pengajuan.domain.errors import Dilarang, TautanSalah, TidakAda
from pengajuan.domain.keadaan import from_state
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status

_TERLIHAT = [s.value for s in Status if s is not Status.DRAF]
_KOTA = 100  # cities in one installation, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Terbaca:
    """A case with the version of its document (ETag)."""

    kasus: Permohonan
    versi: int


def satu(di: Lingkup, id: str) -> Terbaca:
    """The case wherever its office is. Raises TidakAda."""
    found = di.permohonan.documents.find(di.permohonan.name, {"id": id}, limit=1)
    if not found or found[0].body["state"] is None:
        raise TidakAda
    return _read(found[0])


def tertaut(di: Lingkup, id: str) -> Permohonan:
    """The case that a link names. Raises TautanSalah: a link that never was and one that is over look alike."""
    try:
        return satu(di, id).kasus
    except TidakAda:
        raise TautanSalah from None


def dari(outcome: Outcome) -> Terbaca:
    """The case after a command."""
    return Terbaca(kasus=from_state(outcome.state), versi=outcome.version)


def lacak(di: Lingkup, nomor: str, rahasia: str) -> Permohonan:
    """The case of a receipt, or the one it went on as. A wrong secret and an unknown receipt look alike.

    Raises ResiSalah, TidakAda.
    """
    number = resi.check(nomor)  # its office part is unique within one city only
    found = di.permohonan.documents.find(di.permohonan.name, {"state.resi": number}, limit=_KOTA)
    secret = "".join(c for c in rahasia.upper() if c.isalnum())
    kasus = next((k for k in (_read(doc).kasus for doc in found) if _membuka(k, secret)), None)
    if kasus is None or kasus.status is Status.DRAF:
        raise TidakAda
    return sekarang(di, kasus)


def milik_warga(
    di: Lingkup, siapa: Pemanggil, status: str, after: Sequence[Any], limit: int
) -> list[Terbaca]:
    """A resident's own cases, newest first; a known person's with what counters filed for him (R13)."""

    def of(field: str, value: str) -> list[Doc]:
        where = {f"state.pemohon.{field}": value, **_status(status)}
        name = di.permohonan.name
        return di.permohonan.documents.find(name, where, descending=True, after=after, limit=limit)

    docs = {doc.id: doc for doc in of("akun", siapa.sub)}
    if siapa.orang_h:
        docs |= {doc.id: doc for doc in of("orang_h", siapa.orang_h)}
    return [_read(docs[id]) for id in sorted(docs, reverse=True)[:limit]]


def milik(terbaca: Terbaca, siapa: Pemanggil) -> Terbaca:
    """The case as its applicant sees it: a known person is the applicant of what a counter filed for him."""
    kasus = terbaca.kasus
    if not dari_loket(kasus, siapa):
        return terbaca
    return replace(terbaca, kasus=replace(kasus, pemohon=replace(kasus.pemohon, akun=siapa.sub)))


def antrean(di: Lingkup, siapa: Pemanggil, status: str, after: Sequence[Any], limit: int) -> list[Terbaca]:
    """Cases of the caller's offices in one state, oldest first; for a counter without one: what is to be checked."""
    if siapa.peran not in PETUGAS:
        raise Dilarang("dilarang", "Daftar permohonan hanya untuk petugas kantor itu.")
    _bukan_draf(status)
    offices = [k.scope for k in _kantor(di, siapa)]
    wanted = status or (Status.DIPERIKSA.value if siapa.peran in LOKET else "")
    name, docs = di.permohonan.name, list[Doc]()
    for state in [wanted] if wanted else _TERLIHAT:  # each by its index: ended cases are nearly all
        where = {"scope": {"in": offices}, **_status(state)}
        docs += di.permohonan.documents.find(name, where, after=after, limit=limit)
    return [_read(doc) for doc in sorted(docs, key=lambda doc: doc.id)[:limit]]


def di_loket(di: Lingkup, siapa: Pemanggil, status: str, after: Sequence[Any], limit: int) -> list[Terbaca]:
    """As `antrean`, without what the caller may not check: another counter's cases, and those about himself."""
    _bukan_draf(status)
    state = _status(status or Status.DIPERIKSA.value)
    desks, found = [desk | state for desk in di_meja(di, _kantor(di, siapa), siapa)], list[Terbaca]()
    while len(found) < limit:
        docs = [
            doc
            for where in desks
            for doc in di.permohonan.documents.find(di.permohonan.name, where, after=after, limit=limit)
        ]
        page = sorted(docs, key=lambda doc: doc.id)[:limit]
        found += [t for doc in page if diperiksa_sendiri(di, (t := _read(doc)).kasus, siapa)]
        if len(page) < limit:
            break
        after = [page[-1].id]
    return found[:limit]


def semua_kantor(di: Lingkup, kecamatan: str = "") -> list[Outcome]:
    """All offices by code, or those of one kecamatan."""
    where = {"state.kecamatan_kode": kecamatan} if kecamatan else {}
    return di.kantor.find(where, limit=1000)


def _kantor(di: Lingkup, siapa: Pemanggil) -> list[Outcome]:
    return [k for k in semua_kantor(di) if siapa.meliputi(k.scope)]


def _bukan_draf(status: str) -> None:
    if status == Status.DRAF.value:
        raise Dilarang("dilarang", "Draf hanya dilihat pembuatnya.")


def _membuka(kasus: Permohonan, rahasia: str) -> bool:
    return hmac.compare_digest(sidik_rahasia(kasus.id, rahasia), kasus.rahasia_hash)


def _status(status: str) -> dict[str, Any]:
    return {"state.status": status} if status else {}


def _read(doc: Doc) -> Terbaca:
    """Our own parked events are trouble too, as people see it (R14)."""
    kasus = from_state(doc.body["state"])
    if doc.body["parked"]:
        kasus = replace(kasus, gangguan=(*kasus.gangguan, "pengajuan"))
    return Terbaca(kasus=kasus, versi=doc.body["version"])
