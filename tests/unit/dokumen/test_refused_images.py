"""Pictures that cannot be kept, with the limit and the way out in the message."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from dokumen.adapters.images import Batas, process
from dokumen.domain.penolakan import BerkasDitolak


def stored(tmp_path: Path, size: tuple[int, int], kind: str = "JPEG", **options: Any) -> Path:
    path = tmp_path / f"foto{len(list(tmp_path.iterdir()))}"
    Image.new("RGB", size, "teal").save(path, kind, **options)
    return path


def refusal(path: Path, limits: Batas | None = None) -> BerkasDitolak:
    with pytest.raises(BerkasDitolak) as caught:
        process(path, limits)
    return caught.value


@pytest.mark.parametrize("size", [(599, 599), (64, 48), (599, 10)])
def test_under_600_pixels_is_refused_and_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    refused = refusal(stored(tmp_path, size))
    assert refused.slug == "gambar-terlalu-kecil"
    assert "600" in refused.pesan


def test_a_flat_picture_of_600_pixels_is_accepted(tmp_path: Path) -> None:
    assert process(stored(tmp_path, (600, 300))).width == 600


def test_more_pixels_than_allowed_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    size = (1500, 1000)
    for path, limits in (
        (stored(tmp_path, size), Batas(maks_piksel=1_000_000)),
        (stored(tmp_path, size, progressive=True), Batas(maks_piksel_utuh=1_000_000)),
        (stored(tmp_path, size, "PNG"), Batas(maks_piksel_utuh=1_000_000)),
    ):
        refused = refusal(path, limits)
        assert refused.slug == "gambar-terlalu-besar"
        assert "1 juta piksel" in refused.pesan


@pytest.mark.parametrize("side", [9_000, 12_000, 30_000])
def test_a_decompression_bomb_is_refused(tmp_path: Path, side: int) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    path = tmp_path / "bom"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + header
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9))
        + chunk(b"IEND", b"")
    )
    assert refusal(path).slug == "gambar-terlalu-besar"


def test_a_bomb_in_the_metadata_is_refused(tmp_path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "x" * 80_000_000, zip=True)
    assert refusal(stored(tmp_path, (700, 700), "PNG", pnginfo=notes)).slug == "gambar-rusak"


def test_a_cut_or_foreign_file_is_refused_as_broken(tmp_path: Path) -> None:
    noise = Image.effect_noise((900, 700), 60)
    whole, gif = io.BytesIO(), io.BytesIO()
    noise.save(whole, "JPEG")
    noise.save(gif, "GIF")
    half = whole.getvalue()[: len(whole.getvalue()) // 2]
    path = tmp_path / "foto"
    for content in (half, half[:20], b"", b"<html>", gif.getvalue()):
        path.write_bytes(content)
        assert refusal(path).slug == "gambar-rusak"


def test_a_photo_stuffed_with_data_before_its_pixels_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (800, 600)).save(out, "JPEG")
    comment = b"\xff\xfe\xff\xff" + b"x" * (0xFFFF - 2)
    path = tmp_path / "foto.jpg"
    path.write_bytes(out.getvalue()[:2] + comment * 80 + out.getvalue()[2:])

    assert refusal(path).slug == "gambar-terlalu-besar"
