"""A backup made while people work is one moment of the installation, and comes back whole or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.embedded.query import table
from support.system import System
from support.tree import ROOT
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where backups are kept."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory, shelf: Path) -> Iterator[tuple[System, str]]:
    """A system after two applications, its state's hash; the shelf holds key, keys, two backups, the ledger."""
    with System(tmp_path_factory.mktemp("origin")) as system:
        assert system.ekel("demo", "--quiet", "--patience", "60").returncode == 0
        before = system.check()["hash"]
        done = [
            system.ekel("backup", "key", str(shelf / "key")),
            system.ekel("backup", "make", str(shelf / "keys.ekel"), "--keys", "--key", str(shelf / "key")),
            _backup(system, shelf, "quiet.ekel"),
        ]
        playing = _demo(system)
        until(lambda: _events(system) > 60, seconds=120, what="the second demo at work")
        done.append(_backup(system, shelf, "busy.ekel"))
        assert playing.wait(300) == 0
        assert [d.returncode for d in done] == [0] * 4, [d.stderr for d in done]
        yield system, before


def test_a_backup_of_a_quiet_system_comes_back_with_the_same_hash(
    quiet: tuple[System, str], shelf: Path, tmp_path: Path
) -> None:
    told = _restored(shelf, tmp_path / "data", "quiet.ekel")

    assert "Registers are locked" in told
    with System(tmp_path / "data") as again:
        assert again.check()["hash"] == quiet[1]


def test_a_backup_under_load_is_one_moment_and_registers_wait_for_the_paper_agenda(
    quiet: tuple[System, str], shelf: Path, tmp_path: Path
) -> None:
    system = quiet[0]
    _restored(shelf, tmp_path / "data", "busy.ekel")
    last = {office: _last(system, office) for office in ("3276011006", "327601")}

    with System(tmp_path / "data") as again:
        assert _epoch(again) != _epoch(system)
        low = again.ekel("register", "unlock", "--kantor", "3276011006", "--nomor", "0")
        assert low.returncode == 2, "a number below the known ones is a slip"
        for office in _offices(again):
            number = str(last.get(office) or _last(system, office))
            done = again.ekel("register", "unlock", "--kantor", office, "--nomor", number)
            assert done.returncode == 0, done.stderr
        assert again.ekel("register", "unlock", "--kantor", "327601", "--nomor", "9").returncode == 2
        again.check()  # every invariant holds, nothing waits
        assert again.ekel("demo", "--quiet", "--patience", "60").returncode == 0
        assert _last(again, "3276011006") > last["3276011006"]
        again.check()


def test_what_was_erased_since_stays_erased(quiet: tuple[System, str], shelf: Path, tmp_path: Path) -> None:
    id, papers = _a_case(quiet[0])
    ledger = tmp_path / "ledger"
    place = {"scope": "3276011006", "id": id, "time": "2026-11-22T00:00:00.000Z"}
    lines = [
        {**place, "service": "pengajuan", "what": "hapus_isi"},
        {**place, "service": "dokumen", "what": "salinan"},
    ]
    ledger.write_text("".join(json.dumps(line) + "\n" for line in lines))

    told = _restored(shelf, tmp_path / "data", "quiet.ekel", "--erasures", str(ledger))

    assert "erased again: 2" in told
    with System(tmp_path / "data") as again:
        again.check()
        assert _ekel(tmp_path / "data", "backup", "erasures", str(tmp_path / "again")).returncode == 0
        case = _state(again, "pengajuan", "permohonan", id)
        assert not case["pemohon"]["nama"]
        assert not case["data"]
        paper = _state(again, "dokumen", "perkara", id)["berkas"]
        assert {p["syarat"] for p in paper.values() if p["status"] == "dihapus"} >= {"KTP", "KK"}
        assert not any(p.get("objek") for p in paper.values() if p["status"] == "dihapus")
    written = [json.loads(line) for line in (tmp_path / "again").read_text().splitlines()]
    assert {(w["service"], w["what"]) for w in written} >= {
        ("pengajuan", "hapus_isi"),
        ("dokumen", "salinan"),
    }
    assert papers


@pytest.mark.parametrize("place", [3, 40, 1 << 20, -5])
def test_a_damaged_backup_is_refused_and_nothing_is_written(
    quiet: tuple[System, str], shelf: Path, tmp_path: Path, place: int
) -> None:
    data = bytearray((shelf / "quiet.ekel").read_bytes())
    data[place] ^= 1
    (tmp_path / "bad").write_bytes(data)

    _refused(shelf, tmp_path, tmp_path / "bad", 1)


def test_a_backup_without_its_end_is_refused(quiet: tuple[System, str], shelf: Path, tmp_path: Path) -> None:
    chunk = (1 << 20) + 16
    whole = (shelf / "quiet.ekel").read_bytes()
    for length in (len(whole) - 1, 38 + chunk, 38, 0):
        (tmp_path / "bad").write_bytes(whole[:length])
        _refused(shelf, tmp_path, tmp_path / "bad", 1)


def test_another_key_is_named_and_a_key_that_others_can_read_is_refused(
    quiet: tuple[System, str], shelf: Path, tmp_path: Path
) -> None:
    assert _ekel(tmp_path, "backup", "key", str(tmp_path / "other")).returncode == 0
    assert (tmp_path / "other").stat().st_mode & 0o777 == 0o600
    done = _ekel(tmp_path, "backup", "verify", str(shelf / "quiet.ekel"), "--key", str(tmp_path / "other"))
    assert done.returncode == 1
    assert "made with key" in done.stderr

    (tmp_path / "other").chmod(0o644)
    done = _ekel(tmp_path, "backup", "verify", str(shelf / "quiet.ekel"), "--key", str(tmp_path / "other"))
    assert "chmod 600" in done.stderr


def test_a_restore_needs_an_empty_folder_the_keys_and_a_word_about_erasures(
    quiet: tuple[System, str], shelf: Path, tmp_path: Path
) -> None:
    file, key = str(shelf / "quiet.ekel"), ("--key", str(shelf / "key"))
    no_keys = _ekel(tmp_path / "a", "restore", file, *key, "--no-erasures")
    assert "restore them first" in no_keys.stderr
    no_word = _ekel(tmp_path / "a", "restore", file, *key)
    assert "--erasures" in no_word.stderr
    full = _ekel(quiet[0].folder, "restore", file, *key, "--no-erasures")
    assert "is not empty" in full.stderr
    (tmp_path / "ledger").write_text("no ledger\n")
    bad = _ekel(tmp_path / "a", "restore", file, *key, "--erasures", str(tmp_path / "ledger"))
    assert {done.returncode for done in (no_keys, no_word, full, bad)} == {2}


def test_data_in_engines_of_their_own_are_refused_by_name(shelf: Path, tmp_path: Path) -> None:
    engines = {"EKEL_DOCUMENTS_URL": "mongodb://localhost/ekel"}
    _ekel(tmp_path, "backup", "key", str(tmp_path / "key"))
    done = _ekel(tmp_path, "backup", "make", str(tmp_path / "b"), "--key", str(tmp_path / "key"), **engines)

    assert done.returncode == 2
    assert "mongodump" in done.stderr
    assert not (tmp_path / "b").exists()


def _backup(system: System, shelf: Path, name: str) -> subprocess.CompletedProcess[str]:
    places = ("--key", str(shelf / "key"), "--erasures", str(shelf / "ledger"))
    return system.ekel("backup", "make", str(shelf / name), *places)


def _restored(shelf: Path, data: Path, name: str, *erasures: str) -> str:
    key = ("--key", str(shelf / "key"))
    said = []
    for file, more in (("keys.ekel", ()), (name, erasures or ("--erasures", str(shelf / "ledger")))):
        assert _ekel(data, "backup", "verify", str(shelf / file), *key).returncode == 0
        done = _ekel(data, "restore", str(shelf / file), *key, *more)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    return said[-1]


def _refused(shelf: Path, folder: Path, file: Path, code: int) -> None:
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "keys").mkdir(parents=True)
    (data / "keys" / "a").touch()
    done = _ekel(data, "restore", str(file), "--key", str(shelf / "key"), "--no-erasures")
    assert done.returncode == code, done.stderr
    assert [p.name for p in data.iterdir()] == ["keys"]


def _ekel(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return System(data, more).ekel(*words)


def _demo(system: System) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "ekel", "demo", "--quiet", "--patience", "60"]
    return subprocess.Popen(words, env={**system.environment, "EKEL_GATEWAY": system.url}, cwd=ROOT)


def _rows(system: System, file: str, sql: str, *values: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(f"file:{system.folder / file}?mode=ro", uri=True)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def _events(system: System) -> int:
    return int(_rows(system, "log.sqlite", "SELECT count(*) FROM records r JOIN topics t ON t.id = r.topic"
                     " WHERE t.name LIKE '%peristiwa%'")[0][0])  # fmt: skip


def _epoch(system: System) -> str:
    return _rows(system, "log.sqlite", "SELECT value FROM meta WHERE name = 'epoch'")[0][0]


def _docs(system: System, service: str, collection: str) -> list[tuple[str, str, dict[str, object]]]:
    rows = _rows(system, f"{service}/documents.sqlite", f"SELECT scope, id, body FROM {table(collection)}")
    return [(scope, id, json.loads(body)) for scope, id, body in rows]


def _state(system: System, service: str, collection: str, id: str) -> dict[str, dict[str, dict[str, str]]]:
    found = next(body for _, known, body in _docs(system, service, collection) if known == id)
    state: dict[str, dict[str, dict[str, str]]] = found["state"]  # type: ignore[assignment]
    return state


def _last(system: System, office: str) -> int:
    rows = _docs(system, "dokumen", "nomor")
    return max((int(str(body["urut"])) for scope, _, body in rows if scope == office), default=0)


def _offices(system: System) -> list[str]:
    return sorted({scope for scope, _, _ in _docs(system, "dokumen", "nomor")} | {"3276011006"})


def _a_case(system: System) -> tuple[str, int]:
    for scope, id, body in _docs(system, "dokumen", "perkara"):
        state = body["state"]
        if scope == "3276011006" and isinstance(state, dict) and len(state.get("berkas") or {}) > 1:
            return id, len(state["berkas"])
    raise AssertionError("no case with papers")
