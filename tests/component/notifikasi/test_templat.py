"""The message catalogue for administrators: every message can be looked at, also in other words."""

from __future__ import annotations

from typing import Any

import pytest

from notifikasi.adapters.templat import baca, contoh
from notifikasi.domain.naskah import isian
from support.kurir import Kurir

ADMIN: dict[str, Any] = {"peran": "operator", "wilayah": ["3276"]}


def _pratinjau(kurir: Kurir, kode: str, **konsep: str) -> tuple[int, dict[str, Any]]:
    answer = kurir.post(f"/v1/templat/{kode}/pratinjau", "operator", konsep, **ADMIN)
    return answer.status_code, answer.json or {}


def test_every_name_in_a_template_has_an_example_and_no_example_is_idle() -> None:
    assert {name for each in baca().values() for name in isian(each)} == contoh().keys()


def test_every_message_can_be_looked_at_and_has_its_values_filled_in(kurir: Kurir) -> None:
    listed = kurir.client.get("/v1/templat", headers=kurir.caller("operator", "operator", "3276"))
    found = {each["kode"]: each for each in (listed.json or {})["templat"]}

    assert found.keys() == baca().keys()
    assert found["kode"]["isian"] == ["berlaku_menit", "kode"]
    for kode in found:
        status, words = _pratinjau(kurir, kode)
        assert status == 200, words
        assert "{" not in words["judul"] + words["isi"]


def test_other_words_are_tried_without_changing_the_catalogue(kurir: Kurir) -> None:
    tried = _pratinjau(kurir, "ditolak", judul="Belum bisa kami setujui", isi="Maaf, {layanan} ditolak.")

    assert tried == (
        200,
        {"judul": "Belum bisa kami setujui", "isi": "Maaf, Surat Keterangan Domisili ditolak.\n"},
    )
    assert _pratinjau(kurir, "ditolak")[1]["judul"] == "Permohonan Anda ditolak"


@pytest.mark.parametrize(
    ("kode", "konsep", "status", "slug"),
    [
        ("ditolak", {"isi": "Halo {nama}"}, 422, "templat-isian-salah"),
        ("ditolak", {"isi": "Kode {kode}"}, 422, "templat-isian-salah"),  # of another message
        ("ditolak", {"isi": ""}, 422, "isi-salah"),
        ("tidak_ada", {}, 404, "tidak-ditemukan"),
    ],
)
def test_a_draft_that_cannot_be_filled_says_what_can(
    kurir: Kurir, kode: str, konsep: dict[str, str], status: int, slug: str
) -> None:
    got, problem = _pratinjau(kurir, kode, **konsep)

    assert (got, problem["type"].rsplit(":", 1)[-1]) == (status, slug)
    if slug == "templat-isian-salah":
        assert "{layanan}" in problem["detail"]
