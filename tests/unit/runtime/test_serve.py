"""An HTTP role is one process; one that hangs for good ends, so that whoever started it starts another."""

from __future__ import annotations

import subprocess
import sys

# PyDLL keeps the interpreter's lock while it sleeps, as a C library does that never comes back.
HANGS = """
import ctypes
from runtime import serve
serve.SILENT = 1
serve._Loop.notify(serve._Loop.__new__(serve._Loop))
ctypes.PyDLL(None).sleep(60)
"""


def test_a_loop_that_hangs_in_c_ends_its_process_and_says_where_it_was() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANGS], capture_output=True, text=True, check=False, timeout=50
    )

    assert done.returncode == 1
    assert 'File "<string>", line 6' in done.stderr
