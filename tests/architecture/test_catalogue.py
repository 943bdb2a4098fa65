"""Each service keeps its own part of the catalogue; together they must be one."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.contracts import read_yaml
from pengajuan.adapters.bersama import luaskan
from support.tree import PACKAGES

CODES = (
    "DISP_NIKAH",
    "LAHIR",
    "MATI",
    "NIKAH",
    "RAMAI",
    "SKBM",
    "SKCK_P",
    "SKDOM",
    "SKDU",
    "SKTM",
    "SKTT",
    "SKU",
)
PARTS = ("pengajuan", "dokumen", "persetujuan")


def part(service: str) -> dict[str, dict[str, Any]]:
    """The service's files by code; a flow or an area is no service."""
    found = {}
    for file in sorted((PACKAGES[service] / service / "katalog").glob("*.yaml")):
        raw = read_yaml(file)
        data, lost = luaskan(raw) if service == "pengajuan" else (raw, ())
        assert not lost
        # Forwarded services and pages end in pengajuan: neither a flow nor a letter belongs to them.
        if "kode" in data and ("template" in data or (service == "persetujuan" and "alur" in data)):
            found[data["kode"]] = data
    return found


@pytest.mark.parametrize("service", PARTS)
def test_every_part_knows_the_same_services(service: str) -> None:
    assert tuple(sorted(part(service))) == CODES


@pytest.mark.parametrize("code", CODES)
def test_the_days_promised_are_the_days_the_clock_counts(code: str) -> None:
    assert part("pengajuan")[code]["hari"] == sum(part("persetujuan")[code]["hari"].values())


@pytest.mark.parametrize("code", CODES)
def test_all_parts_use_the_same_words(code: str) -> None:
    intake, letter, approval = (part(service)[code] for service in PARTS)

    assert intake["nama"] == letter["judul"] == approval["nama"]
    assert (intake["alur"], intake["seksi"]) == (approval["alur"], approval["seksi"])
    assert (intake["template"], intake["klasifikasi"]) == (letter["template"], letter["klasifikasi"])
    assert intake["rilis"] == letter["rilis"]


@pytest.mark.parametrize("code", CODES)
def test_the_counter_is_asked_for_every_original_of_the_list(code: str) -> None:
    asked = {s["kode"]: s["asli"] for s in part("pengajuan")[code]["syarat"]}

    assert asked.items() <= part("dokumen")[code]["asli"].items()
