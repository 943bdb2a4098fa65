"""What the kecamatan's administrator enters for the day: a Plh., a closed office, one with RT and RW by link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ekel.demo.client import Client
from ekel.demo.stage import expect
from ekel.hari.hari import Hari
from ekel.hari.kantor import Kantor

DASAR: Final = "Surat perintah contoh 800/1"


@contextmanager
def keadaan(hari: Hari) -> Iterator[None]:
    """All hold while inside. Raises `Unexpected`."""
    away, shut = hari.rencana.absen, hari.rencana.tutup
    day = hari.hari_ini.isoformat()
    admin = hari.meja.petugas(away.akun("admin_kecamatan"))
    _bersihkan(admin, away)
    # In the morning, before the order is entered: without a second factor the session would end with it.
    hari.meja.petugas(away.akun("seklur"), strong=True)
    deputy = {"akun": away.akun("seklur"), "peran": "lurah", "kantor": away.kode, "cara": "plh"}
    entered = admin.post("/v1/delegasi", {**deputy, "mulai": day, "sampai": day, "dasar": DASAR})
    keeper = hari.meja.petugas(shut.akun("admin_kecamatan"))
    asker = hari.meja.petugas(hari.rencana.daring.akun("admin_kecamatan"))
    try:
        _ubah(asker, hari.rencana.daring, {"pengantar_daring": True})
        _tutup(keeper, shut, {"dari": day, "sampai": day, "alasan": "Perbaikan gedung (contoh)"})
        yield
    finally:
        _ubah(asker, hari.rencana.daring, {"pengantar_daring": False})
        _tutup(keeper, shut, None)
        admin.call("DELETE", f"/v1/delegasi/{entered['akun']}/{entered['id']}")


def _bersihkan(admin: Client, kantor: Kantor) -> None:
    """What a day that was broken off left behind."""
    for old in admin.get("/v1/delegasi", kantor=kantor.kode)["delegasi"]:
        if old["dasar"] == DASAR and not old["dicabut"]:
            admin.call("DELETE", f"/v1/delegasi/{old['akun']}/{old['id']}")


def _tutup(keeper: Client, kantor: Kantor, tutup: dict[str, Any] | None) -> None:
    now = _ubah(keeper, kantor, {"tutup": tutup})
    expect(now["tutup"] == tutup, f"{kantor.nama} should be {'closed' if tutup else 'open'}: {now['tutup']}")


def _ubah(keeper: Client, kantor: Kantor, wanted: dict[str, Any]) -> dict[str, Any]:
    path = f"/v1/kantor/{kantor.kode}"
    tag = keeper.call("GET", path).headers["ETag"]
    now: dict[str, Any] = keeper.call("PATCH", path, body=wanted, headers={"If-Match": tag}, wanted=200).data
    return now
