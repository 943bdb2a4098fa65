"""Check a paper outside of its document: quarantine → scanned → examined → clean objects → accepted or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chassis.aggregate import Decision, Moment, Outcome, State
from chassis.ports.errors import NotFound
from chassis.ports.objects import CHUNK, Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Pemeriksa, Pemindai, PemindaiPergi
from dokumen.domain import berkas, kunci, tumpukan
from dokumen.domain.berkas import Hasil, Tunggu
from dokumen.domain.penolakan import BerkasDitolak


@dataclass(frozen=True, slots=True, kw_only=True)
class Periksa:
    """`pemindai` is None where no malware scanner is configured; `wajib`: without its word no paper goes on."""

    objects: Objects
    niat: Niat
    pemeriksa: Pemeriksa
    pemindai: Pemindai | None = None
    wajib: bool = False

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[str, str, str, Hasil | Tunggu] | None:
        """The result with the place it belongs to; None if it was written before."""
        id = data["berkas"]
        paper = outcome.state["berkas"][id]
        if paper["status"] != berkas.DIPERIKSA:
            return None
        with TemporaryDirectory(prefix="berkas-") as name:
            folder = Path(name)
            try:
                found = self._check(outcome, paper, folder)
            except BerkasDitolak as refused:
                found = Hasil(alasan=refused.slug, pesan=refused.pesan)
            except NotFound:
                found = Hasil(
                    alasan="berkas-hilang", pesan="Berkas tidak tersimpan utuh. Unggah sekali lagi."
                )
        return outcome.scope, outcome.id, id, found

    def _check(self, outcome: Outcome, paper: Mapping[str, Any], folder: Path) -> Hasil | Tunggu:
        """First the scan: nothing else opens a file that it knows to be bad."""
        scanned = self._scan(paper)
        if isinstance(scanned, Tunggu):
            return scanned
        return replace(self._examine(outcome, paper, folder), pindai=scanned)

    def _scan(self, paper: Mapping[str, Any]) -> str | Tunggu:
        """Whether it was scanned, or how often that was tried in vain. Raises BerkasDitolak."""
        tries = paper.get("percobaan_pindai", 0) + 1
        if self.pemindai is None:
            return Tunggu(percobaan=tries) if self.wajib else berkas.BELUM_DIPINDAI
        try:
            name = self.pemindai(self.objects.open(paper["karantina"]))
        except PemindaiPergi:
            give_up = not self.wajib and tries >= berkas.PERCOBAAN
            return berkas.BELUM_DIPINDAI if give_up else Tunggu(percobaan=tries)
        if name:
            raise BerkasDitolak(
                "berkas-berbahaya",
                "Berkas ini mengandung virus, jadi dihapus. Bersihkan HP atau komputer Anda, lalu foto ulang.",
            )
        return berkas.DIPINDAI

    def _examine(self, outcome: Outcome, paper: Mapping[str, Any], folder: Path) -> Hasil:
        source = folder / "asal"
        with source.open("wb") as file:
            for chunk in self.objects.open(paper["karantina"]):
                file.write(chunk)
        seen = self.pemeriksa(source, folder)
        if paper["syarat"] == berkas.SYARAT_TUMPUKAN:
            tumpukan.layak(seen.jenis, signed=seen.bertanda_tangan)
        stored = self._keep(outcome, seen.berkas)
        return Hasil(
            sha256=stored,
            gambar=self._keep(outcome, seen.gambar),
            gambar_halaman=tuple(self._keep(outcome, page) for page in seen.halaman),
            jenis=seen.jenis,
            ukuran=seen.berkas.stat().st_size,
            halaman=len(seen.halaman),
            peringatan=seen.peringatan,
        )

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
        if isinstance(hasil, Tunggu):
            return keputusan(berkas.tunggu_pindai(state, id, hasil), at)
        return keputusan(berkas.selesai_periksa(state, kantor, permohonan, id, hasil, at.now), at)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
