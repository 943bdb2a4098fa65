"""Papers of a misfiled case follow it to the right office (R7): copied, since each case is erased alone.

`perkara["pindahan"]` of the new case is {kantor, permohonan, tiba}: whence its papers come, and whether all of them
are there. Each keeps the bytes and the check it had, gets an id of its own, and is told as if it were sent there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dokumen.domain import kunci
from dokumen.domain import perkara as p
from dokumen.domain.berkas import BERSIH, DIPERIKSA, diterima
from dokumen.domain.langkah import Janji, Langkah, Perkara

TERIMA = "terima_pindahan"
JEDA = (1, 2, 5, 15, 60, 300)  # seconds between two looks at a case of which more may come
_DIBAWA = (
    "syarat", "oleh", "asal", "ukuran", "diunggah", "tetap", "sha256", "jenis", "halaman", "pindai",
    "peringatan", "gambar_halaman", "dari",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Datang:
    """What was copied: the new case's papers by id, and how often one looked in vain; -1 when all are there."""

    kantor: str
    permohonan: str
    berkas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    percobaan: int = -1


def dari(perkara: Perkara, asal: Mapping[str, Any]) -> Langkah:
    """A case that was filed elsewhere first: its papers are to be fetched."""
    moved = {"kantor": asal["kantor"], "permohonan": asal["permohonan"], "tiba": False}
    return Langkah(perkara=p.ubah(perkara, pindahan=moved), janji=(_lihat(0, 0),))


def dibawa(lama: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Clean papers in force, oldest first: of each requirement those of its latest round.

    What waits for "Kirim tetap" was never sent, and stays behind.
    """
    clean = {id: b for id, b in lama["berkas"].items() if b["status"] == BERSIH}
    latest: dict[str, int] = {}
    for paper in clean.values():
        latest[paper["syarat"]] = max(latest.get(paper["syarat"], 0), paper["putaran"])
    kept = [(id, b) for id, b in clean.items() if b["putaran"] == latest[b["syarat"]]]
    return dict(sorted(kept, key=lambda item: (item[1]["diunggah"], item[0])))


def semua_ada(lama: Mapping[str, Any]) -> bool:
    """Whether nothing can be added to the case that was moved."""
    checked = all(b["status"] != DIPERIKSA for b in lama["berkas"].values())
    return lama["tahap"] == p.DIPINDAH and checked and lama.get("pindahan", {}).get("tiba", True) is True


def id_baru(permohonan: str, id: str) -> str:
    """The id of a paper in the new case: always the same one, and as old as the first (UUIDv7)."""
    digest = hashlib.sha256(f"{permohonan}/{id}".encode()).hexdigest()
    return f"{id[:20]}{digest[:3]}-{digest[3:15]}"


def isi(paper: Mapping[str, Any]) -> list[str]:
    """Keys of the objects that belong to a clean paper."""
    pages = [p.bersebelahan(paper["objek"], sha) for sha in paper.get("gambar_halaman", ())]
    return list(dict.fromkeys([paper["objek"], paper["gambar"], *pages]))


def ditunggu(perkara: Mapping[str, Any]) -> bool:
    """Whether papers are still wanted: not by a case that ended meanwhile, unless it was moved on."""
    return perkara["tahap"] not in p.SELESAI - {p.DIPINDAH}


def terima(perkara: Perkara, datang: Datang, waktu: datetime) -> Langkah:
    """The papers recorded and told; another look is promised while more may come."""
    new = {id: b for id, b in datang.berkas.items() if id not in perkara["berkas"]}
    state, facts = perkara, []
    for id, paper in new.items():
        state = p.ubah_isi(state, "berkas", id, **_salinan(paper, datang, id, max(1, perkara["putaran"])))
        facts.append(diterima(state["berkas"][id], id, waktu))
    if datang.percobaan >= 0:
        return Langkah(perkara=state, fakta=tuple(facts), janji=(_lihat(datang.percobaan, datang.percobaan),))
    done = p.ubah(state, pindahan={**state["pindahan"], "tiba": True})
    return Langkah(perkara=done, fakta=tuple(facts))


def _salinan(paper: Mapping[str, Any], datang: Datang, id: str, putaran: int) -> dict[str, Any]:
    places = {
        name: kunci.bersih(datang.kantor, datang.permohonan, paper[name].rpartition("/")[2])
        for name in ("objek", "gambar")
    }
    kept = {name: paper[name] for name in _DIBAWA if name in paper}
    return {**kept, **places, "putaran": putaran, "status": BERSIH, "perintah": f"pindah.{id}"}


def _lihat(percobaan: int, ke: int) -> Janji:
    pause = 0 if ke == 0 else JEDA[min(ke, len(JEDA)) - 1]
    return Janji(id=TERIMA, jenis=TERIMA, tunda=pause, data={"percobaan": percobaan})
