"""Papers as phones and scanners make them, drawn once and kept outside the installation's folder of state.

Photographs of 8 and 12 megapixels, 2 to 8 MB, noisy, most of them turned by EXIF; scans are PDFs of several pages.
Every resident's file differs in its bytes, as two photographs always do.
"""

from __future__ import annotations

import os
import random
import re
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from chassis.ids import new_id
from ekel.demo import photos
from ekel.demo.photos import Camera

JPEG, PDF = "image/jpeg", "application/pdf"
_MENGGAMBAR: Final = threading.Lock()  # one at a time: a picture in the making takes up to 180 MB
_EDITION: Final = "1"  # raise when a picture changes
_KAMERA: Final = {
    "8mp": Camera(size=(3264, 2448), quality=92, grain=0.14, shaken=0),
    "8mp-tegak": Camera(size=(3264, 2448), quality=92, grain=0.14, shaken=0, upright=True),
    "12mp": Camera(size=(4032, 3024), quality=94, grain=0.15, shaken=0),
    "12mp-malam": Camera(size=(4032, 3024), quality=96, grain=0.3, shaken=0),
}
_SERING: Final = (60, 20, 15, 5)  # how often each camera is used, in %
_DRIVER: Final = re.compile(rb"% created by [^\n]+\n")  # a comment: what stands there moves nothing
_GOYANG: Final = Camera(size=(3264, 2448), quality=92, grain=0.05, shaken=40.0)


def tempat() -> Path:
    """The cache folder (XDG Base Directory Specification)."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "ekelurahan" / f"gambar-{_EDITION}"


def foto(kode: str, benih: int) -> bytes:
    """A readable photograph of this paper, by the camera of this person."""
    nama = random.Random(benih).choices(list(_KAMERA), _SERING)[0]  # noqa: S311 - a play, not a secret
    picture = _sekali(f"{kode}.{nama}.jpg", lambda: photos.taken(kode, _KAMERA[nama]))
    return _sendiri(picture, f"{kode} {benih}")


def buram(kode: str, benih: int) -> bytes:
    """A shaken one that nobody can read."""
    return _sendiri(_sekali(f"{kode}.goyang.jpg", lambda: photos.taken(kode, _GOYANG)), f"{kode} {benih}")


def pindaian(kode: str, benih: int) -> bytes:
    """A scan of the counter: one to four grey pages as a PDF."""
    pages = 1 + benih % 4
    scanned = _sekali(f"{kode}.{pages}.pdf", lambda: _pdf(kode, pages))
    line = _DRIVER.search(scanned)
    return (
        scanned if line is None else scanned.replace(line[0], f"% {benih:0{len(line[0]) - 3}d}\n".encode(), 1)
    )


def _sendiri(picture: bytes, text: str) -> bytes:
    """The same picture with a comment of its own behind the first marker (ITU-T T.81, COM)."""
    comment = text.encode()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


def _pdf(kode: str, pages: int) -> bytes:
    sheet = photos.scene(kode).convert("L").resize((1240, 930), Image.Resampling.BICUBIC)
    out, more = BytesIO(), [sheet.copy() for _ in range(pages - 1)]
    sheet.save(out, "PDF", resolution=150, save_all=True, append_images=more)
    return out.getvalue()


def _sekali(nama: str, buat: Callable[[], bytes]) -> bytes:
    """From the cache, or made and put there; two processes that make it at once make the same."""
    file = tempat() / nama
    if not file.exists():
        with _MENGGAMBAR:
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                draft = file.with_suffix(f".{new_id()}")
                draft.write_bytes(buat())
                draft.replace(file)
    return file.read_bytes()
