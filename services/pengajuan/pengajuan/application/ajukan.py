"""Filing a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application import konfirmasi
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.domain import ajukan as domain
from pengajuan.domain.events import Langkah
from pengajuan.domain.pengisian import Konteks
from pengajuan.domain.permohonan import JalanSyarat, Pelaku, Permohonan

PERNYATAAN = "data_benar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengajuan:
    """How each paper comes, with the statement that the data are true."""

    jalan: Mapping[str, JalanSyarat]


def ajukan(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, minta: Pengajuan, cause: Cause) -> Outcome:
    """The filed case. Raises TidakAda, Dilarang, TransisiSalah, FormulirSalah."""
    boleh_ubah(kasus, siapa)
    kantor = di.satu_kantor(kasus.kantor).state

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        filed, facts = mengajukan(now, di.konteks(di.milik(now), kantor, at), siapa.pelaku, minta, at)
        asked, more = konfirmasi.diajukan(di, filed, kantor, at)
        return asked, (*facts, *more)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def mengajukan(kasus: Permohonan, konteks: Konteks, pelaku: Pelaku, minta: Pengajuan, at: Moment) -> Langkah:
    """The step itself; the statement given with the filing ticks the form's own box."""
    if any(m.id == PERNYATAAN for m in konteks.layanan.medan):
        kasus = replace(kasus, data={PERNYATAAN: True, **kasus.data})
    return domain.ajukan(kasus, konteks, pelaku=pelaku, jalan=minta.jalan, waktu=at.now)
