"""Photographs become upright JPEGs without metadata, and a small picture beside them.

The order keeps a 12-megapixel photo near 50 MB of memory: decode already shrunk (`draft` with the
picture's own aspect; a square box would disable it), resize, turn upright last.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pi_heif import register_heif_opener
from PIL import Image

from dokumen.adapters import mutu
from dokumen.domain.penolakan import BerkasDitolak


@dataclass(frozen=True, slots=True, kw_only=True)
class Batas:
    """Limits in pixels: of the whole picture (less where it must be decoded whole), and of its longer side."""

    maks_piksel: int = 64_000_000
    maks_piksel_utuh: int = 25_000_000
    min_sisi: int = 600
    sisi: int = 2000
    sisi_kecil: int = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is stored: JPEG bytes of picture and thumbnail, size of the picture in pixels, upright; warnings."""

    jpeg: bytes
    thumb: bytes
    width: int
    height: int
    peringatan: tuple[str, ...] = ()


_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
register_heif_opener(thumbnails=False)  # iPhones' own format; libheif turns the picture upright itself
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_QUALITY, _THUMB_QUALITY = 82, 75
_MOST_HEADER = 4 * 1024 * 1024  # bytes before the pixels: EXIF, colour profile, preview


def process(path: Path, batas: Batas | None = None) -> Picture:
    """Re-encode one JPEG, PNG or HEIC. Raises BerkasDitolak: too many pixels, too small, not openable."""
    limits = batas or Batas()
    _check_header(path)
    try:
        with Image.open(path, formats=("JPEG", "PNG", "HEIF")) as source:
            _check_size(source, limits)
            sent = max(source.size)
            picture = _shrunk(source, limits.sisi)
    except _BOMB:
        raise _too_large(limits.maks_piksel) from None
    except _BROKEN:
        raise BerkasDitolak(
            "gambar-rusak", "Foto ini rusak dan tidak bisa dibuka. Foto ulang berkasnya."
        ) from None
    thumb = picture.copy()
    thumb.thumbnail((limits.sisi_kecil, limits.sisi_kecil), Image.Resampling.LANCZOS)
    return Picture(
        jpeg=encode(picture, _QUALITY),
        thumb=encode(thumb, _THUMB_QUALITY),
        width=picture.width,
        height=picture.height,
        peringatan=mutu.peringatan(picture, sent),
    )


def encode(picture: Image.Image, quality: int = _THUMB_QUALITY) -> bytes:
    """A baseline JPEG of the pixels alone."""
    # Pillow carries comment and XMP of the source over unless they are gone from `info`.
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, progressive=False)
    return out.getvalue()


def _check_header(path: Path) -> None:
    """Pillow keeps every segment before a JPEG's pixels in memory, so their sum has a limit.

    A marker is 0xFF and a code, then two bytes of length (ITU-T T.81, B.1.1); 0xDA begins the pixels.
    """
    with path.open("rb") as file:
        if file.read(2) != b"\xff\xd8":
            return
        while (marker := file.read(4)) and len(marker) == 4 and marker[0] == 0xFF and marker[1] != 0xDA:
            file.seek(int.from_bytes(marker[2:], "big") - 2, io.SEEK_CUR)
            if file.tell() > _MOST_HEADER:
                raise BerkasDitolak(
                    "gambar-terlalu-besar",
                    "Foto ini membawa terlalu banyak data tambahan di luar gambarnya. Foto ulang berkasnya.",
                )


def _check_size(source: Image.Image, limits: Batas) -> None:
    whole = source.format != "JPEG" or bool(source.info.get("progressive"))
    most = limits.maks_piksel_utuh if whole else limits.maks_piksel
    if source.width * source.height > most:
        raise _too_large(most)
    if max(source.size) < limits.min_sisi:
        raise BerkasDitolak(
            "gambar-terlalu-kecil",
            f"Foto terlalu kecil: sisi panjang {max(source.size)} piksel, paling sedikit {limits.min_sisi}."
            " Foto lebih dekat atau kirim foto aslinya, bukan gambar kecilnya.",
        )


def _shrunk(source: Image.Image, side: int) -> Image.Image:
    """Upright RGB pixels with the longer side at most `side`."""
    ratio = min(1.0, side / max(source.size))
    size = (max(1, round(source.width * ratio)), max(1, round(source.height * ratio)))
    source.draft("RGB", size)
    turn = _TURNS.get(_orientation(source))
    source.load()
    picture = _rgb(source).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return picture if turn is None else picture.transpose(turn)


_ORIENTATION = 0x0112
_TURNS: Mapping[int, Image.Transpose] = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)


def _orientation(source: Image.Image) -> int:
    """How the camera was held, 1–8; a picture whose EXIF is damaged can still be opened, so it counts as 1."""
    try:
        return int(source.getexif().get(_ORIENTATION, 1))
    except (*_BROKEN, TypeError):
        return 1


def _rgb(source: Image.Image) -> Image.Image:
    """Any mode as RGB: transparency on white, 16 bits scaled down instead of clipped."""
    if source.mode.startswith("I"):
        return source.convert("I").point(lambda v: v / 256).convert("L").convert("RGB")
    if source.has_transparency_data:
        layer = source.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return source if source.mode == "RGB" else source.convert("RGB")


def _too_large(most: int) -> BerkasDitolak:
    return BerkasDitolak(
        "gambar-terlalu-besar",
        f"Foto terlalu besar: paling banyak {most // 1_000_000} juta piksel. Kecilkan ukuran foto lalu foto ulang.",
    )
