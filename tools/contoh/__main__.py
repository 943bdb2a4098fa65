"""`PYTHONPATH=tests python -m tools.contoh`: golden texts written anew, and one sheet with all kinds of letters.

Look at `git diff` afterwards: every changed line is a changed letter.
"""

from __future__ import annotations

from pathlib import Path

from dokumen.adapters.typst_letters import Renderer
from support import letters
from tools.contoh.lembar import pictures, sheet

SHEET = Path(__file__).resolve().parents[2] / "docs" / "examples" / "surat.png"
COLUMNS, WIDTH = 6, 520
# One of each kind, and the variants that look different.
SHOWN = (
    "skdom", "skdom-f4-plh", "sktm", "sktm-an-camat", "skck_p", "nikah",
    "nikah-sipil", "n6", "disp_nikah", "lahir", "mati", "skbm",
    "sku", "skdu", "sktt", "ramai",
)  # fmt: skip
FORMS = (("nikah", "N2"), ("nikah-muda", "N5"))


def main() -> None:
    renderer = Renderer()
    for case in letters.cases():
        letters.golden(case).write_text(letters.text(letters.compose(renderer, case).pdf), "utf-8")
    pages = [(case, letters.issued(renderer, case)) for case in SHOWN]
    pages += [(code, letters.sheet(renderer, case, code).pdf) for case, code in FORMS]
    SHEET.write_bytes(sheet([(name, pictures(pdf, WIDTH)[0]) for name, pdf in pages], COLUMNS))


if __name__ == "__main__":
    main()
