"""A sealed stream opens only whole, in order and with its key, wherever its chunks end."""

from __future__ import annotations

import io
import os

import pytest

from ekel.backup.sealed import CHUNK, TAG, Damaged, ForeignKey, Opening, Sealing

KEY = bytes(32)
HEAD = 14 + 8 + 16


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    sealing = Sealing(out, KEY)
    sealing.write(content)
    sealing.finish()
    return out.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    opening = Opening(io.BytesIO(data), key)
    return b"".join(iter(lambda: opening.read(70_000), b""))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_what_was_sealed_opens_again(size: int) -> None:
    content = os.urandom(size)
    data = sealed(content)

    assert opened(data) == content
    assert size < 20 or content[:20] not in data


def test_the_same_content_is_sealed_differently_each_time() -> None:
    assert sealed(b"x" * 100)[HEAD:] != sealed(b"x" * 100)[HEAD:]


def test_chunks_cannot_be_swapped_left_out_repeated_or_cut_off() -> None:
    data = sealed(os.urandom(2 * CHUNK + 5))
    first, second, last = (data[HEAD + n * (CHUNK + TAG) :][: CHUNK + TAG] for n in range(3))
    head = data[:HEAD]

    for forged in (
        head + second + first + last,
        head + first + last,
        head + first + second,
        head + first,
        head,
        head + first + first + second + last,
        data + b"\0",
        data + last,
    ):
        with pytest.raises(Damaged):
            opened(forged)


def test_another_key_and_another_kind_of_file_are_told_apart() -> None:
    data = sealed(b"content")
    with pytest.raises(ForeignKey):
        opened(data, b"\1" * 32)
    with pytest.raises(Damaged):
        opened(b"PK\3\4" + data)
    with pytest.raises(Damaged):
        opened(data[:20])
