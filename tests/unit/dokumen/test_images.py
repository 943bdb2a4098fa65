"""Photographs as phones make them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dokumen.adapters.images import Picture, process

RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(width: int = 1200, height: int = 800) -> Image.Image:
    """Left half red, right half blue."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def stored(tmp_path: Path, picture: Image.Image, kind: str = "JPEG", **options: Any) -> Path:
    path = tmp_path / "foto"
    picture.save(path, kind, **options)
    return path


def opened(result: Picture) -> Image.Image:
    return Image.open(io.BytesIO(result.jpeg)).convert("RGB")


def reddish(pixel: object) -> bool:
    return isinstance(pixel, tuple) and pixel[0] > 150 and pixel[2] < 90


@pytest.mark.parametrize(
    ("turn", "size", "red_corner"),
    [
        (1, (1200, 800), (50, 400)),
        (2, (1200, 800), (1150, 400)),
        (3, (1200, 800), (1150, 400)),
        (6, (800, 1200), (400, 50)),
        (8, (800, 1200), (400, 1150)),
    ],
)
def test_a_rotated_photo_is_stored_upright(
    tmp_path: Path, turn: int, size: tuple[int, int], red_corner: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    result = process(stored(tmp_path, photo(), exif=exif))
    assert (result.width, result.height) == size == opened(result).size
    assert reddish(opened(result).getpixel(red_corner))
    assert not opened(result).getexif()


def test_nothing_but_pixels_is_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "RAHASIA-KAMERA"
    path = stored(
        tmp_path,
        photo(),
        exif=exif,
        comment=b"RAHASIA-KOMENTAR",
        xmp=b"<x>RAHASIA-XMP</x>",
        icc_profile=b"RAHASIA" * 40,
    )
    path.write_bytes(path.read_bytes() + b"<script>RAHASIA-EKOR</script>")
    result = process(path)
    for kept in (result.jpeg, result.thumb):
        assert b"RAHASIA" not in kept
        assert b"Exif" not in kept


def test_a_twelve_megapixel_photo_becomes_small(tmp_path: Path) -> None:
    result = process(stored(tmp_path, photo(4032, 3024)))
    assert (result.width, result.height) == (2000, 1500)
    thumb = Image.open(io.BytesIO(result.thumb))
    assert (thumb.format, thumb.size) == ("JPEG", (320, 240))
    assert "progressive" not in Image.open(io.BytesIO(result.jpeg)).info


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    path = stored(tmp_path, photo())
    assert process(path) == process(path)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpegs_of_other_colours_become_rgb(tmp_path: Path, mode: str) -> None:
    result = process(stored(tmp_path, photo().convert(mode)))
    assert Image.open(io.BytesIO(result.jpeg)).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_becomes_a_jpeg(tmp_path: Path, mode: str) -> None:
    picture = Image.new("I;16", (900, 700), 60_000) if mode == "I;16" else photo(900, 700).convert(mode)
    result = process(stored(tmp_path, picture, "PNG"))
    assert (result.width, result.height) == (900, 700)
    assert result.jpeg.startswith(b"\xff\xd8")


def test_transparent_paper_is_white_and_sixteen_bits_are_scaled(tmp_path: Path) -> None:
    clear = process(stored(tmp_path, Image.new("RGBA", (700, 700), (0, 0, 0, 0)), "PNG"))
    assert opened(clear).getpixel((350, 350)) == (255, 255, 255)
    grey = process(stored(tmp_path, Image.new("I;16", (700, 700), 32_768), "PNG"))
    assert opened(grey).getpixel((350, 350)) == (128, 128, 128)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
def test_a_photo_with_damaged_exif_is_still_a_photo(tmp_path: Path) -> None:
    path = stored(tmp_path, photo(), exif=b"Exif\x00\x00II*\x00\xff\xff\xff\x7f" + b"\xff" * 30)
    assert process(path).width == 1200
