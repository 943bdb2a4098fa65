"""One page of a case's form, the same for a resident on his phone and for a walk-in at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template

from frontend import formulir
from frontend.pintu import ambil


def langkah(case: Any) -> list[list[Any]]:
    """The pages of this case's form, as they are asked now; one question to the gateway each time."""
    service = ambil(f"/v1/layanan/{case['layanan']['kode']}")
    return formulir.langkah(service["medan"], {**case["jawaban"], "hubungan": case["hubungan"]})


def tampil(
    templat: str, sesudah: str, case: Any, etag: str, ke: int, jawaban: Any, galat: Mapping[str, str]
) -> Any:
    """Page `ke` with what was typed and its mistakes; beyond the last page on to `sesudah`."""
    pages = langkah(case)
    if not 1 <= ke <= len(pages):
        return redirect(sesudah, 303)
    return render_template(
        templat,
        kasus=case,
        etag=etag,
        ke=ke,
        banyak=len(pages),
        medan_halaman=pages[ke - 1],
        jawaban=jawaban,
        galat=galat,
    )
