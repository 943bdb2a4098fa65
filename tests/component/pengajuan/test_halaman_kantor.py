"""The page on which an office is closed, over the real pages and the real service."""

from __future__ import annotations

from pathlib import Path

from chassis.ids import new_id
from pengajuan.entrypoints.http.application import flask_app
from support.halaman_depan import halaman
from support.loket import Layanan

KECAMATAN, DEPOK, LAIN = "327601", "3276011006", "3276051004"
PAGE = "/loket/kantor"


def test_the_kecamatans_admin_closes_one_of_its_kelurahan_and_opens_it_again(
    layanan: Layanan, tmp_path: Path
) -> None:
    bearer = layanan.token("admin.contoh", "admin_kecamatan", wilayah=[KECAMATAN])["Authorization"]
    admin = {"akun": "admin.contoh", "peran": "admin_kecamatan", "wilayah": KECAMATAN}
    with halaman(flask_app(layanan.app), tmp_path, bearer=bearer, **admin) as layar:
        first = layar.get(PAGE).text
        assert "Kecamatan Pancoran Mas buka seperti biasa." in first
        assert (f'value="{DEPOK}"' in first, LAIN in first) == (True, False)

        shut = layar.post(PAGE, data=_tutup(DEPOK))
        assert (shut.status_code, shut.location) == (303, f"{PAGE}?kantor={DEPOK}&sudah=tutup")
        assert "Kelurahan Depok tutup</strong>" in layar.get(shut.location).text
        assert "buka seperti biasa" in layar.get(PAGE).text

        layar.post(PAGE, data={"kantor": DEPOK, "buka": "ya", "kunci": new_id()})
        assert "Kelurahan Depok buka seperti biasa." in layar.get(f"{PAGE}?kantor={DEPOK}").text


def test_the_admin_of_a_kelurahan_is_shown_his_own_office_alone(layanan: Layanan, tmp_path: Path) -> None:
    bearer = layanan.token("admin.kel", "admin_kantor", wilayah=[DEPOK])["Authorization"]
    admin = {"akun": "admin.kel", "peran": "admin_kantor", "wilayah": DEPOK}
    with halaman(flask_app(layanan.app), tmp_path, bearer=bearer, **admin) as layar:
        page = layar.get(f"{PAGE}?kantor={LAIN}").text
        assert "Kelurahan Depok buka seperti biasa." in page
        assert "Tampilkan" not in page


def _tutup(kantor: str) -> dict[str, str]:
    days = {"dari": ("24", "12", "2026"), "sampai": ("25", "12", "2026")}
    parts = {
        f"{n}-{p}": v for n, day in days.items() for p, v in zip(("hari", "bulan", "tahun"), day, strict=True)
    }
    return {"kantor": kantor, "alasan": "Listrik padam", "kunci": new_id(), **parts}
