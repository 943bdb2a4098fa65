"""The cell: a paper is refused for what it costs, never for how long a busy machine took over it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from chassis.ids import new_id
from dokumen.adapters import bilik as ruangan
from dokumen.adapters.bilik import PATIENCE, Bilik
from dokumen.application.pintu import PemeriksaPergi
from dokumen.domain.penolakan import BerkasDitolak
from support.ruang_surat import Ruang, foto, pdf
from support.waiting import until


@pytest.fixture
def bilik() -> Iterator[Bilik]:
    made = Bilik(30, cpu=1, rest=600)
    yield made
    made.close()


def pid(bilik: Bilik) -> int:
    assert bilik._process is not None
    return bilik._process.pid


def asal(folder: Path, isi: bytes) -> Path:
    (folder / "asal").write_bytes(isi)
    return folder / "asal"


def berat() -> bytes:
    """A page of three million lines across it: minutes of work for who draws it, a few kilobytes to send."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    page.obj.Contents = made.make_stream(b"0 0 m 595 842 l 0 842 l 595 0 l S\n" * 600_000)
    out = io.BytesIO()
    made.save(out, compress_streams=True)
    return out.getvalue()


def test_a_paper_that_costs_too_much_cpu_time_is_refused(bilik: Bilik, tmp_path: Path) -> None:
    with pytest.raises(BerkasDitolak, match="berkas-terlalu-berat"):
        bilik(asal(tmp_path, berat()), tmp_path)

    assert bilik(asal(tmp_path, foto()), tmp_path).jenis == "jpeg"


def test_every_paper_has_its_own_cpu_time(bilik: Bilik, tmp_path: Path) -> None:
    bilik(asal(tmp_path, foto()), tmp_path)
    cell = pid(bilik)
    for _ in range(20):  # more than a second of work in all
        bilik(asal(tmp_path, foto(4000, 3000)), tmp_path)

    assert pid(bilik) == cell


def test_a_cell_that_sees_no_paper_for_a_while_ends_and_the_next_paper_gets_another(tmp_path: Path) -> None:
    bilik = Bilik(30, rest=0.05)
    bilik(asal(tmp_path, foto()), tmp_path)
    until(lambda: bilik._process is None, what="an empty cell's end")

    assert bilik(asal(tmp_path, foto()), tmp_path).jenis == "jpeg"
    until(lambda: bilik._process is None, what="its end again")


def test_a_cell_that_gets_no_core_says_nothing_of_its_paper(bilik: Bilik, tmp_path: Path) -> None:
    bilik(asal(tmp_path, foto()), tmp_path)
    bilik.patience = 0.5
    os.kill(pid(bilik), signal.SIGSTOP)
    with pytest.raises(PemeriksaPergi):
        bilik(asal(tmp_path, foto()), tmp_path)

    bilik.patience = PATIENCE
    assert bilik(asal(tmp_path, foto()), tmp_path).jenis == "jpeg"


def test_a_cell_that_is_killed_from_outside_says_nothing_of_its_paper(bilik: Bilik, tmp_path: Path) -> None:
    bilik(asal(tmp_path, pdf()), tmp_path)
    os.kill(pid(bilik), signal.SIGKILL)
    with pytest.raises(PemeriksaPergi):
        bilik(asal(tmp_path, pdf()), tmp_path)

    assert bilik(asal(tmp_path, pdf()), tmp_path).jenis == "pdf"


def test_a_paper_whose_turn_does_not_come_is_not_judged(
    bilik: Bilik, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruangan, "TURN", 0.01)
    with bilik._lock, pytest.raises(PemeriksaPergi):
        bilik(asal(tmp_path, foto()), tmp_path)

    assert bilik(asal(tmp_path, foto()), tmp_path).jenis == "jpeg"


def test_a_good_photograph_on_a_busy_machine_is_tried_again_until_it_is_clean(ruang: Ruang) -> None:
    ruang.berkas(new_id(), foto())
    ruang.app.bilik.patience = 0.5
    os.kill(pid(ruang.app.bilik), signal.SIGSTOP)
    id = new_id()
    assert ruang.unggah(id, foto()).status_code == 202

    def todo() -> dict[str, object]:
        [found] = ruang.app.documents.find("perkara", {"id": id}, limit=1)[0].body["todos"].values()
        return dict(found)

    until(lambda: todo().get("reason") == "PemeriksaPergi", what="a first try in vain")
    ruang.app.bilik.patience = PATIENCE
    until(lambda: ruang.told(id) == ["berkas.diterima"], what="the paper taken in")


def test_an_examiner_that_cannot_start_refuses_no_paper(tmp_path: Path) -> None:
    class Broken(Bilik):
        def _start(self) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", "raise SystemExit(1)"]
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    bilik = Broken(30)
    with pytest.raises(PemeriksaPergi, match="could not start"):
        bilik(asal(tmp_path, foto()), tmp_path)
    bilik.close()
