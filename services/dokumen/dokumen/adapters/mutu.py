"""How well a photograph can be read: too dark, blurred or small. Measured with Pillow alone, on 640 pixels.

Blur: the strongest edges of a sharp picture answer a Laplacian strongly, however few they are; those of a blurred
one do not. The mean or variance would call every empty sheet blurred. The limits are for a warning, never a refusal.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

SISI = 640  # pixels of the longer side that is measured
KECIL = 800  # pixels of the longer side, below which small print is lost
GELAP = 40.0  # mean brightness of 255
TAJAM = 16  # answer of the strongest edges, of 127
TERKUAT = 0.001  # which part of all pixels counts as the strongest
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def peringatan(picture: Image.Image, asal: int) -> tuple[str, ...]:
    """Codes of what to warn about: `gelap`, `buram`, `kecil`. `asal` is the longer side as it was sent."""
    grey = picture.convert("L")
    grey.thumbnail((SISI, SISI), Image.Resampling.BILINEAR)
    found = {
        "gelap": ImageStat.Stat(grey).mean[0] < GELAP,
        "buram": ketajaman(grey) < TAJAM,
        "kecil": asal < KECIL,
    }
    return tuple(code for code, so in found.items() if so)


def ketajaman(grey: Image.Image) -> int:
    """The Laplacian's answer (0–127) that the strongest thousandth of all pixels reaches."""
    width, height = grey.size
    if width < 3 or height < 3:
        return 0
    # Pillow copies the outermost pixels unfiltered.
    answer = grey.filter(_LAPLACE).crop((1, 1, width - 1, height - 1)).histogram()
    left = max(1, int(sum(answer) * TERKUAT))
    for strength in range(127, 0, -1):
        left -= answer[128 + strength] + answer[128 - strength] + (answer[0] if strength == 127 else 0)
        if left <= 0:
            return strength
    return 0
