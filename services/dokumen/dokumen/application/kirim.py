"""Papers in pieces: begun on a grant, continued at the offset that is safe, whole ones handed to `Unggah`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from chassis.aggregate import Cause
from chassis.ports.errors import NotFound
from chassis.ports.objects import Objects
from dokumen.application.rak import RakKiriman
from dokumen.application.unggah import Unggah
from dokumen.domain import berkas, kunci
from dokumen.domain import kiriman as aturan
from dokumen.domain.berkas import Izin
from dokumen.domain.galat import BerkasBanyak, IzinSalah, PosisiSalah, SyaratAsing
from dokumen.domain.kiriman import Kiriman, Potongan


@dataclass(frozen=True, slots=True, kw_only=True)
class Kirim:
    """`maks_potongan` in bytes. Every piece is durable before its offset is told."""

    unggah: Unggah
    rak: RakKiriman
    maks_potongan: int

    @property
    def _objects(self) -> Objects:
        return self.unggah.objects

    def mulai(self, kiriman: Kiriman) -> Kiriman:
        """Raises as `boleh_unggah` and `boleh_mulai`, or `KeyReused`."""
        izin = kiriman.izin
        self._boleh(izin, kiriman.syarat)
        aturan.boleh_mulai(izin, kiriman.panjang)
        if self.rak.terbuka(izin.kantor, izin.permohonan) >= aturan.MOST:
            raise BerkasBanyak("Terlalu banyak unggahan yang belum selesai. Selesaikan atau batalkan dulu.")
        return self.rak.mulai(kiriman)

    def tambah(
        self, kiriman: Kiriman, rev: int, izin: Izin, posisi: int, ukuran: int | None, isi: Iterable[bytes]
    ) -> Kiriman:
        """The upload with what `isi` brought, also if that ended early. Raises as `boleh_tambah`, or `isi`."""
        most = aturan.boleh_tambah(kiriman, posisi, ukuran, self.maks_potongan)
        try:
            self._boleh(izin, kiriman.syarat)
            if most == 0:
                return self.selesai(kiriman, rev)
            grown, rev = self._simpan(kiriman, rev, izin, isi)
            return self.selesai(grown, rev) if grown.utuh else grown
        except (IzinSalah, SyaratAsing, BerkasBanyak):  # closed meanwhile: nothing of it stays
            self.batal(kiriman)
            raise

    def selesai(self, kiriman: Kiriman, rev: int) -> Kiriman:
        """A whole upload becomes a paper, once; done again after a crash on the way."""
        if kiriman.berkas:
            return kiriman
        source = chain.from_iterable(self._objects.open(p.kunci) for p in kiriman.potongan)
        cause = Cause.command(f"kiriman:{kiriman.id}")
        try:
            id, _ = self.unggah(
                kiriman.izin, kiriman.syarat, kiriman.oleh, cause, source, id=kiriman.id, tetap=kiriman.tetap
            )
        except NotFound:  # somebody else finished it at this moment, and took the pieces away
            found = self.rak.cari(kiriman.id)
            if found is None or not found[0].berkas:
                raise
            return found[0]
        done = replace(kiriman, berkas=id)
        self.rak.ganti(done, rev)
        self._buang_potongan(kiriman)
        return done

    def batal(self, kiriman: Kiriman) -> None:
        """Throw it away, if it is not a paper yet: the record last, so that a crash leaves nothing unknown."""
        self._buang_potongan(kiriman)
        self.rak.hapus(kiriman)

    def sapu(self, real: datetime) -> int:
        """Remove uploads whose 24 hours are over; how many."""
        old = self.rak.lama(real)
        for kiriman in old:
            self.batal(kiriman)
        return len(old)

    def _boleh(self, izin: Izin, syarat: str) -> None:
        known = self.unggah.perkara.read(izin.kantor, izin.permohonan)
        berkas.boleh_unggah(known.state if known else None, izin, syarat)

    def _simpan(self, kiriman: Kiriman, rev: int, izin: Izin, isi: Iterable[bytes]) -> tuple[Kiriman, int]:
        """Store a piece under a key of its own, then let the record decide whether it counts."""
        pieces = iter(isi)
        first = next(pieces, b"")
        if not first:
            return kiriman, rev
        last = aturan.disambung(kiriman, self.maks_potongan)
        place = kunci.potongan(izin.kantor, izin.permohonan, kiriman.id, self.unggah.perkara.moment().ids[0])
        before: Iterator[bytes] = self._buka(last, kiriman) if last else iter(())
        size = self._objects.put(place, chain(before, [first], pieces)).size
        grown = aturan.tambah(kiriman, izin, Potongan(kunci=place, ukuran=size), last)
        if not self.rak.ganti(grown, rev):
            self._objects.delete(place)
            raise PosisiSalah(self._diterima(kiriman))
        if last:
            self._objects.delete(last.kunci)
        return grown, rev + 1

    def _buka(self, last: Potongan, kiriman: Kiriman) -> Iterator[bytes]:
        try:
            return self._objects.open(last.kunci)
        except NotFound:  # another request just continued this upload
            raise PosisiSalah(self._diterima(kiriman)) from None

    def _diterima(self, kiriman: Kiriman) -> int:
        found = self.rak.cari(kiriman.id)
        return found[0].diterima if found else 0

    def _buang_potongan(self, kiriman: Kiriman) -> None:
        prefix = kunci.potongan(kiriman.izin.kantor, kiriman.izin.permohonan, kiriman.id)
        for info in list(self._objects.list(prefix)):
            self._objects.delete(info.key)
