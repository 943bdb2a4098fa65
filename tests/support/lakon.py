"""Cases played against a running system by people of `ekel demo`, who repeat what got no answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from chassis.clock import real_now
from ekel.demo import factor, people, petugas, skdom, sktm, warga
from ekel.demo.client import Client
from ekel.demo.people import resident
from ekel.demo.stage import Narrator, Stage, Stream
from support import bukti
from support.system import System
from support.waiting import until

PATIENCE = 60.0  # seconds in which a request is repeated while its service is started again
AREA, READER = "327601", "sekcam.pancoranmas"
SCENES: Mapping[str, Any] = {"SKDOM": skdom.play, "SKTM": sktm.play}


def stage(system: System) -> Stage:
    """Where a scene is played; it hears the events of the kecamatan from now on."""
    anybody = Client(system.url, patience=PATIENCE)
    narrator = Narrator(quiet=True)
    empty = Stage(anybody, narrator, Stream(anybody, AREA, narrator), system.folder)
    stream = Stream(petugas.sign_in(empty, READER), AREA, narrator)
    stream.start()
    return Stage(anybody, narrator, stream, system.folder)


def play(system: System, layanan: str) -> str:
    """One case from filing to the letter handed over; the application's id."""
    id: str = SCENES[layanan](stage(system), secrets.randbelow(10**6), real_now().date())
    return id


def walk_in(clerk: Client, kantor: str) -> str:
    """A clerk files for somebody who brought all papers, and says complete: the shortest way to a first task."""
    person, papers = resident(secrets.randbelow(10**6)), ("PENGANTAR_RT_RW", "KTP", "KK")
    body = {
        "layanan": "SKDOM",
        "kantor": kantor,
        "pemohon": {"nama": person.nama, "nik": person.nik},
        "jawaban": people.skdom(person, real_now().date()),
        "syarat": [{"kode": code, "cara": "loket"} for code in papers],
        "pernyataan_benar": True,
    }
    id = str(clerk.post("/v1/permohonan?ajukan=true", body, wanted=201)["id"])
    without = [{"syarat": code, "alasan": "Sudah ada di kantor"} for code in papers]
    clerk.post(f"/v1/permohonan/{id}/periksa", {"hasil": "lengkap", "tanpa": without})
    return id


def diajukan(panggung: Stage, seed: int, answers: Mapping[str, Any], layanan: str = "SKDOM") -> str:
    """A resident's case in Pancoran Mas, filed with every paper from his phone; the application's id."""
    phone = warga.sign_in(panggung, resident(seed))
    body = {"layanan": layanan, "kantor": "3276011008", "hubungan": "diri_sendiri", "jawaban": answers}
    case = phone.post("/v1/permohonan", body, wanted=201)
    for code in warga.wanted(case):
        warga.upload(panggung, phone, case, code)
    ways = [{"kode": code, "cara": "unggah"} for code in warga.wanted(case)]
    phone.post(f"/v1/permohonan/{case['id']}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    return str(case["id"])


def sign_in(system: System, account: str, patience: float = PATIENCE) -> Client:
    """An official, patient with a system that is being hurt."""
    anybody = Client(system.url, patience=patience)
    return anybody.signed_in(factor.session(anybody, account)["token"])


def decide(official: Client, id: str, decision: str) -> None:
    """Wait for the task of a case in one's own inbox and decide it."""

    def task() -> str:
        found = [t["id"] for t in official.get("/v1/tugas")["tugas"] if t["permohonan"] == id]
        return str(found[0]) if found else ""

    chosen = until(task, seconds=PATIENCE, what=f"a task of {id}")
    headers = {}
    if decision == "setuju":
        asked = {"sandi": people.PASSWORD, "ids": [chosen]}
        headers["X-Konfirmasi"] = official.post("/v1/masuk/konfirmasi", asked)["konfirmasi"]
    official.post(f"/v1/tugas/{chosen}/keputusan", {"keputusan": decision}, headers=headers)


def has_letter(clerk: Client, id: str) -> bool:
    """Whether the case's letter is issued."""
    return bool(clerk.get("/v1/surat", permohonan=id)["surat"])


def settle(system: System, *ids: str) -> None:
    """Wait until nothing is left to do for these cases, and let `ekel check` find nothing."""

    with bukti.opened(system.settings) as stores:

        def done() -> bool:
            return not any(bukti.pending(stores, id) for id in ids)

        until(done, seconds=180, what="nothing left to do")
        system.check()
        until(done, seconds=180, what="nothing left to do")  # what was claimed while it looked
