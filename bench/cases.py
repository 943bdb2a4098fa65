"""The cases that `bench.lifecycle` plays: refused by the lurah without a paper, or with pictures to the letter."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from ekel.demo import petugas, photos, warga
from ekel.demo.photos import Camera
from support.balai import Balai
from support.lakon import has_letter
from support.waiting import until

SMALL, CAMERA = Camera(size=(1600, 1200), quality=72), Camera(size=(4032, 3024), quality=92)


def states(hall: Balai, amount: int) -> None:
    """Filed, found complete, paraf, refused by the lurah: every state, no paper, no letter."""
    ids = [hall.ajukan(secrets.randbelow(10**6)) for _ in range(amount)]
    decided(hall, ids)
    for each in ids:
        until(partial(ended, hall, each), what="its end")


def ended(hall: Balai, id: str) -> bool:
    return str(hall.loket.get(f"/v1/permohonan/{id}")["status"]) == "ditolak"


def letters(hall: Balai, amount: int, camera: Camera) -> None:
    """With two photographs each, opened and checked at the counter, to the sealed letter."""
    pictures = {code: photos.taken(code, camera) for code in ("KTP", "KK")}
    ids = []
    for _ in range(amount):
        case = hall.draf(secrets.randbelow(10**6))
        for code, picture in pictures.items():
            warga.send(hall.loket, case, code, _unlike(picture), seconds=120)
        ways = [{"kode": code, "cara": "unggah"} for code in pictures]
        ways.append({"kode": "PENGANTAR_RT_RW", "cara": "tidak_punya", "alasan": "Hilang saat banjir"})
        hall.loket.post(f"/v1/permohonan/{case['id']}/ajukan", {"syarat": ways, "pernyataan_benar": True})
        ids.append(str(case["id"]))
    for id in ids:
        _checked(hall, id)
    _signed(hall, ids)
    for each in ids:
        until(partial(has_letter, hall.loket, each), seconds=180, what="a letter")


def _checked(hall: Balai, id: str) -> None:
    def ready() -> dict[str, Any]:
        case: dict[str, Any] = hall.loket.get(f"/v1/permohonan/{id}")
        return case if case["status"] == "diperiksa" else {}

    seen = petugas.seen(hall.loket, until(ready, what=f"{id} at the counter"))
    without = [{"syarat": "PENGANTAR_RT_RW", "kode": "terbakar_banjir", "alasan": "Rumah terendam banjir"}]
    body = {"hasil": "lengkap", "tanda_lihat": seen, "tanpa": without}
    hall.loket.post(f"/v1/permohonan/{id}/periksa", body)


def decided(hall: Balai, ids: list[str]) -> None:
    for id in ids:
        hall.lengkap(id)
    for task in hall.menunggu("kasi", set(ids)).values():
        hall.paraf(task)
    refusal = {"keputusan": "tolak", "alasan": "tidak_memenuhi", "teks": "Tidak tinggal di sini"}
    for task in hall.menunggu("lurah", set(ids)).values():
        hall.sessions["lurah"].post(f"/v1/tugas/{task}/keputusan", refusal)


def _signed(hall: Balai, ids: list[str]) -> None:
    for task in hall.menunggu("kasi", set(ids)).values():
        hall.paraf(task)
    for task in hall.menunggu("lurah", set(ids)).values():
        hall.setuju(task, hall.konfirmasi(task))


def _unlike(picture: bytes) -> bytes:
    """The same picture in other bytes: a comment after its first marker, or it would be a known duplicate."""
    said = secrets.token_hex(16).encode()
    return picture[:2] + b"\xff\xfe" + (len(said) + 2).to_bytes(2, "big") + said + picture[2:]
