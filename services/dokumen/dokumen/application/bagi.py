"""Divide a pile of scans: the clerk says what its pages are, the worker cuts it into papers, each checked anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from chassis.ports.objects import CHUNK, Objects
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Niat, Pemotong, Penunjuk, Tempat
from dokumen.domain import kunci, tumpukan
from dokumen.domain.berkas import Izin, Unggahan
from dokumen.domain.penolakan import BerkasDitolak
from dokumen.domain.perkara import kunci_dipakai
from dokumen.domain.tumpukan import Bagian


def bagi(
    perkara: Aggregates, tempat: Tempat, izin: Izin, bagian: Sequence[Bagian], oleh: str, cause: Cause
) -> Outcome:
    """Raises as `tumpukan.bagi`."""

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(tumpukan.bagi(state or {}, tempat.id, izin, bagian, oleh), at)

    return perkara.update(tempat.kantor, tempat.permohonan, decide, cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class BagiTumpukan:
    """The division that was promised. Done again after a crash it puts the same bytes to the same places."""

    objects: Objects
    niat: Niat
    penunjuk: Penunjuk
    pemotong: Pemotong

    def run(
        self, outcome: Outcome, data: Mapping[str, Any]
    ) -> tuple[str, tuple[Unggahan, ...] | BerkasDitolak] | None:
        id = data["berkas"]
        if not tumpukan.ditunggu(outcome.state, id):
            return None
        with TemporaryDirectory(prefix="tumpukan-") as name:
            try:
                parts = self._cut(outcome.state["berkas"][id], Path(name))
            except BerkasDitolak as refused:
                return id, refused
            uploads = tuple(self._put(outcome, id, n, path) for n, path in enumerate(parts))
        ditinggalkan(self.niat, outcome, id)
        return id, uploads

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if result is None:
            return Decision(state)
        id, made = result
        if isinstance(made, BerkasDitolak):
            return keputusan(tumpukan.gagal(state, id, made.pesan), at)
        return keputusan(tumpukan.dibagi(state, id, made, at.now, at.real), at)

    def _cut(self, pile: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
        source = folder / "tumpukan"
        with source.open("wb") as file:
            for chunk in self.objects.open(pile["objek"]):
                file.write(chunk)
        return self.pemotong.bagi(source, folder, [part["halaman"] for part in pile["bagian"]])

    def _put(self, outcome: Outcome, id: str, nomor: int, path: Path) -> Unggahan:
        """A part into quarantine, as if it were sent alone."""
        pile = outcome.state["berkas"][id]
        part = pile["bagian"][nomor]
        cause = f"bagi.{part['berkas']}"
        paper = self.niat.unggahan(outcome.scope, outcome.id, cause, part["berkas"])
        place = kunci.karantina(outcome.scope, outcome.id, paper)
        with path.open("rb") as file:
            stored = self.objects.put(place, iter(lambda: file.read(CHUNK), b""))
        self.penunjuk.catat("berkas", paper, Tempat(kantor=outcome.scope, permohonan=outcome.id, id=paper))
        return Unggahan(
            id=paper,
            syarat=part["syarat"],
            oleh=pile["rencana"]["oleh"],
            karantina=place,
            sha256=stored.sha256,
            ukuran=stored.size,
            perintah=cause,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuangTumpukan:
    """A day later: a pile that nobody divided goes."""

    niat: Niat

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> str:
        ditinggalkan(self.niat, outcome, data["berkas"])
        return str(data["berkas"])

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return keputusan(tumpukan.buang(state, result, at.real), at)


def ditinggalkan(niat: Niat, outcome: Outcome, id: str) -> None:
    """Intents for the pile's objects, before the document forgets them: the sweeper takes what nobody refers to."""
    for key in sorted(kunci_dipakai({"berkas": {id: outcome.state["berkas"][id]}})):
        niat.objek(outcome.scope, outcome.id, key)
