"""Photographs as a phone makes them: 3 megapixels, grain, lying on a table, turned by EXIF, with a place in it.

Everything on them is drawn and invented; they are made once and kept in the system's temporary folder.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (2016, 1512)  # pixels, upright
_EDITION = "1"  # raise when a drawing changes
_ORIENTATION, _MODEL, _GPS = 0x0112, 0x0110, 0x8825
_TURNED = 6  # EXIF: the camera was held upright, the sensor lies on its side

Draw = Callable[[ImageDraw.ImageDraw, tuple[int, int, int, int]], None]


def photo(kind: str) -> bytes:
    """The JPEG of one kind of paper (KTP, KK, FOTO_RUMAH, or any other as a written sheet)."""
    folder = Path(tempfile.gettempdir()) / f"ekel-foto-{_EDITION}"
    folder.mkdir(exist_ok=True)
    file = folder / f"{kind}.jpg"
    if not file.exists():
        draft = file.with_suffix(f".{random.randrange(10**9)}")  # noqa: S311 - a name, not a secret
        draft.write_bytes(taken(kind))
        draft.replace(file)
    return file.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """`size` in pixels, upright; `shaken` is the radius of the blur; `upright`: held so that EXIF turns nothing."""

    size: tuple[int, int] = SIZE
    quality: int = 88
    grain: float = 0.09
    shaken: float = 0.8
    upright: bool = False


ORDINARY = Camera()


def taken(kind: str, camera: Camera = ORDINARY) -> bytes:
    """Draw, blur, add grain, turn and compress."""
    shot = scene(kind).rotate(1.4, Image.Resampling.BICUBIC, fillcolor=(120, 98, 78))
    if shot.size != camera.size:
        shot = shot.resize(camera.size, Image.Resampling.BICUBIC)
    if camera.shaken:
        shot = shot.filter(ImageFilter.GaussianBlur(camera.shaken))
    shot = Image.blend(shot, _grain(camera.size), camera.grain)
    out = BytesIO()
    turned = shot if camera.upright else shot.transpose(Image.Transpose.ROTATE_90)
    turned.save(out, "JPEG", quality=camera.quality, exif=_exif(1 if camera.upright else _TURNED))
    return out.getvalue()


@lru_cache(maxsize=1)
def _grain(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 34).convert("RGB")


def scene(kind: str) -> Image.Image:
    """What lies before the lens: the paper of this kind on a table, or a house."""
    drawn = Image.new("RGB", SIZE, (128, 104, 82))
    draw = ImageDraw.Draw(drawn)
    if kind == "FOTO_RUMAH":
        _house(draw)
    else:
        _DRAWINGS.get(kind, _sheet(kind))(draw, _BOXES.get(kind, (420, 60, 1600, 1450)))
    return drawn


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MODEL] = orientation, "Telepon Contoh 5"
    exif[_GPS] = {1: "S", 2: (6.0, 24.0, 0.0), 3: "E", 4: (106.0, 49.0, 0.0)}
    return exif


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _ktp(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.rounded_rectangle(box, 40, fill=(166, 205, 226), outline=(90, 120, 150), width=4)
    draw.text((left + 380, top + 30), "CONTOH KARTU PENDUDUK", fill=(20, 30, 60), font=_font(54))
    lines = (
        "NIK : 3276 01 ******",
        "Nama : CONTOH RAHMAWATI",
        "Lahir : DEPOK, 12-03-1995",
        "Alamat : JL CONTOH 1",
    )
    for n, line in enumerate(lines):
        draw.text((left + 60, top + 170 + n * 120), line, fill=(15, 20, 30), font=_font(50))
    draw.rectangle((right - 400, top + 180, right - 70, bottom - 180), fill=(200, 60, 60))
    draw.ellipse((right - 310, top + 240, right - 160, top + 400), fill=(226, 184, 150))


def _kk(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=(238, 240, 228), outline=(60, 90, 60), width=6)
    draw.text((left + 420, top + 50), "CONTOH KARTU KELUARGA", fill=(20, 50, 20), font=_font(70))
    for row in range(9):
        y = top + 220 + row * 110
        draw.line((left + 60, y, right - 60, y), fill=(90, 110, 90), width=3)
        draw.text(
            (left + 90, y + 30), f"{row + 1}   ANGGOTA KELUARGA CONTOH", fill=(25, 30, 25), font=_font(44)
        )
    for column in range(4):
        x = left + 60 + column * (right - left - 120) // 3
        draw.line((x, top + 220, x, bottom - 120), fill=(90, 110, 90), width=3)


def _sheet(kind: str) -> Draw:
    def drawn(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = box
        draw.rectangle(box, fill=(244, 242, 236))
        draw.text((left + 90, top + 80), "CONTOH", fill=(40, 40, 50), font=_font(64))
        draw.text((left + 90, top + 170), kind.replace("_", " "), fill=(40, 40, 50), font=_font(52))
        rng = random.Random(kind)  # noqa: S311 - the same drawing every time
        for y in range(top + 300, bottom - 320, 62):
            draw.line((left + 90, y, right - 90 - rng.randrange(360), y), fill=(95, 95, 105), width=7)
        draw.ellipse((right - 480, bottom - 330, right - 200, bottom - 60), outline=(90, 60, 150), width=9)

    return drawn


def _house(draw: ImageDraw.ImageDraw) -> None:
    width, height = SIZE
    draw.rectangle((0, 0, width, 860), fill=(170, 200, 226))
    draw.rectangle((0, 860, width, height), fill=(126, 140, 98))
    draw.rectangle((460, 560, 1560, 1240), fill=(224, 210, 184), outline=(120, 100, 80), width=8)
    draw.polygon(((380, 570), (1010, 240), (1640, 570)), fill=(158, 82, 62))
    draw.rectangle((900, 820, 1120, 1240), fill=(112, 78, 52))
    for x in (560, 1240):
        draw.rectangle((x, 760, x + 220, 960), fill=(96, 122, 140), outline=(70, 60, 50), width=8)


_BOXES = {"KTP": (220, 260, 1800, 1240), "KK": (120, 120, 1900, 1400)}
_DRAWINGS: dict[str, Draw] = {"KTP": _ktp, "KK": _kk}
