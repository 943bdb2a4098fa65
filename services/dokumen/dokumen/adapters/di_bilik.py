"""Inside the cell: limits first, then one paper per line, examined or divided, answered as a line.

Memory is limited once; CPU time anew for each paper, counted from when the libraries are there (`RLIMIT_CPU`,
setrlimit(2): whoever passes the soft limit dies of SIGXCPU). Waiting for a core counts nothing.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from dokumen.application.pintu import Temuan
from dokumen.domain.penolakan import BerkasDitolak

MEMORY = 1024 * 1024 * 1024  # bytes of address space; libraries alone take some 300 MB of it
FILE = 256 * 1024 * 1024


def main() -> None:
    """Until the end of the input: whoever started us is gone then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    if sys.platform == "linux":  # elsewhere the address space cannot be limited
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from dokumen.adapters.pdfs import bagi
    from dokumen.adapters.pemeriksa import periksa  # under the limits; what it costs is not the first paper's

    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line), periksa, bagi)) + "\n")
        sys.stdout.flush()


def _answer(
    asked: dict[str, Any],
    periksa: Callable[[Path, Path, int], Temuan],
    bagi: Callable[[Path, Path, Sequence[Sequence[int]]], tuple[Path, ...]],
) -> dict[str, Any]:
    _grant(asked["cpu"])
    path, folder = Path(asked["path"]), Path(asked["folder"])
    try:
        if "bagi" in asked:
            return {"bagian": [str(part) for part in bagi(path, folder, asked["bagi"])]}
        found = periksa(path, folder, asked["maks_halaman"])
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
        "bertanda_tangan": found.bertanda_tangan,
    }


def _grant(seconds: int) -> None:
    """That much CPU time from now on, to the whole second above."""
    used, (_, hard) = resource.getrusage(resource.RUSAGE_SELF), resource.getrlimit(resource.RLIMIT_CPU)
    soft = ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


if __name__ == "__main__":
    main()
