"""After a restore: what was erased since the backup is erased again, whatever the restored case looks like (R15)."""

from __future__ import annotations

from chassis.aggregate import Aggregates, Cause, Moment
from pengajuan.application.langkah import pada
from pengajuan.domain import retensi
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import Permohonan


def hapus_lagi(permohonan: Aggregates, kantor: str, id: str, apa: str) -> bool:
    """Whether there was something to erase. `apa` is one of the case's `dihapus`."""
    found = permohonan.read(kantor, id)
    if found is None or not found.state or apa in found.state["dihapus"]:
        return False
    erase = retensi.hapus_isi if apa == retensi.ISI else retensi.hapus_pribadi

    def langkah(kasus: Permohonan, at: Moment) -> Langkah:
        return erase(kasus, at.real)

    permohonan.update(kantor, id, pada(langkah), Cause.command(f"pulih.{apa}.{id}"))
    return True
