"""`python -m tools.contoh.layar FOLDER`: every screen that the browser tests pictured, on one sheet for each width.

The pictures come from `EKEL_TEST_SCREENS=FOLDER .venv/bin/pytest -n 0 tests/browser/test_layar.py`. Each sheet goes to
docs/gambar; a long page is shown from its top only. They are looked at by people: docs/layar.md says what was found.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

from tools.contoh.lembar import sheet

ROOT = Path(__file__).parents[2]
LEBAR = {360: (180, 460, 12), 1280: (330, 300, 8)}  # of the screen: of its picture, at most so tall, in a row
PANJANG = 30  # letters of a name that fit above a picture


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for lebar, (width, tall, columns) in LEBAR.items():
        files = sorted((folder / str(lebar)).glob("*.png"))
        named = [(file.stem[4 : 4 + PANJANG * width // 180], kecil(file, width, tall)) for file in files]
        (ROOT / "docs" / "gambar" / f"layar-{lebar}.png").write_bytes(sheet(named, columns, greys=8))
        print(f"layar-{lebar}.png: {len(named)} screens")


def kecil(file: Path, width: int, tall: int) -> Image.Image:
    """The top of a page, in grey."""
    with Image.open(file) as whole:
        small = whole.convert("L").resize(
            (width, whole.height * width // whole.width), Image.Resampling.LANCZOS
        )
    return small.crop((0, 0, width, min(tall, small.height)))


if __name__ == "__main__":
    main()
