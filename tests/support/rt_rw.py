"""An office where RT and RW confirm by link, and the links that its messages would hold."""

from __future__ import annotations

from pengajuan.adapters.tautan import Tautan
from support.loket import KODE, Layanan
from web.pseudonyms import Pseudonyms

TELEPON = {"003": "0812 5550 0103", "": "0812 5550 0108"}


def nyalakan(layanan: Layanan) -> Layanan:
    """The office has switched it on and entered the heads of RT 003 and RW 008."""
    boss = layanan.token("camat", "admin_kecamatan", wilayah=["327601"])
    version = layanan.get(f"/v1/kantor/{KODE}", boss).headers["ETag"]
    on = layanan.client.patch(
        f"/v1/kantor/{KODE}", json={"pengantar_daring": True}, headers={**boss, "If-Match": version}
    )
    assert on.status_code == 200, on.text
    for rt, number in TELEPON.items():
        new = {"rw": "008", "rt": rt, "nama": f"Ketua Contoh {rt or 'RW'}", "telepon": number}
        assert layanan.post(f"/v1/kantor/{KODE}/pengurus", layanan.loket(), new).status_code == 200
    return layanan


def tautan(layanan: Layanan, id: str, urut: int) -> str:
    return Tautan(Pseudonyms(layanan.keys)).untuk(id, urut)
