"""The promises of the object port; `objects` is whichever engine runs."""

from __future__ import annotations

import signal
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from subprocess import Popen
from threading import Thread

import pytest

from chassis.ports.errors import NotFound, Refused
from chassis.ports.objects import CHUNK, Objects

Start = Callable[..., Popen[str]]
KEY = "3276011006/0190a1b2/lampiran-1"


def content(objects: Objects, key: str = KEY) -> bytes:
    return b"".join(objects.open(key))


def keys(objects: Objects, prefix: str = "") -> list[str]:
    return [info.key for info in objects.list(prefix)]


@pytest.mark.parametrize("parts", [[], [b""], [b"abc"], [b"a", b"", b"bc"], [b"x" * 700_000, b"y"]])
def test_an_object_comes_back_with_its_checksum(objects: Objects, parts: list[bytes]) -> None:
    info = objects.put(KEY, parts)

    assert content(objects) == b"".join(parts)
    assert (info.key, info.size) == (KEY, len(b"".join(parts)))
    assert info.sha256 == sha256(b"".join(parts)).hexdigest()
    assert abs(datetime.now(UTC) - info.modified) < timedelta(minutes=5)
    assert objects.stat(KEY) == info


def test_what_was_never_put_is_not_found(objects: Objects) -> None:
    with pytest.raises(NotFound):
        objects.open(KEY)
    assert objects.stat(KEY) is None
    assert not objects.delete(KEY)


def test_a_put_replaces_the_whole_object(objects: Objects) -> None:
    objects.put(KEY, [b"panjang sekali"])
    objects.put(KEY, [b"baru"])

    assert content(objects) == b"baru"
    assert keys(objects) == [KEY]


def test_a_reader_keeps_the_object_it_opened(objects: Objects) -> None:
    objects.put(KEY, [b"lama" * CHUNK])
    reading = objects.open(KEY)
    first = next(reading)
    objects.put(KEY, [b"baru"])

    assert first + b"".join(reading) == b"lama" * CHUNK


def test_a_stream_that_breaks_leaves_nothing(objects: Objects) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * 1_000_000
        raise ConnectionError("the client went away")

    with pytest.raises(ConnectionError, match="went away"):
        objects.put(KEY, broken())
    assert objects.stat(KEY) is None
    assert keys(objects) == []


def test_a_stream_that_breaks_leaves_the_former_object(objects: Objects) -> None:
    def broken() -> Iterator[bytes]:
        yield b"baru"
        raise ConnectionError

    objects.put(KEY, [b"lama"])
    with pytest.raises(ConnectionError):
        objects.put(KEY, broken())
    assert content(objects) == b"lama"


def test_an_upload_cut_by_sigkill_leaves_nothing(objects: Objects, objects_url: str, start: Start) -> None:
    actor = start("upload", objects_url, KEY)
    assert actor.stdout is not None
    assert actor.stdout.readline() == "middle\n"
    assert objects.stat(KEY) is None
    actor.send_signal(signal.SIGKILL)
    actor.wait()

    assert objects.stat(KEY) is None
    assert keys(objects) == []


def test_a_writer_killed_while_replacing_leaves_a_whole_object(
    objects: Objects, objects_url: str, start: Start
) -> None:
    for _ in range(4):
        actors = [start("replace", objects_url, KEY, letter) for letter in "ab"]
        for actor in actors:
            assert actor.stdout is not None
            for _ in range(5):
                actor.stdout.readline()
            actor.send_signal(signal.SIGKILL)
        assert content(objects) in (b"a" * 300_000, b"b" * 300_000)


def test_parallel_puts_on_one_key_leave_one_of_them(objects: Objects) -> None:
    bodies = [bytes([letter]) * 400_000 for letter in b"abcdefgh"]
    threads = [Thread(target=objects.put, args=(KEY, [body])) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert content(objects) in bodies
    assert keys(objects) == [KEY]


def test_a_locked_object_is_neither_replaced_nor_deleted(objects: Objects) -> None:
    objects.put(KEY, [b"surat"], locked=True)

    for change in (lambda: objects.put(KEY, [b"lain"]), lambda: objects.delete(KEY)):
        with pytest.raises(Refused):
            change()
    assert content(objects) == b"surat"


def test_a_locked_object_goes_only_by_a_decision_and_wholly(objects: Objects) -> None:
    objects.put(KEY, [b"surat"], locked=True)
    other = f"{KEY}.lain"
    objects.put(other, [b"lain"], locked=True)

    assert objects.delete(KEY, even_locked=True)
    assert objects.stat(KEY) is None
    assert [info.key for info in objects.list(KEY)] == [other]
    assert not objects.delete(KEY, even_locked=True)
    objects.put(KEY, [b"baru"])
    assert b"".join(objects.open(KEY)) == b"baru"


def test_of_parallel_locked_puts_one_wins_and_the_others_are_refused(objects: Objects) -> None:
    outcomes: list[str] = []

    def put(body: bytes) -> None:
        try:
            outcomes.append(objects.put(KEY, [body] * 1000, locked=True).sha256)
        except Refused:
            outcomes.append("refused")

    threads = [Thread(target=put, args=(bytes([letter]),)) for letter in b"abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("refused") == 5
    assert sha256(content(objects)).hexdigest() in outcomes


def test_a_deleted_object_is_gone(objects: Objects) -> None:
    objects.put(KEY, [b"x"])

    assert objects.delete(KEY)
    assert objects.stat(KEY) is None
    assert not objects.delete(KEY)


def test_listing_goes_by_key_and_prefix(objects: Objects) -> None:
    stored = ["a-b", "a.b", "a/b", "a/bc/d", "a/c/d", "a0", "ab/c", "b"]
    for key in reversed(stored):
        objects.put(key, [key.encode()])

    assert keys(objects) == stored
    assert keys(objects, "a/") == ["a/b", "a/bc/d", "a/c/d"]
    assert keys(objects, "a/b") == ["a/b", "a/bc/d"]
    assert keys(objects, "a") == [key for key in stored if key.startswith("a")]
    assert keys(objects, "zz/") == keys(objects, "zz") == []
    assert next(objects.list("ab")).size == 4


def test_locked_objects_are_listed_among_the_others(objects: Objects) -> None:
    for key, locked in (("a/1", False), ("a/2", True), ("a/3", False)):
        objects.put(key, [b"x"], locked=locked)

    assert keys(objects, "a/") == ["a/1", "a/2", "a/3"]


def test_an_unlocked_object_may_be_replaced_by_a_locked_one(objects: Objects) -> None:
    objects.put(KEY, [b"rancangan"])
    objects.put(KEY, [b"surat"], locked=True)

    assert content(objects) == b"surat"
    assert keys(objects) == [KEY]


@pytest.mark.parametrize("key", [f"{'x' * 200}/{'y' * 200}/{'z' * 110}", "UPPER_lower-1.2/...", "a" * 200])
def test_every_key_of_the_alphabet_up_to_512_characters_works(objects: Objects, key: str) -> None:
    objects.put(key, [b"x"])

    assert content(objects, key) == b"x"
    assert keys(objects) == [key]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "a/../b",
        "./a",
        "a b",
        "a\\b",
        "é",
        "a=",
        "a+b",
        "x\n",
        "x" * 201,
        "x/" * 256 + "x",
        "a\0",
    ],
)
def test_any_other_key_is_refused(objects: Objects, key: str) -> None:
    with pytest.raises(Refused):
        objects.put(key, [b"x"])
    with pytest.raises(Refused):
        objects.open(key)
    assert keys(objects) == []


def test_memory_does_not_depend_on_the_size(objects: Objects) -> None:
    chunk = b"x" * CHUNK
    tracemalloc.start()
    try:
        info = objects.put(KEY, (chunk for _ in range(256)))
        size = sum(len(part) for part in objects.open(KEY))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert info.size == size == 64 * 1024 * 1024
    assert peak < 2 * 1024 * 1024


def test_chunks_are_read_in_the_size_of_the_port(objects: Objects) -> None:
    objects.put(KEY, [b"x" * (3 * CHUNK + 1)])

    assert max(len(chunk) for chunk in objects.open(KEY)) <= 1024 * 1024


def test_a_living_engine_answers(objects: Objects) -> None:
    objects.ping()
