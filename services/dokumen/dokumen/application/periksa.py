"""Check a paper outside of its document: quarantine → examined → clean object → accepted or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chassis.aggregate import Decision, Moment, Outcome, State
from chassis.ports.errors import NotFound
from chassis.ports.objects import CHUNK, Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Pemeriksa
from dokumen.domain import berkas, kunci
from dokumen.domain.berkas import Hasil
from dokumen.domain.penolakan import BerkasDitolak


@dataclass(frozen=True, slots=True, kw_only=True)
class Periksa:
    objects: Objects
    niat: Niat
    pemeriksa: Pemeriksa

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[str, str, str, Hasil] | None:
        """The result with the place it belongs to; None if it was written before."""
        id = data["berkas"]
        paper = outcome.state["berkas"][id]
        if paper["status"] != berkas.DIPERIKSA:
            return None
        with TemporaryDirectory(prefix="berkas-") as name:
            folder = Path(name)
            try:
                found = self._examine(outcome, paper["karantina"], folder)
            except BerkasDitolak as refused:
                found = Hasil(alasan=refused.slug, pesan=refused.pesan)
            except NotFound:
                found = Hasil(
                    alasan="berkas-hilang", pesan="Berkas tidak tersimpan utuh. Unggah sekali lagi."
                )
        return outcome.scope, outcome.id, id, found

    def _examine(self, outcome: Outcome, karantina: str, folder: Path) -> Hasil:
        source = folder / "asal"
        with source.open("wb") as file:
            for chunk in self.objects.open(karantina):
                file.write(chunk)
        seen = self.pemeriksa(source, folder)
        stored = self._keep(outcome, seen.berkas)
        small = folder / "kecil"
        small.write_bytes(seen.gambar)
        thumb = self._keep(outcome, small)
        size = seen.berkas.stat().st_size
        return Hasil(sha256=stored, gambar=thumb, jenis=seen.jenis, ukuran=size, halaman=seen.halaman)

    def _keep(self, outcome: Outcome, path: Path) -> str:
        """Put a file under its digest."""
        digest = hashlib.sha256()
        for chunk in _chunks(path):
            digest.update(chunk)
        key = kunci.bersih(outcome.scope, outcome.id, digest.hexdigest())
        self.niat.objek(outcome.scope, outcome.id, key)
        return self.objects.put(key, _chunks(path)).sha256

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        kantor, permohonan, id, hasil = result
        return keputusan(berkas.selesai_periksa(state, kantor, permohonan, id, hasil, at.now), at)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
