"""The end of the day in numbers: a row per kelurahan, the slowest cases, and what nobody expected."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from rich.console import Console
from rich.table import Table

from ekel.hari.buku import BATAL, HALAMAN, TERUSKAN, TOLAK, Buku, Kasus, lama
from ekel.hari.kantor import Kantor

_COLUMNS = ("filed", "issued", "returned", "refused", "forwarded", "cancelled", "pages", "median", "slowest")
_SLOWEST = 5


def cetak(console: Console, buku: Buku, kantor: Sequence[Kantor]) -> None:
    """Print it all."""
    table = Table(title="The day", title_justify="left", title_style="bold")
    table.add_column("kelurahan")
    for heading in _COLUMNS:
        table.add_column(heading, justify="right")
    for one in kantor:
        table.add_row(one.nama, *baris([k for k in buku.semua if k.kunjungan.kantor == one]))
    table.add_row("all", *baris(buku.semua), style="bold")
    console.print(table)
    slowest = sorted((k for k in buku.semua if k.lama is not None), key=lambda k: -(k.lama or 0))[:_SLOWEST]
    for kasus in slowest:
        console.print(f"slowest: {kasus.lama:.1f} s  {kasus}", highlight=False)
    moved = [k for k in buku.semua if k.dipindah]
    console.print(f"moved to the right office: {len(moved)}", highlight=False)
    for text in buku.tak_terduga:
        console.print(f"unexpected: {text}", style="red", highlight=False, markup=False, soft_wrap=True)


def baris(semua: Sequence[Kasus]) -> list[str]:
    """The cells of one office, in the order of the columns; times from filing to the letter."""
    took = lama(semua)
    counts = (
        sum(k.diajukan is not None for k in semua),
        sum(k.terbit is not None for k in semua),
        sum(k.kembali for k in semua),
        *(sum(k.akhir == end for k in semua) for end in (TOLAK, TERUSKAN, BATAL, HALAMAN)),
    )
    times = (f"{median(took):.1f} s", f"{took[-1]:.1f} s") if took else ("-", "-")
    return [*map(str, counts), *times]
