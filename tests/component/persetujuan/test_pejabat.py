"""Officials: entered by administrators of their office, told to the others, seeded for the demo."""

from __future__ import annotations

import pytest

from persetujuan import seed
from persetujuan.settings import Settings
from support.meja import Meja
from support.neighbours import example

LURAH = {
    "nama": "Ratna Puspitaning, S.STP., M.Si.",
    "nip": "197903121999032901",
    "pangkat": "Penata Tingkat I (III/d)",
    "jabatan": "Lurah Depok",
    "peran": "lurah",
    "kantor": "3276011006",
}


def test_an_entered_official_is_told_to_the_others(meja: Meja) -> None:
    saved = meja.put("admin_kecamatan", "/v1/pejabat/lurah.depok", LURAH, **{"If-None-Match": "*"})
    meja.quiet()

    assert saved.status_code == 200, saved.text
    said = meja.near.heard("ekelurahan.acuan.v1", "persetujuan", "lurah.depok")
    assert [e.name for e in said] == ["pejabat.diubah"]
    assert (said[0].data or {})["jabatan"] == "Lurah Depok"
    listed = meja.get("kasi", "/v1/pejabat?kantor=3276011006").json
    assert listed is not None
    assert [row["akun"] for row in listed["pejabat"]] == ["lurah.depok"]


def test_a_change_needs_the_version_seen(meja: Meja) -> None:
    path = "/v1/pejabat/lurah.depok"
    first = meja.put("admin_kecamatan", path, LURAH, **{"If-None-Match": "*"})

    assert meja.put("admin_kecamatan", path, LURAH).status_code == 428
    assert meja.put("admin_kecamatan", path, LURAH, **{"If-None-Match": "*"}).status_code == 412
    changed = LURAH | {"aktif": False}
    assert (
        meja.put("admin_kecamatan", path, changed, **{"If-Match": first.headers["ETag"]}).status_code == 200
    )


def test_only_an_administrator_of_the_office_enters_officials(meja: Meja) -> None:
    elsewhere = LURAH | {"kantor": "3276051004"}

    assert meja.put("lurah", "/v1/pejabat/lurah.depok", LURAH, **{"If-None-Match": "*"}).status_code == 403
    assert (
        meja.put("admin_kecamatan", "/v1/pejabat/x.y", elsewhere, **{"If-None-Match": "*"}).status_code == 403
    )


def test_an_official_who_signs_no_more_cannot_decide(meja: Meja) -> None:
    kasi = LURAH | {"peran": "kasi", "jabatan": "Kepala Seksi", "aktif": False}
    meja.put("admin_kecamatan", "/v1/pejabat/kasi.depok", kasi, **{"If-None-Match": "*"})
    id = meja.mulai()

    assert meja.putus("kasi", meja.kasus(id)["terbuka"]["id"]).status_code == 403


def test_demo_officials_are_seeded_once_and_never_in_production(meja: Meja) -> None:
    seed.demo(meja.settings)
    seed.demo(meja.settings)
    meja.quiet()

    said = meja.near.heard("ekelurahan.acuan.v1", "persetujuan")
    assert len(said) == len({e.subject for e in said}) == 7 * 3 + 2 * 3
    assert "camat.sukmajaya" in {e.subject for e in said}
    assert "lurah.rangkapanjayabaru" in {e.subject for e in said}
    with pytest.raises(SystemExit):
        seed.demo(Settings(env="production", data=meja.settings.data))


def test_the_record_of_an_account_is_kept_where_the_account_is(meja: Meja) -> None:
    strange, own, new = "camat.sukmajaya", "kasi.depok", {"If-None-Match": "*"}
    for akun, kode in ((strange, "327605"), (own, "3276011006")):
        told = example("gateway.akun.diubah", akun=akun, wilayah=[kode])
        meja.near.say("gateway", akun, ("akun.diubah", told), scope="acuan")
    meja.quiet()

    assert meja.put("admin_kecamatan", f"/v1/pejabat/{strange}", LURAH, **new).status_code == 403
    assert meja.put("admin_kecamatan", f"/v1/pejabat/{own}", LURAH, **new).status_code == 200
