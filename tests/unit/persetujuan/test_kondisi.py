"""Conditions of steps: what holds, and what a catalogue may not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from persetujuan.adapters.katalog import ALUR, baca_layanan
from persetujuan.domain.galat import KatalogSalah
from persetujuan.domain.kondisi import terpenuhi

BESAR = {"medan": "peserta", "lebih_dari": {"batas_kantor": "peserta", "baku": 300}}
JALAN = {"medan": "tutup_jalan", "sama": True}


@pytest.mark.parametrize(
    ("kondisi", "jawaban", "kantor", "wanted"),
    [
        (BESAR, {"peserta": 300}, {}, False),
        (BESAR, {"peserta": 301}, {}, True),
        (BESAR, {"peserta": 301}, {"batas": {"peserta": 500}}, False),
        (BESAR, {}, {}, False),
        (JALAN, {"tutup_jalan": True}, {}, True),
        (JALAN, {}, {}, False),
        ({"semua": [BESAR, JALAN]}, {"peserta": 900}, {}, False),
        ({"salah_satu": [BESAR, JALAN]}, {"peserta": 900}, {}, True),
        ({"kantor": "paraf_seklur"}, {}, {"paraf_seklur": True}, True),
        ({"kantor": "paraf_seklur"}, {}, {}, False),
    ],
)
def test_a_condition_holds_by_answers_and_the_offices_settings(
    kondisi: dict[str, Any], jawaban: dict[str, Any], kantor: dict[str, Any], wanted: bool
) -> None:
    assert terpenuhi(kondisi, jawaban, kantor) is wanted


@pytest.mark.parametrize(
    "bila",
    [
        {"tanda_tangan_camat": {"medan": "peserta"}},
        {"tanda_tangan_camat": {"medan": "peserta", "lebih_dari": "banyak"}},
        {"tanda_tangan_camat": "peserta > 300"},
        {"tanda_tangan_walikota": JALAN},
        {"tanda_tangan_lurah": JALAN, "tanda_tangan_camat": JALAN},
    ],
)
def test_a_condition_that_cannot_be_used_is_told_with_the_name_of_its_file(
    tmp_path: Path, bila: dict[str, Any]
) -> None:
    service = {
        "kode": "UJI",
        "nama": "Surat Uji",
        "alur": "CAMAT",
        "seksi": "umum",
        "hari": {"kelurahan": 1, "kecamatan": 1},
        "bila": bila,
    }
    (tmp_path / "uji.yaml").write_text(yaml.safe_dump(service))

    with pytest.raises(KatalogSalah, match=r"uji\.yaml"):
        baca_layanan(tmp_path, ALUR)
