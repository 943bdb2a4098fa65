"""Played by a released version's own code and test support: what a store of it should hold. `play.py FOLDER`.

Three cases of Depok, none of which time alone would erase: one with its letter, one that waits for the lurah and has a
photograph, one that waits for the kasi. No case is closed and none is a draft.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from chassis.clock import real_now
from ekel.demo import people, photos, warga
from ekel.demo.client import Client
from support import lakon
from support.system import System
from support.waiting import until

KANTOR, NAMA = "3276011006", "depok"
BROUGHT = ("PENGANTAR_RT_RW", "KK")


def main(folder: Path) -> None:
    with System(folder) as system:
        clerk = lakon.sign_in(system, f"loket.{NAMA}")
        issued, new = lakon.walk_in(clerk, KANTOR), lakon.walk_in(clerk, KANTOR)
        waiting = photographed(system, clerk)
        kasi = lakon.sign_in(system, f"kasi.{NAMA}")
        for id in (issued, waiting):
            lakon.decide(kasi, id, "paraf")
        lakon.decide(lakon.sign_in(system, f"lurah.{NAMA}"), issued, "setuju")
        until(lambda: lakon.has_letter(clerk, issued), what="a letter")
        lakon.settle(system, issued, waiting, new)
        told = {"time": real_now().isoformat(), "issued": issued, "waiting": waiting, "new": new}
        (folder / "cases.json").write_text(json.dumps(told, indent=1))


def photographed(system: System, clerk: Client) -> str:
    """A case with one small photograph, looked at by the clerk."""
    small = BytesIO()
    Image.open(BytesIO(photos.photo("KTP"))).resize((1344, 1008)).save(small, "JPEG", quality=30)
    photos.photo = lambda kind: small.getvalue()
    stage, person = lakon.stage(system), people.resident(4)
    case = clerk.post(
        "/v1/permohonan",
        {
            "layanan": "SKDOM",
            "kantor": KANTOR,
            "pemohon": {"nama": person.nama, "nik": person.nik},
            "jawaban": people.skdom(person, real_now().date()),
        },
        wanted=201,
    )
    paper = warga.upload(stage, clerk, case, "KTP")
    ways = [{"kode": "KTP", "cara": "unggah"}, *({"kode": code, "cara": "loket"} for code in BROUGHT)]
    clerk.post(f"/v1/permohonan/{case['id']}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    until(lambda: clerk.get(f"/v1/permohonan/{case['id']}")["status"] == "diperiksa", what="a whole case")
    receipt = clerk.call("GET", f"/v1/berkas/{paper}/isi").headers["X-Tanda-Lihat"]
    without = [{"syarat": code, "alasan": "Sudah ada di kantor"} for code in BROUGHT]
    seen = {"hasil": "lengkap", "tanda_lihat": [receipt], "tanpa": without}
    clerk.post(f"/v1/permohonan/{case['id']}/periksa", seen)
    return str(case["id"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
