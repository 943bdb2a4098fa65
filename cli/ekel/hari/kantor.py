"""The offices of the day as the API tells them, and the names of the accounts that work in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ekel.demo.client import Client

KELURAHAN: Final = {
    "petugas_loket": "loket.{}",
    "kasi": "kasi.{}",
    "seklur": "seklur.{}",
    "lurah": "lurah.{}",
}
KECAMATAN: Final = {
    "petugas_loket_kecamatan": "loket.kec.{}",
    "kasi_kecamatan": "kasi.kec.{}",
    "sekcam": "sekcam.{}",
    "camat": "camat.{}",
    "admin_kecamatan": "admin.{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kantor:
    """An active kelurahan; `dibuka` are restricted services that it offers all the same (R9)."""

    kode: str
    nama: str
    kecamatan: str
    dibuka: frozenset[str]

    def akun(self, peran: str) -> str:
        """The demo account of a role, of the kelurahan or of its kecamatan."""
        if peran in KELURAHAN:
            return KELURAHAN[peran].format(_plain(self.nama))
        return KECAMATAN[peran].format(_plain(self.kecamatan))


def aktif(client: Client, kota: str) -> tuple[Kantor, ...]:
    """Every active kelurahan of one city, by code: the day's people work there alone."""
    listed: list[Mapping[str, Any]] = client.get("/v1/kantor")["isi"]
    ours = [k for k in listed if k["tingkat"] == "kelurahan" and k["kode"].startswith(kota)]
    open_ones = [k for k in ours if k["status"] == "aktif"]
    return tuple(
        Kantor(
            kode=k["kode"],
            nama=k["nama"],
            kecamatan=k["kecamatan_nama"],
            dibuka=frozenset(client.get(f"/v1/kantor/{k['kode']}").get("layanan_dibuka", ())),
        )
        for k in sorted(open_ones, key=lambda k: str(k["kode"]))
    )


def _plain(nama: str) -> str:
    return nama.lower().replace(" ", "")
