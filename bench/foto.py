"""`python -m bench.foto`: one photograph of 12 megapixels through the whole examination, against bare Pillow.

The floor decodes the whole picture and writes it as a JPEG again, which is the least that removes what hides in a
file. Ours also turns it upright, shrinks it to 2,000 pixels, makes a thumbnail and measures darkness and blur. Each
runs in a fresh process, so that the highest resident memory is its own; what importing costs is subtracted. Times are
of the processor: others on the machine do not count. Linux only.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROUNDS = 15
MOST_RATIO, MOST_MB = 1.5, 80.0
SIZE = (4032, 3024)

OURS = """
from dokumen.adapters.pemeriksa import periksa
def once(): periksa(path, folder)
"""
FLOOR = """
import io
from PIL import Image
def once():
    with Image.open(path) as source:
        source.convert("RGB").save(io.BytesIO(), "JPEG", quality=82)
"""
HARNESS = """
import json, sys, time
from pathlib import Path
path, folder = Path(sys.argv[1]), Path(sys.argv[2])
{what}
def memory(name):
    [line] = [l for l in open("/proc/self/status") if l.startswith(name)]
    return int(line.split()[1]) / 1024
from PIL import Image, ImageFilter, JpegImagePlugin
open("/proc/self/clear_refs", "w").write("5")  # the highest so far is forgotten
before, times = memory("VmRSS"), []
for _ in range({rounds}):
    begin = time.process_time(); once(); times.append((time.process_time() - begin) * 1000)
print(json.dumps({{"ms": sorted(times)[len(times) // 2], "mb": memory("VmHWM") - before}}))
"""


def main() -> int:
    """Prints the figures; 1 if one is beyond its bound."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        photo = folder / "foto.jpg"
        photo.write_bytes(picture())
        print(
            f"foto: {SIZE[0]} × {SIZE[1]}, {photo.stat().st_size / 1e6:.1f} MB, median of {ROUNDS}, processor time"
        )
        rounds = [(measure(OURS, photo, folder), measure(FLOOR, photo, folder)) for _ in range(3)]
    ours, floor = ({key: median(r[n][key] for r in rounds) for key in ("ms", "mb")} for n in (0, 1))
    ratio = ours["ms"] / floor["ms"]
    print(f"   ours  {ours['ms']:6.0f} ms, {ours['mb']:5.0f} MB")
    print(f"   floor {floor['ms']:6.0f} ms, {floor['mb']:5.0f} MB; ratio of times {ratio:.2f}")
    met = ratio <= MOST_RATIO and ours["mb"] <= MOST_MB
    print(f"   bounds: ratio {MOST_RATIO}, {MOST_MB:.0f} MB: {'met' if met else 'MISSED'}")
    return 0 if met else 1


def picture() -> bytes:
    """A synthetic card with the grain of a phone's sensor, about as large as such a photograph is."""
    import io

    from PIL import Image, ImageDraw

    grain = Image.effect_noise(SIZE, 24).convert("RGB")
    card = Image.new("RGB", SIZE, (225, 222, 214))
    draw = ImageDraw.Draw(card)
    for row in range(200, SIZE[1] - 200, 60):
        draw.text((300, row), "CONTOH KARTU BUATAN 3276011203959001 " * 3, fill=(25, 25, 25), font_size=44)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.blend(card, grain, 0.25).save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def measure(what: str, photo: Path, folder: Path) -> dict[str, float]:
    """Median ms and highest MB above what importing took, in a process of its own."""
    code = HARNESS.format(what=what, rounds=ROUNDS)
    done = subprocess.run(
        [sys.executable, "-c", code, str(photo), str(folder)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
