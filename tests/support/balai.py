"""A kelurahan at work on a running system: walk-ins without papers, from counter to lurah, by the public API."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import urllib3

from ekel.demo import factor
from ekel.demo.client import Client
from ekel.demo.people import PASSWORD, Resident, resident, skdom
from support.waiting import until

OFFICES = {"3276011006": "depok", "3276011008": "pancoranmas", "3276051004": "mekarjaya"}
SYARAT = ("PENGANTAR_RT_RW", "KTP", "KK")


@dataclass(slots=True)
class Balai:
    """The staff of one office, each signed in once if no `sessions` are given. `hari` is the office's day."""

    url: str
    kantor: str
    hari: date
    sessions: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.sessions:
            return
        pool = urllib3.PoolManager(maxsize=100, timeout=60.0, retries=False)
        for peran in ("loket", "kasi", "lurah"):
            self.sessions[peran] = self._sign_in(Client(self.url, pool=pool, patience=240), peran)

    def _sign_in(self, nobody: Client, peran: str) -> Client:
        session = factor.session(nobody, f"{peran}.{OFFICES[self.kantor]}")
        return nobody.signed_in(session["token"])

    @property
    def loket(self) -> Client:
        return self.sessions["loket"]

    def ajukan(self, seed: int) -> str:
        """A resident at the counter, without papers and without a contact; the application's id."""
        person: Resident = resident(seed)
        body = {
            "layanan": "SKDOM",
            "kantor": self.kantor,
            "jawaban": skdom(person, self.hari),
            "pemohon": {"nama": person.nama, "nik": person.nik},
            "syarat": [
                {"kode": kode, "cara": "tidak_punya", "alasan": "Hilang saat banjir"} for kode in SYARAT
            ],
            "pernyataan_benar": True,
        }
        return str(self.loket.post("/v1/permohonan?ajukan=true", body)["id"])

    def draf(self, seed: int) -> dict[str, Any]:
        """A draft that waits for its papers; its `izin_unggah` opens every slot."""
        person: Resident = resident(seed)
        body = {
            "layanan": "SKDOM",
            "kantor": self.kantor,
            "jawaban": skdom(person, self.hari),
            "pemohon": {"nama": person.nama, "nik": person.nik},
        }
        case: dict[str, Any] = self.loket.post("/v1/permohonan", body)
        return case

    def lengkap(self, id: str) -> None:
        """Accepted without papers, each with its reason (R6)."""
        waived = [{"syarat": k, "kode": "terbakar_banjir", "alasan": "Rumah terendam banjir"} for k in SYARAT]
        self.loket.post(f"/v1/permohonan/{id}/periksa", {"hasil": "lengkap", "tanpa": waived})

    def tugas(self, peran: str) -> dict[str, str]:
        """Application → task, for every task that waits for this role."""
        found: dict[str, str] = {}
        cursor: dict[str, str] = {}
        while True:
            page = self.sessions[peran].get("/v1/tugas", limit="100", **cursor)
            found |= {t["permohonan"]: t["id"] for t in page["tugas"]}
            if not page["cursor"]:
                return found
            cursor = {"cursor": page["cursor"]}

    def menunggu(self, peran: str, ids: set[str], seconds: float = 180) -> dict[str, str]:
        """The tasks of these applications, when all have reached this role."""

        def all_there() -> dict[str, str] | None:
            found = self.tugas(peran)
            return found if ids <= found.keys() else None

        return until(all_there, seconds=seconds, what=f"{len(ids)} tasks for {peran} of {self.kantor}") or {}

    def paraf(self, tugas: str) -> None:
        self.sessions["kasi"].post(f"/v1/tugas/{tugas}/keputusan", {"keputusan": "paraf"})

    def konfirmasi(self, tugas: str) -> str:
        """The lurah's password again, bound to this task."""
        asked = {"sandi": PASSWORD, "ids": [tugas]}
        return str(self.sessions["lurah"].post("/v1/masuk/konfirmasi", asked)["konfirmasi"])

    def setuju(self, tugas: str, konfirmasi: str) -> dict[str, Any]:
        headers = {"X-Konfirmasi": konfirmasi}
        done: dict[str, Any] = self.sessions["lurah"].post(
            f"/v1/tugas/{tugas}/keputusan", {"keputusan": "setuju"}, headers=headers
        )
        return done
