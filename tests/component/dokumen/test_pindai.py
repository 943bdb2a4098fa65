"""The malware scanner is ClamAV's real daemon; when it is away, papers wait or go on as the settings say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chassis.ids import new_id
from dokumen.adapters.clamd import Clamd as Client
from dokumen.application.pintu import PemindaiPergi
from support.clamav import EICAR, Clamd
from support.ruang_surat import Ruang, foto
from support.waiting import until

AWAY = "unix:///nowhere/clamd.ctl"


def paper(ruang: Ruang, id: str) -> dict[str, object]:
    return dict(json.loads(ruang.get(f"/v1/berkas/{id}", ruang.warga()).text))


@pytest.mark.needs_clamd
def test_the_daemon_says_what_it_found(tmp_path: Path) -> None:
    with Clamd(tmp_path / "clamav") as scanner:
        scan = Client(scanner.url)

        assert scan([b"harmless", b" bytes" * 100_000]) == ""
        assert scan([EICAR]) == "Own.Test.Eicar.UNOFFICIAL"
        assert scan([]) == ""


@pytest.mark.needs_clamd
def test_a_file_beyond_the_daemons_own_limit_is_no_verdict(tmp_path: Path) -> None:
    with Clamd(tmp_path / "clamav", most="1M") as scanner, pytest.raises(PemindaiPergi):
        Client(scanner.url)([b"x" * 262_144] * 20)


def test_a_daemon_that_is_away_or_talks_nonsense_is_no_verdict() -> None:
    with pytest.raises(PemindaiPergi):
        Client(AWAY)([b"x"])
    with pytest.raises(PemindaiPergi):
        Client("tcp://127.0.0.1:9")([b"x"])
    with pytest.raises(ValueError, match="EKEL_CLAMD"):
        Client("http://127.0.0.1")


def test_without_a_scanner_a_paper_says_that_it_was_not_scanned(ruang: Ruang) -> None:
    seen = ruang.berkas(new_id(), foto())

    assert (seen["status"], seen["pindai"]) == ("bersih", "belum")


@pytest.mark.parametrize("clamd", ["", AWAY], ids=["none", "away"])
def test_where_it_must_be_scanned_a_paper_waits_and_is_not_shown(tmp_path: Path, clamd: str) -> None:
    with Ruang(tmp_path, clamd=clamd, pindai_wajib=True) as ruang:
        id = json.loads(ruang.unggah(new_id(), foto()).text)["id"]
        until(lambda: paper(ruang, id)["pindai"] == "belum", what="the first try")

        assert paper(ruang, id)["status"] == "diperiksa"
        assert ruang.get(f"/v1/berkas/{id}/isi", ruang.warga()).status_code == 409


@pytest.mark.slow
def test_an_absent_scanner_is_asked_three_times_and_then_the_paper_goes_on(tmp_path: Path) -> None:
    with Ruang(tmp_path, clamd=AWAY) as ruang:
        id = json.loads(ruang.unggah(new_id(), foto()).text)["id"]
        until(lambda: paper(ruang, id)["status"] == "bersih", what="the third try")

        assert paper(ruang, id)["pindai"] == "belum"
        [kept] = ruang.app.perkara.find({}, limit=1)[0].state["berkas"].values()
        assert kept["percobaan_pindai"] == 2


@pytest.mark.slow
@pytest.mark.needs_clamd
def test_a_scanner_that_comes_back_finds_what_waited(tmp_path: Path) -> None:
    scanner = Clamd(tmp_path / "clamav")
    with Ruang(tmp_path / "ruang", clamd=scanner.url, pindai_wajib=True) as ruang:
        bad, good = (json.loads(ruang.unggah(new_id(), isi).text)["id"] for isi in (EICAR, foto()))
        until(lambda: paper(ruang, good).get("pindai") == "belum", what="the first try")
        with scanner:
            until(lambda: paper(ruang, good)["status"] == "bersih", what="the good one")
            until(lambda: paper(ruang, bad)["status"] == "ditolak", what="the bad one")

        assert paper(ruang, good)["pindai"] == "bersih"
        assert paper(ruang, bad)["alasan"] == "berkas-berbahaya"
