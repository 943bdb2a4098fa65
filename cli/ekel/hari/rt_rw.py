"""A resident without the paper of RT and RW: they confirm by the link in their message, or he brings the paper (R9).

Their messages are read where the operator sees them; where the day cannot, nobody answers for RT and RW.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from ekel.demo.client import Client, Unexpected
from ekel.demo.stage import expect, until
from ekel.hari import berkas, gambar
from ekel.hari.buku import Kasus
from ekel.hari.hari import Hari

SYARAT: Final = "PENGANTAR_RT_RW"
KERTAS: Final = ("pengantar_nomor", "pengantar_tanggal")
"""What stands on the paper, so that nobody knows it without."""
_TAUTAN: Final = re.compile(r"/rt-rw/([A-Za-z0-9_-]{40,60})")


def minta(hari: Hari, client: Client, kasus: Kasus, case: dict[str, Any]) -> None:
    """The counter has entered who heads his RT and RW; the wish is made in the draft."""
    office, answers = kasus.kunjungan.kantor, case["jawaban"]
    clerk = hari.meja.petugas(hari.loket(office))
    for rt in (answers["rt"], ""):
        head = {"rw": answers["rw"], "rt": rt, "nama": f"Ketua Contoh {rt or answers['rw']}"}
        phone = f"0812 55{answers['rw']} {rt or '000'}0"
        clerk.post(f"/v1/kantor/{office.kode}/pengurus", {**head, "telepon": phone})
    asked = client.post(f"/v1/permohonan/{kasus.id}/pengantar", {"minta": True})
    expect(asked["pengantar"]["keadaan"] == "dipilih", f"the wish was not kept: {asked['pengantar']}")


def jawab(hari: Hari, kasus: Kasus, pihak: str, urut: int) -> None:
    """RT, then RW, sees whom it is about and says yes; each link is good once."""
    if hari.pesan is None or not hari.pesan.is_dir():
        if pihak == "rt":
            _bawa_kertas(hari, kasus)
        return
    file = hari.pesan / f"{kasus.id}.pengantar.{urut}.txt"
    link = until(lambda: _tautan(file), f"the message to {pihak} about {kasus}", hari.sabar)
    shown = hari.client.post("/v1/pengantar/lihat", {"tautan": link})
    expect(shown["pihak"] == pihak, f"the link asks {shown['pihak']}, not {pihak}")
    hari.client.post("/v1/pengantar/jawab", {"tautan": link, "jawaban": "benar"})
    hari.client.call("POST", "/v1/pengantar/lihat", body={"tautan": link}, wanted=404)


def _bawa_kertas(hari: Hari, kasus: Kasus) -> None:
    phone = kasus.ponsel
    if phone is None:
        raise Unexpected("who asked for a confirmation has no phone")
    case = phone.get(f"/v1/permohonan/{kasus.id}")
    berkas.kirim(hari, phone, case, SYARAT, gambar.foto(SYARAT, kasus.kunjungan.benih * 10))


def _tautan(file: Path) -> str | None:
    found = _TAUTAN.search(file.read_text("utf-8")) if file.exists() else None
    return found.group(1) if found else None
