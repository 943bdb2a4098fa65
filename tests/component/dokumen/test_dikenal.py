"""R13: letters and papers of a walk-in are also seen by the known person whose case it is, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from support.neighbours import OFFICE, bearer, example
from support.ruang_surat import Ruang
from web.pseudonyms import Pseudonyms

NIK, NAMA = "3276011203809003", "Tono Umpama"


@pytest.fixture
def kasus(ruang: Ruang) -> str:
    """A case that a clerk filed: nobody's account."""
    id = new_id()
    ruang.diajukan(id)
    who = {"nama": NAMA, "nik": NIK}
    data = example("pengajuan.pemohon.dibagikan", akun=None, pemohon=who, subjek=[who])
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", data), scope=OFFICE)
    ruang.quiet()
    return id


def _siapa(ruang: Ruang, nik: str = NIK, nama: str = NAMA, tingkat: str = "dikenal") -> dict[str, str]:
    claims: dict[str, Any] = {"nik_h": Pseudonyms(ruang.settings.key_folder()).of("nik", nik), "nama": nama}
    return bearer(ruang.settings, sub="w-9", peran="warga", wilayah=[], tingkat=tingkat, **claims)


def test_a_known_person_asks_for_the_letters_of_his_walk_in(ruang: Ruang, kasus: str) -> None:
    assert ruang.get(f"/v1/surat?permohonan={kasus}", _siapa(ruang)).status_code == 200
    assert (
        ruang.get(f"/v1/surat?permohonan={kasus}", _siapa(ruang, nama="TONO  UMPAMA, S.E.")).status_code
        == 200
    )


@pytest.mark.parametrize(
    "siapa", [{"tingkat": "kontak"}, {"nama": "Orang Lain"}, {"nik": "3276011203959001"}]
)
def test_whoever_else_has_a_number_or_a_name_does_not(
    ruang: Ruang, kasus: str, siapa: dict[str, str]
) -> None:
    assert ruang.get(f"/v1/surat?permohonan={kasus}", _siapa(ruang, **siapa)).status_code == 404


def test_a_case_of_somebodys_account_is_that_accounts_alone(ruang: Ruang) -> None:
    id = new_id()
    ruang.diajukan(id)
    ruang.pribadi(id, nama=NAMA, nik=NIK)
    ruang.quiet()

    assert ruang.get(f"/v1/surat?permohonan={id}", _siapa(ruang)).status_code == 404
    assert ruang.get(f"/v1/surat?permohonan={id}", ruang.warga()).status_code == 200
