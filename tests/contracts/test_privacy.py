"""Streams that are kept for ever hold no personal data and no free text; the rule is in the schemas themselves."""

from __future__ import annotations

from typing import Any

import pytest

from support.privacy import leaks
from support.promises import parts, schemas

PUBLIC = {**schemas("peristiwa"), **schemas("gangguan")}
REFERENCE = schemas("acuan")


@pytest.mark.parametrize("kind", PUBLIC)
def test_an_event_kept_for_ever_has_no_room_for_personal_data(kind: str) -> None:
    assert list(leaks(PUBLIC[kind])) == []


@pytest.mark.parametrize("kind", REFERENCE)
def test_reference_data_holds_no_nik_and_no_contact_of_a_person(kind: str) -> None:
    names = {name for _, name, _ in parts(REFERENCE[kind])}
    contact = set() if "kantor.diubah" in kind else {"telepon", "surel", "email", "kontak", "alamat"}

    assert names & ({"nik", "kk", "no_kk", "tanggal_lahir", "token"} | contact) == set()


def test_personal_snapshots_are_apart_from_what_is_kept_for_ever() -> None:
    assert {kind.split(".", 2)[2] for kind in schemas("pribadi")} == {
        "pengajuan.pemohon.dibagikan.v1",
        "pengajuan.catatan.dibagikan.v1",
        "pengajuan.pengantar.dibagikan.v1",
        "persetujuan.catatan.dibagikan.v1",
    }


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ({"alasan": {"type": "string"}}, "without enum, format or pattern"),
        ({"alasan": {"type": "string", "pattern": "."}}, "lets '3276055203959001' through"),
        ({"alasan": {"type": "string", "pattern": "^[a-z0-9]{1,40}$"}}, "lets '3276055203959001' through"),
        ({"nama": {"type": "string", "pattern": "^[a-z]$"}}, "no field may be called nama"),
        ({"lain": {"type": "object"}}, "takes fields that nobody listed"),
        ({"lain": {"type": "array"}}, "takes anything"),
        ({"lain": {}}, "has no single type"),
    ],
)
def test_a_planted_leak_is_found_however_deep(planted: dict[str, Any], said: str) -> None:
    inner = {"type": "object", "properties": planted, "additionalProperties": False}
    outer = {"daftar": {"type": "array", "items": inner}}
    schema = {"type": "object", "properties": outer, "additionalProperties": False}

    assert [line for line in leaks(schema) if said in line] != []
