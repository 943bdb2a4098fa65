"""What only the file store promises: damage is found wherever it is, leftovers of the dead are removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest

from chassis.ports.errors import Corrupt, Refused, Unavailable
from chassis.ports.objects import Objects
from engines.embedded.trailer import LENGTH
from engines.open import open_objects

Start = Callable[..., Popen[str]]


@pytest.fixture
def engine() -> str:
    return "embedded"


@pytest.fixture
def root(objects: Objects, tmp_path: Path) -> Path:
    return tmp_path / "data" / "objects"


@pytest.fixture
def stored(objects: Objects, root: Path) -> Path:
    objects.put("a/b", [b"isi surat"])
    return root / "objects" / "a" / "b="


@pytest.mark.parametrize("place", [0, 8, -LENGTH, -LENGTH + 10, -1])
def test_a_changed_byte_is_found(objects: Objects, stored: Path, place: int) -> None:
    damaged = bytearray(stored.read_bytes())
    damaged[place] ^= 1
    stored.write_bytes(damaged)

    reading = objects.open("a/b")
    with pytest.raises(Corrupt):
        b"".join(reading)


@pytest.mark.parametrize("length", [0, 5, LENGTH, LENGTH + 8])
def test_a_cut_file_is_found(objects: Objects, stored: Path, length: int) -> None:
    stored.write_bytes(stored.read_bytes()[:length])

    with pytest.raises(Corrupt):
        b"".join(objects.open("a/b"))


def test_a_file_begins_with_the_plain_bytes(stored: Path) -> None:
    assert stored.read_bytes().startswith(b"isi surat\nekel1 ")
    assert stored.stat().st_size == len(b"isi surat") + LENGTH


def test_leftovers_of_the_dead_are_removed_and_those_of_the_living_stay(
    objects_url: str, root: Path, start: Start
) -> None:
    dead, living = [start("upload", objects_url, name) for name in ("mati", "hidup")]
    for actor in (dead, living):
        assert actor.stdout is not None
        assert actor.stdout.readline() == "middle\n"
    dead.kill()
    dead.wait()
    assert len(list((root / "tmp").iterdir())) == 2

    reopened = open_objects(objects_url)
    assert len(list((root / "tmp").iterdir())) == 1
    living.communicate("")
    assert [info.key for info in reopened.list("")] == ["hidup"]
    assert list((root / "tmp").iterdir()) == []


def test_a_failed_put_leaves_no_file_at_all(objects: Objects, root: Path, stored: Path) -> None:
    objects.put("a/b", [b"surat"], locked=True)
    with pytest.raises(Refused):
        objects.put("a/b", [b"lain"])

    assert list((root / "tmp").iterdir()) == []


def test_a_missing_store_is_unavailable_and_not_empty(objects: Objects, root: Path, stored: Path) -> None:
    root.rename(root.with_name("dipindah"))

    asks: list[Callable[[], object]] = [
        lambda: objects.put("a/b", [b"x"]),
        lambda: objects.open("a/b"),
        lambda: objects.stat("a/b"),
        lambda: objects.delete("a/b"),
        lambda: list(objects.list("")),
        objects.ping,
    ]
    for ask in asks:
        with pytest.raises(Unavailable):
            ask()
