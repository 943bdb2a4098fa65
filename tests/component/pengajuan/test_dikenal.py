"""R13: a known person finds what counters filed for him; a NIK that somebody typed finds nothing (R1)."""

from __future__ import annotations

from typing import Any

import pytest

from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.retensi import hapus_isi
from support.loket import KODE, Layanan
from support.permohonan import ISIAN_SKDOM

NIK, NAMA = str(ISIAN_SKDOM["nik"]), str(ISIAN_SKDOM["nama"])
LAIN = "3276011203809003"


def _dikenal(
    layanan: Layanan, sub: str = "w-9", *, nik: str = NIK, nama: str = NAMA, tingkat: str = "dikenal"
) -> dict[str, str]:
    claims = {"nik_h": layanan.samaran("nik", nik), "nama": nama}
    return layanan.token(sub, "warga", wilayah=[], tingkat=tingkat, **claims)


def _di_loket(layanan: Layanan, **ganti: Any) -> dict[str, Any]:
    """Filed by a clerk for somebody with his KTP in hand."""
    return layanan.ajukan(layanan.loket(), cara="loket", pemohon={"nama": NAMA, "nik": NIK}, **ganti)


def _daftar(layanan: Layanan, who: dict[str, str], query: str = "") -> list[str]:
    answer = layanan.get(f"/v1/permohonan{query}", who)
    assert answer.status_code == 200
    return [k["id"] for k in answer.get_json()["isi"]]


def test_a_known_person_sees_what_was_filed_at_the_counter_beside_his_own(layanan: Layanan) -> None:
    counter = _di_loket(layanan)["id"]
    home = layanan.ajukan(_dikenal(layanan))["id"]
    _di_loket(layanan, jawaban={**ISIAN_SKDOM, "nik": LAIN})
    who = _dikenal(layanan)

    assert _daftar(layanan, who) == sorted([home, counter], reverse=True)
    assert _daftar(layanan, who, "?status=diperiksa") == [counter]
    assert layanan.get(f"/v1/permohonan/{counter}", who).status_code == 200
    assert layanan.get(f"/v1/permohonan/{counter}/riwayat", who).status_code == 200
    assert layanan.get(f"/v1/jejak?permohonan={counter}", who).status_code == 200


def test_pages_of_the_list_join_both_kinds_without_losing_one(layanan: Layanan) -> None:
    who = _dikenal(layanan)
    made = [_di_loket(layanan)["id"] if n % 2 else layanan.ajukan(who)["id"] for n in range(5)]

    seen, cursor = list[str](), ""
    while True:
        page = layanan.get(f"/v1/permohonan?batas=2{cursor}", who).get_json()
        seen += [k["id"] for k in page["isi"]]
        if not page["cursor"]:
            break
        cursor = f"&cursor={page['cursor']}"

    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize(
    "siapa",
    [
        {"tingkat": "kontak"},  # typed, not shown to anybody
        {"nik": LAIN},
        {"nama": "Orang Lain"},  # the clerk mistyped a digit: it is somebody's number, but not his
        {"nik": "", "nama": NAMA},
    ],
)
def test_whoever_is_not_this_known_person_sees_nothing(layanan: Layanan, siapa: dict[str, str]) -> None:
    counter = _di_loket(layanan)["id"]
    who = _dikenal(layanan, **siapa)

    assert _daftar(layanan, who) == []
    for path in (f"/v1/permohonan/{counter}", f"/v1/permohonan/{counter}/riwayat"):
        assert layanan.get(path, who).status_code == 404
    assert layanan.post(f"/v1/permohonan/{counter}/batal", who).status_code == 404


def test_a_nik_typed_at_home_by_somebody_else_shows_its_owner_nothing(layanan: Layanan) -> None:
    """Who claims to be somebody puts nothing into that person's list, and finds nothing in it."""
    stranger = layanan.warga("w-penyamar")
    typed = layanan.ajukan(stranger)["id"]

    assert _daftar(layanan, _dikenal(layanan)) == []
    assert layanan.get(f"/v1/permohonan/{typed}", _dikenal(layanan)).status_code == 404
    stored = layanan.app.lingkup.permohonan.read(KODE, typed)
    assert stored is not None
    assert stored.state["pemohon"]["orang_h"] is None


def test_how_the_name_is_written_does_not_matter(layanan: Layanan) -> None:
    counter = _di_loket(layanan)["id"]

    assert _daftar(layanan, _dikenal(layanan, nama=f"  {NAMA.upper()}, S.Pd. ")) == [counter]


def test_a_clerks_unfinished_draft_is_nobodys_yet(layanan: Layanan) -> None:
    body = {"layanan": "SKDOM", "kantor": KODE, "jawaban": ISIAN_SKDOM, "hubungan": "diri_sendiri"}
    made = layanan.post("/v1/permohonan", layanan.loket(), {**body, "pemohon": {"nama": NAMA, "nik": NIK}})
    who = _dikenal(layanan)

    assert _daftar(layanan, who) == []
    assert layanan.get(f"/v1/permohonan/{made.get_json()['id']}", who).status_code == 404


def test_what_a_counter_filed_he_may_go_on_with_as_its_applicant(layanan: Layanan) -> None:
    """The grant to send papers is his, and a copy of an ended case is his own."""
    counter, who = _di_loket(layanan)["id"], _dikenal(layanan)

    shown = layanan.get(f"/v1/permohonan/{counter}", who).get_json()
    assert shown["pemohon"]["akun"] == "w-9"
    assert layanan.post(f"/v1/permohonan/{counter}/batal", who).get_json()["status"] == "dibatalkan"
    again = layanan.post(f"/v1/permohonan/{counter}/salin", who).get_json()
    assert again["pemohon"]["akun"] == "w-9"
    assert again["id"] in _daftar(layanan, who)


def test_the_hash_is_erased_with_the_nik_it_is_of(layanan: Layanan) -> None:
    found = layanan.app.lingkup.permohonan.read(KODE, _di_loket(layanan)["id"])
    assert found is not None
    assert found.state["pemohon"]["orang_h"]

    empty, _ = hapus_isi(from_state(found.state), layanan.app.clock.now())

    assert to_state(empty)["pemohon"]["orang_h"] is None
