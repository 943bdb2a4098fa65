"""Inside the cell: limits first, then one paper per line, examined by `pemeriksa`, answered as a line."""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

MEMORY = 1024 * 1024 * 1024  # bytes of address space; libraries alone take some 300 MB of it
FILE = 256 * 1024 * 1024


def main() -> None:
    """Until the end of the input: whoever started us is gone then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    if sys.platform == "linux":  # elsewhere the address space cannot be limited
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    from dokumen.adapters.pemeriksa import periksa
    from dokumen.domain.penolakan import BerkasDitolak

    try:
        found = periksa(Path(asked["path"]), Path(asked["folder"]), asked["maks_halaman"])
    except BerkasDitolak as refused:
        return {"slug": refused.slug, "pesan": refused.pesan}
    except MemoryError:
        words = "Berkas ini memakai terlalu banyak memori bila dibuka. Foto ulang berkasnya."
        return {"slug": "berkas-terlalu-berat", "pesan": words}
    except Exception as error:
        return {"galat": repr(error)[:500]}
    return {
        "berkas": str(found.berkas),
        "jenis": found.jenis,
        "gambar": str(found.gambar),
        "halaman": [str(page) for page in found.halaman],
        "peringatan": list(found.peringatan),
    }


if __name__ == "__main__":
    main()
