"""Scans of letters signed in ink: taken in, examined, and after a clerk's comparison made the official copy (R2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State, unchanged
from chassis.ports.errors import NotFound
from chassis.ports.objects import Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Pemeriksa, Pemindai, PemindaiPergi, Penyegel, Tempat
from dokumen.application.simpan import Simpan
from dokumen.application.tahan import atau_tahan
from dokumen.domain import basah, kantor, kunci, surat, tahan
from dokumen.domain.basah import Temuan
from dokumen.domain.penolakan import BerkasDitolak
from dokumen.domain.perkara import baru
from dokumen.domain.tahan import Ditahan
from dokumen.domain.tanda import Lembar


@dataclass(frozen=True, slots=True, kw_only=True)
class Pindai:
    """A scan into quarantine, and the clerk's word that it says what the letter says."""

    perkara: Aggregates
    objects: Objects
    niat: Niat

    def unggah(self, tempat: Tempat, oleh: str, cause: Cause, isi: Iterable[bytes]) -> Outcome:
        """Raises `PindaianBelum`, or what `isi` raises. A repeated command reads nothing."""
        known = self.perkara.read(tempat.kantor, tempat.permohonan)
        letter = (known.state if known else baru())["surat"][tempat.id]
        if (letter.get("pindaian") or {}).get("perintah") == cause.id:
            return self.perkara.update(tempat.kantor, tempat.permohonan, unchanged, cause)
        basah.boleh_pindai(letter)
        id = self.niat.unggahan(tempat.kantor, tempat.permohonan, cause.id, self.perkara.moment().ids[0])
        place = kunci.karantina(tempat.kantor, tempat.permohonan, id)
        stored = self.objects.put(place, isi)

        def decide(state: State | None, at: Moment) -> Decision:
            scan = {"karantina": place, "asal": stored.sha256, "oleh": oleh, "perintah": cause.id}
            step = basah.unggah(state or baru(), tempat.id, scan, at.now)
            return keputusan(step, at)

        return self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)

    def sahkan(self, tempat: Tempat, digest: str, oleh: str, cause: Cause) -> Outcome:
        """Raises `PindaianBelum` or `PindaianLain`."""

        def decide(state: State | None, at: Moment) -> Decision:
            return keputusan(basah.sahkan(state or baru(), tempat.id, digest, oleh, at.now), at)

        return self.perkara.update(tempat.kantor, tempat.permohonan, decide, cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriksaPindaian:
    """The same examination as a paper's: quarantine → scanned, examined → clean object, or refused with the way out.

    `pemindai` is None where no malware scanner is configured; `wajib`: without its word no scan goes on.
    """

    simpan: Simpan
    pemeriksa: Pemeriksa
    pemindai: Pemindai | None = None
    wajib: bool = False

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[Tempat, str, Temuan] | None:
        scan = outcome.state["surat"][data["surat"]].get("pindaian") or {}
        if scan.get("status") != basah.DIPERIKSA:
            return None
        place = Tempat(kantor=outcome.scope, permohonan=outcome.id, id=data["surat"])
        try:
            found = self._examine(place, scan["karantina"])
        except BerkasDitolak as refused:
            found = Temuan(alasan=refused.slug, pesan=refused.pesan)
        except NotFound:
            words = "Pindaian tidak tersimpan utuh. Unggah sekali lagi."
            found = Temuan(alasan="berkas-hilang", pesan=words)
        return place, scan["asal"], found

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        place, raw, found = result
        where = (place.kantor, place.permohonan)
        return keputusan(basah.selesai_periksa(state, where, place.id, raw, found), at)

    def _scan(self, karantina: str) -> None:
        """Raises `BerkasDitolak`, or `PemindaiPergi`, after which the worker tries again."""
        if self.pemindai is None and self.wajib:
            raise PemindaiPergi("no scanner is configured")
        try:
            name = self.pemindai(self.simpan.objects.open(karantina)) if self.pemindai else ""
        except PemindaiPergi:
            if self.wajib:
                raise
            return
        if name:
            words = "Pindaian ini mengandung virus. Bersihkan komputer loket, lalu pindai ulang suratnya."
            raise BerkasDitolak("berkas-berbahaya", words)

    def _examine(self, place: Tempat, karantina: str) -> Temuan:
        self._scan(karantina)
        with TemporaryDirectory(prefix="pindaian-") as name:
            source = Path(name) / "asal"
            with source.open("wb") as file:
                for chunk in self.simpan.objects.open(karantina):
                    file.write(chunk)
            seen = self.pemeriksa(source, Path(name))
            kept, small, pages = seen.berkas.read_bytes(), seen.gambar.read_bytes(), len(seen.halaman)
        return Temuan(
            sha256=self._keep(place, kept),
            gambar=self._keep(place, small),
            jenis=seen.jenis,
            ukuran=len(kept),
            halaman=pages,
        )

    def _keep(self, place: Tempat, content: bytes) -> str:
        digest = sha256(content).hexdigest()
        key = kunci.bersih(place.kantor, place.permohonan, digest)
        self.simpan.niat.objek(place.kantor, place.permohonan, key)
        if self.simpan.objects.stat(key) is None:
            self.simpan.objects.put(key, [content])
        return digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Sahkan:
    """The confirmed scan under the office's seal is the letter."""

    simpan: Simpan
    penyegel: Penyegel

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> tuple[Tempat, Lembar | Ditahan] | None:
        letter = outcome.state["surat"][data["surat"]]
        if letter["status"] != surat.MENUNGGU or not (letter.get("pindaian") or {}).get("sah"):
            return None
        place = Tempat(kantor=outcome.scope, permohonan=outcome.id, id=data["surat"])
        return place, atau_tahan(lambda: self._seal(place, letter))

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        place, made = result
        if isinstance(made, Ditahan):
            return keputusan(tahan.surat(state, place.id, made, "sahkan", at.now), at)
        where = (place.kantor, place.permohonan)
        return keputusan(basah.resmi(tahan.lepas(state, place.id), where, place.id, made, at.now), at)

    def _seal(self, place: Tempat, letter: Mapping[str, Any]) -> Lembar:
        scan = letter["pindaian"]
        content = self.simpan.buka(scan["objek"])
        when = datetime.fromisoformat(scan["sah"]["waktu"])
        return self.simpan(
            place, self.penyegel.pindaian(content, scan["jenis"], kantor.penerbit(letter), when)
        )
